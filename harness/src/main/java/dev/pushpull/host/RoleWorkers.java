package dev.pushpull.host;

import dev.pushpull.schedule.InFlightLimit.Start;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Threads of one role for blocking work, with a limit for one key and in total; work beyond that is queued.
 *
 * @param <K> the key of the inner limit
 */
public final class RoleWorkers<K> implements AutoCloseable {
    private final InFlightGate<K, Runnable> gate;
    private final ThreadPoolExecutor threads;

    public RoleWorkers(RoleThreads roleThreads, int maxPerKey, int maxInAll) {
        this.gate = new InFlightGate<>(maxPerKey, maxInAll);
        // a worker between two tasks may not be back yet, so the pool is unbounded and the limit does the bounding
        this.threads = roleThreads.workers(Integer.MAX_VALUE);
    }

    /** Starts the work as soon as the limits allow; after {@link #close}, nothing more is started. */
    public void submit(K key, Runnable work) {
        Start<K, Runnable> start = gate.offer(key, work);
        if (start != null) {
            try {
                threads.execute(() -> work(start));
            } catch (RejectedExecutionException e) {
                gate.nextAfter(start); // closed at this moment: free its place
            }
        }
    }

    private void work(Start<K, Runnable> first) {
        for (Start<K, Runnable> start = first; start != null; start = gate.nextAfter(start)) {
            try {
                start.item().run();
            } catch (RuntimeException | Error e) { // reported as if the thread had died; it must live
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }

    /** Tasks in progress. */
    public int underWay() {
        return gate.underWay();
    }

    /** Tasks waiting to start. */
    public int waiting() {
        return gate.waiting();
    }

    /** The longest that the queue ever was. */
    public int mostWaiting() {
        return gate.mostWaiting();
    }

    /** How many tasks had to queue because of either limit. */
    public long held() {
        return gate.held();
    }

    /** Starts nothing more and waits at most this long for what is in progress; true when all of it ended. */
    public boolean stop(long mostNanos) throws InterruptedException {
        return gate.stop(mostNanos);
    }

    @Override
    public void close() {
        gate.close();
        threads.shutdownNow();
    }
}
