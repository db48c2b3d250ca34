package dev.pushpull.host;

import dev.pushpull.schedule.InFlightLimit;
import dev.pushpull.schedule.InFlightLimit.Start;
import java.util.function.Predicate;

/**
 * An {@link InFlightLimit} that many threads share: what may start now, what is queued, and whether everything is over.
 *
 * @param <K> the key of the inner limit
 * @param <T> what starts
 */
public final class InFlightGate<K, T> {
    private final InFlightLimit<K, T> limit;
    private boolean closed;

    public InFlightGate(int maxPerKey, int maxInAll) {
        this.limit = new InFlightLimit<>(maxPerKey, maxInAll);
    }

    /** Offers an item. Returns an item that may start now, perhaps another one, or null; nothing more once closed. */
    public synchronized Start<K, T> offer(K key, T item) {
        if (closed) {
            return null;
        }
        limit.offer(key, item);
        return limit.next();
    }

    /** Frees the place of an item that is over. Returns an item that may take it, or null. */
    public synchronized Start<K, T> nextAfter(Start<K, T> over) {
        limit.finished(over.key());
        notifyAll();
        return closed ? null : limit.next();
    }

    /** Removes items from a queue that are no longer wanted. */
    public synchronized void withdraw(K key, Predicate<T> unwanted) {
        limit.withdraw(key, unwanted);
    }

    /** Started and not over. */
    public synchronized int underWay() {
        return limit.underWay();
    }

    /** Waiting to start. */
    public synchronized int waiting() {
        return limit.waiting();
    }

    /** The longest that the queue ever was. */
    public synchronized int mostWaiting() {
        return limit.mostWaiting();
    }

    /** The most that were ever under way at once. */
    public synchronized int mostUnderWay() {
        return limit.mostUnderWay();
    }

    /** How many had to queue because of either limit. */
    public synchronized long held() {
        return limit.heldByKey() + limit.heldInAll();
    }

    /** Lets nothing more start. */
    public synchronized void close() {
        closed = true;
    }

    /** Closes the gate and waits at most this long for what is under way; true when all of it ended. */
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
