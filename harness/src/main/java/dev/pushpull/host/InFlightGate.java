package dev.pushpull.host;

import dev.pushpull.schedule.InFlightLimit;
import dev.pushpull.schedule.InFlightLimit.Start;
import java.util.function.Predicate;

/**
 * An {@link InFlightLimit} that many threads share: what may start now, what waits in line, and whether all is over.
 *
 * @param <K> what the inner limit holds for
 * @param <T> what starts
 */
public final class InFlightGate<K, T> {
    private final InFlightLimit<K, T> limit;
    private boolean closed;

    public InFlightGate(int maxPerKey, int maxInAll) {
        this.limit = new InFlightLimit<>(maxPerKey, maxInAll);
    }

    /** Takes something in. What may start now, which need not be the same, or null; nothing more once closed. */
    public synchronized Start<K, T> offer(K key, T item) {
        if (closed) {
            return null;
        }
        limit.offer(key, item);
        return limit.next();
    }

    /** Gives the place back of what is over. What may start in it, or null. */
    public synchronized Start<K, T> nextAfter(Start<K, T> over) {
        limit.finished(over.key());
        notifyAll();
        return closed ? null : limit.next();
    }

    /** Takes out of a line what is not wanted any more. */
    public synchronized void withdraw(K key, Predicate<T> unwanted) {
        limit.withdraw(key, unwanted);
    }

    /** Started and not over. */
    public synchronized int underWay() {
        return limit.underWay();
    }

    /** Waiting for their start. */
    public synchronized int waiting() {
        return limit.waiting();
    }

    /** The longest the line ever was. */
    public synchronized int mostWaiting() {
        return limit.mostWaiting();
    }

    /** How many had to wait because of either limit. */
    public synchronized long held() {
        return limit.heldByKey() + limit.heldInAll();
    }

    /** Nothing starts any more. */
    public synchronized void close() {
        closed = true;
    }

    /** Closes it and waits for what is under way, at most so long; true when all of it ended. */
    public synchronized boolean stop(long mostNanos) throws InterruptedException {
        long deadline = System.nanoTime() + mostNanos;
        closed = true;
        while (limit.underWay() > 0) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }
}
