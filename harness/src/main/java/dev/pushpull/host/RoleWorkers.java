package dev.pushpull.host;

import dev.pushpull.schedule.InFlightLimit.Start;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Threads of one role that do blocking work, so many at once for one key and in all; what exceeds that waits in line.
 *
 * @param <K> what the inner limit holds for
 */
public final class RoleWorkers<K> implements AutoCloseable {
    private final InFlightGate<K, Runnable> gate;
    private final ThreadPoolExecutor threads;

    public RoleWorkers(RoleThreads roleThreads, int maxPerKey, int maxInAll) {
        this.gate = new InFlightGate<>(maxPerKey, maxInAll);
        // a worker between two tasks may not be back yet: the pool itself is unbounded, the limit bounds
        this.threads = roleThreads.workers(Integer.MAX_VALUE);
    }

    /** Starts the work as soon as the limits allow; nothing is started any more after {@link #close}. */
    public void submit(K key, Runnable work) {
        Start<K, Runnable> start = gate.offer(key, work);
        if (start != null) {
            try {
                threads.execute(() -> work(start));
            } catch (RejectedExecutionException e) {
                gate.nextAfter(start); // closed in this very moment: its place is not to stay taken
            }
        }
    }

    private void work(Start<K, Runnable> first) {
        for (Start<K, Runnable> start = first; start != null; start = gate.nextAfter(start)) {
            try {
                start.item().run();
            } catch (RuntimeException | Error e) { // reported as if it ended the thread, which others still wait for
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }

    /** Works under way. */
    public int underWay() {
        return gate.underWay();
    }

    /** Works waiting for their start. */
    public int waiting() {
        return gate.waiting();
    }

    /** The longest the line ever was. */
    public int mostWaiting() {
        return gate.mostWaiting();
    }

    /** How many works had to wait because of either limit. */
    public long held() {
        return gate.held();
    }

    /** Starts nothing more and waits for what is under way, at most so long; true when all of it ended. */
    public boolean stop(long mostNanos) throws InterruptedException {
        return gate.stop(mostNanos);
    }

    @Override
    public void close() {
        gate.close();
        threads.shutdownNow();
    }
}
