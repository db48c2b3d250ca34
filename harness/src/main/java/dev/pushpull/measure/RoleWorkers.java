package dev.pushpull.measure;

import dev.pushpull.schedule.InFlightLimit;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;

/**
 * Threads of one role that do blocking work, so many at once for one key and in all; what exceeds that waits in line.
 *
 * @param <K> what the inner limit holds for
 */
public final class RoleWorkers<K> implements AutoCloseable {
    private final InFlightLimit<K, Runnable> limit;
    private final ThreadPoolExecutor threads;
    private boolean closed;

    public RoleWorkers(RoleThreads roleThreads, int maxPerKey, int maxInAll) {
        this.limit = new InFlightLimit<>(maxPerKey, maxInAll);
        // a worker between two tasks may not be back yet: the pool itself is unbounded, the limit bounds
        this.threads = roleThreads.workers(Integer.MAX_VALUE);
    }

    /** Starts the work as soon as the limits allow; nothing is started any more after {@link #close}. */
    public void submit(K key, Runnable work) {
        InFlightLimit.Start<K, Runnable> start;
        synchronized (limit) {
            if (closed) {
                return;
            }
            limit.offer(key, work);
            start = limit.next();
        }
        if (start != null) {
            try {
                threads.execute(() -> work(start));
            } catch (RejectedExecutionException e) {
                nextAfter(start); // closed in this very moment: its place is not to stay taken
            }
        }
    }

    private void work(InFlightLimit.Start<K, Runnable> first) {
        for (InFlightLimit.Start<K, Runnable> start = first; start != null; start = nextAfter(start)) {
            try {
                start.item().run();
            } catch (RuntimeException | Error e) { // reported as if it ended the thread, which others still wait for
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }

    /** Gives a place back; what may start in it, or null. */
    private InFlightLimit.Start<K, Runnable> nextAfter(InFlightLimit.Start<K, Runnable> over) {
        synchronized (limit) {
            limit.finished(over.key());
            limit.notifyAll();
            return closed ? null : limit.next();
        }
    }

    /** Works under way. */
    public int underWay() {
        synchronized (limit) {
            return limit.underWay();
        }
    }

    /** Works waiting for their start. */
    public int waiting() {
        synchronized (limit) {
            return limit.waiting();
        }
    }

    /** The longest the line ever was. */
    public int mostWaiting() {
        synchronized (limit) {
            return limit.mostWaiting();
        }
    }

    /** How many works had to wait because of either limit. */
    public long held() {
        synchronized (limit) {
            return limit.heldByKey() + limit.heldInAll();
        }
    }

    /** Starts nothing more and waits for what is under way, at most so long; true when all of it ended. */
    public boolean stop(long mostNanos) throws InterruptedException {
        long deadline = System.nanoTime() + mostNanos;
        synchronized (limit) {
            closed = true;
            while (limit.underWay() > 0) {
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    return false;
                }
                limit.wait(millis);
            }
            return true;
        }
    }

    @Override
    public void close() {
        synchronized (limit) {
            closed = true;
        }
        threads.shutdownNow();
    }
}
