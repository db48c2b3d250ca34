package dev.pushpull.delivery;

/**
 * How long the consumers of a mode plan to wait.
 *
 * @param leastIntervalNanos the least time between two polls of a consumer: a poll that is late by a tenth of it is
 *     late
 * @param longestNanos the longest time that may pass until a consumer asks for an event that occurred; where the
 *     consumer's clock decides, a share of it is the bound within which measured and simulated latencies agree
 */
public record Waits(long leastIntervalNanos, long longestNanos) {
    /** Both one interval. */
    public static Waits of(long intervalNanos) {
        return new Waits(intervalNanos, intervalNanos);
    }
}
