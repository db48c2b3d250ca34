package dev.pushpull.host;

import java.time.Instant;

/**
 * One clock for everything in a run: the monotonic clock, tied once, when this is made, to the time since 1970. So the
 * time of day and the time since the start agree to the nanosecond, even if the wall clock is set meanwhile; {@link
 * #steppedNanos} tells by how much it was.
 */
public final class EpochClock {
    /** The reading that took the least time is the most exact. */
    private static final int READINGS = 10;

    private final NanoClock clock;
    private final long startNanos;
    private final long offsetNanos;

    /** Starts the clock. */
    public EpochClock(NanoClock clock) {
        this.clock = clock;
        this.offsetNanos = offsetNanos(clock);
        this.startNanos = clock.nanoTime();
    }

    /** Add this to a time of that clock to get nanoseconds since 1970. */
    static long offsetNanos(NanoClock clock) {
        long best = 0;
        long shortestNanos = Long.MAX_VALUE;
        for (int i = 0; i < READINGS; i++) {
            long before = clock.nanoTime();
            Instant now = Instant.now();
            long tookNanos = clock.nanoTime() - before;
            if (tookNanos < shortestNanos) {
                shortestNanos = tookNanos;
                best = now.getEpochSecond() * 1_000_000_000L + now.getNano() - (before + tookNanos / 2);
            }
        }
        return best;
    }

    /** Nanoseconds since the start. */
    public long sinceStartNanos() {
        return sinceStartNanos(clock.nanoTime());
    }

    /** Nanoseconds from the start to a moment that the monotonic clock showed. */
    public long sinceStartNanos(long monotonicNanos) {
        return monotonicNanos - startNanos;
    }

    /** Nanoseconds since 1970 at a moment this many nanoseconds after the start. */
    public long epochNanos(long sinceStartNanos) {
        return startNanos + offsetNanos + sinceStartNanos;
    }

    /** When it started. */
    public Instant startedAt() {
        return Instant.ofEpochSecond(0, epochNanos(0));
    }

    /** How far the wall clock was set forward since the start, compared with the monotonic one; negative for back. */
    public long steppedNanos() {
        return offsetNanos(clock) - offsetNanos;
    }
}
