package dev.pushpull.host;

import java.util.concurrent.locks.LockSupport;

/**
 * Waits until an absolute time: parks until shortly before, then spins, as long as spinning takes only a small share of
 * the time. Beyond that share it only parks, which is about a tenth of a millisecond less precise.
 */
public final class PreciseWaiter {
    private static final long SPIN_NANOS = 200_000;
    private static final double MOST_SPINNING = 0.05;

    private final NanoClock clock;
    private final long startNanos;
    private long spunNanos;

    public PreciseWaiter(NanoClock clock) {
        this.clock = clock;
        this.startNanos = clock.nanoTime();
    }

    /** Returns at or after {@code deadlineNanos} of the clock, or earlier when the thread was interrupted. */
    public void awaitUntil(long deadlineNanos) {
        long now = clock.nanoTime();
        boolean spins = spunNanos <= MOST_SPINNING * (now - startNanos);
        long parkUntil = spins ? deadlineNanos - SPIN_NANOS : deadlineNanos;
        now = park(now, parkUntil);
        long spinStart = now;
        while (now < deadlineNanos && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
            now = clock.nanoTime();
        }
        spunNanos += now - spinStart;
    }

    /** As {@link #awaitUntil}, about a tenth of a millisecond less precise and without spinning. */
    public void parkUntil(long deadlineNanos) {
        park(clock.nanoTime(), deadlineNanos);
    }

    private long park(long nowNanos, long deadlineNanos) {
        long now = nowNanos;
        while (now < deadlineNanos && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, deadlineNanos - now);
            now = clock.nanoTime();
        }
        return now;
    }
}
