package dev.pushpull.delivery;

/**
 * How long the consumers of a mode plan to wait.
 *
 * @param leastIntervalNanos the least time between two polls of a consumer: a poll that is late by a tenth of it is
 *     late
 * @param longestNanos the longest time that may pass until a consumer asks for an event that occurred
 * @param latencyScaleNanos measured and simulated latencies must agree within a share of this interval
 */
public record Waits(long leastIntervalNanos, long longestNanos, long latencyScaleNanos) {
    /** All three are one interval. */
    public static Waits of(long intervalNanos) {
        return new Waits(intervalNanos, intervalNanos, intervalNanos);
    }
}
