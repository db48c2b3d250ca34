package dev.pushpull.delivery;

/**
 * How long the consumers of a mode wait, as planned.
 *
 * @param leastIntervalNanos the least time between two polls of a consumer: one that is late by a tenth of it is late
 * @param longestNanos the longest time that may pass until a consumer asks for an event that occurred
 * @param latencyScaleNanos the interval of which a share is the bound within which measured and simulated latencies agree
 */
public record Waits(long leastIntervalNanos, long longestNanos, long latencyScaleNanos) {
    /** All of them one interval. */
    public static Waits of(long intervalNanos) {
        return new Waits(intervalNanos, intervalNanos, intervalNanos);
    }
}
