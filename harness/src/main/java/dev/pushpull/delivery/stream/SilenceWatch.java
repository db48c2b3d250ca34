package dev.pushpull.delivery.stream;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.StreamedAnswer.Progress;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Gives up connections on which nothing was heard for so long: one thread for all of them, and no work for each byte. */
public final class SilenceWatch implements AutoCloseable {
    private final long silenceNanos;
    private final NanoClock clock;
    private final ScheduledThreadPoolExecutor timer;

    /** @param silenceNanos 0 for one that gives up nothing */
    public SilenceWatch(long silenceNanos, NanoClock clock, RoleThreads threads) {
        this.silenceNanos = silenceNanos;
        this.clock = clock;
        this.timer = new ScheduledThreadPoolExecutor(1, threads);
        this.timer.setRemoveOnCancelPolicy(true);
    }

    /** One connection that is watched. */
    public final class Watched {
        private final Progress progress;
        private final long fromNanos;
        private volatile long heardNanos;
        private volatile Future<?> next;
        private volatile boolean over;

        private Watched(Progress progress, long fromNanos) {
            this.progress = progress;
            this.fromNanos = fromNanos;
            heard();
        }

        /** Something has arrived. */
        public void heard() {
            heardNanos = Math.max(fromNanos, clock.nanoTime());
        }

        /** It has ended. */
        public void over() {
            over = true;
            if (next != null) {
                next.cancel(false);
            }
        }

        private void look() {
            long left = heardNanos + silenceNanos - clock.nanoTime();
            if (over) {
                return;
            }
            if (left <= 0) {
                progress.timeOut();
            } else {
                next = timer.schedule(this::look, left, TimeUnit.NANOSECONDS);
            }
        }
    }

    /**
     * Watches a connection until it is over.
     *
     * @param fromNanos silence counts only from then on: no connection is given up before a run begins
     */
    public Watched watch(Progress progress, long fromNanos) {
        Watched watched = new Watched(progress, fromNanos);
        if (silenceNanos > 0) {
            watched.look();
        }
        return watched;
    }

    /** Does something short later, unless this is closed by then. */
    void after(long nanos, Runnable work) {
        try {
            timer.schedule(work, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // closed meanwhile
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
