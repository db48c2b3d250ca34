package dev.pushpull.experiment;

import static dev.pushpull.experiment.ComparisonTest.SECOND;

import java.time.Instant;

/**
 * Packets are stamped with the wall clock, journals with the monotonic one. Their difference lies between two bounds,
 * read before and after a run, and so a packet's monotonic time is bounded too.
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
