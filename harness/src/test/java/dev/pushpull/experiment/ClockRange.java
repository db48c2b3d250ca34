package dev.pushpull.experiment;

import static dev.pushpull.experiment.ComparisonTest.SECOND;

import java.time.Instant;

/**
 * Packets are stamped by the wall clock, journals by the monotonic one; their difference is known to lie between two
 * bounds, read before and after a run, and a packet's monotonic time therefore too.
 */
record ClockRange(long leastOffsetNanos, long mostOffsetNanos) {
    static ClockRange read() {
        long before = System.nanoTime();
        Instant now = Instant.now();
        long after = System.nanoTime();
        long epochNanos = now.getEpochSecond() * SECOND + now.getNano();
        return new ClockRange(epochNanos - after, epochNanos - before);
    }

    ClockRange and(ClockRange other) {
        return new ClockRange(
                Math.min(leastOffsetNanos, other.leastOffsetNanos), Math.max(mostOffsetNanos, other.mostOffsetNanos));
    }

    long widthNanos() {
        return mostOffsetNanos - leastOffsetNanos;
    }

    long earliest(long packetEpochNanos) {
        return packetEpochNanos - mostOffsetNanos;
    }

    long latest(long packetEpochNanos) {
        return packetEpochNanos - leastOffsetNanos;
    }
}
