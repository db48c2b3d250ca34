package dev.pushpull.store;

import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;

/** Times as rows have them, in nanoseconds since 1970, of a clock that counts from anywhere. */
record RowTimes(NanoClock clock, long epochOffsetNanos) {
    RowTimes(NanoClock clock) {
        this(clock, HostClocks.now(clock).offsetNanos());
    }

    /** Of the clock itself. */
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
