package dev.pushpull.advice;

/**
 * What is to be had: what the provider allows, and what the consumers can do.
 *
 * @param publicEndpoint whether the provider can reach the consumers
 * @param longConnections whether connections can be held open
 * @param quotaPerSecond requests a second that the provider allows for each stream; 0 for no limit
 * @param quotaText as typed
 * @param freeWhenEmpty whether a bare answer to a poll that finds nothing does not count against the quota
 * @param minIntervalNanos the least time between two polls of a consumer; 0 for any
 */
public record Terms(
        boolean publicEndpoint,
        boolean longConnections,
        double quotaPerSecond,
        String quotaText,
        boolean freeWhenEmpty,
        long minIntervalNanos) {
    /** Everything is to be had. */
    public static final Terms ANY = new Terms(true, true, 0, "", false, 0);
}
