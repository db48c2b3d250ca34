package dev.pushpull.store;

import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;

/** The times in rows, in nanoseconds since 1970, computed from a clock with any origin. */
record RowTimes(NanoClock clock, long epochOffsetNanos) {
    RowTimes(NanoClock clock) {
        this(clock, HostClocks.now(clock).offsetNanos());
    }

    /** For the clock itself. */
    long nowNanos() {
        return clock.nanoTime();
    }

    long nowEpochNanos() {
        return epochNanos(clock.nanoTime());
    }

    long epochNanos(long nanos) {
        return nanos + epochOffsetNanos;
    }

    long nanos(long epochNanos) {
        return epochNanos - epochOffsetNanos;
    }
}
