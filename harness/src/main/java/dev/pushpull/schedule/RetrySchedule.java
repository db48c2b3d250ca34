package dev.pushpull.schedule;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * How long a webhook sender waits before each attempt at one delivery.
 *
 * @param delaysNanos waiting time before attempt 1, 2, ...; a delivery gets at most this many attempts
 * @param jitter each delay is stretched by a random factor between 1 and 1 + jitter, so that deliveries that failed
 *     together do not retry together; 0 to 1
 */
public record RetrySchedule(List<Long> delaysNanos, double jitter) {
    /** The example schedule of Standard Webhooks 1.0.0: ten attempts over about three days. */
    public static final RetrySchedule STANDARD_WEBHOOKS = new RetrySchedule(
            List.of("PT0S", "PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H").stream()
                    .map(text -> Duration.parse(text).toNanos())
                    .toList(),
            0.1);

    /** A single attempt. */
    public static final RetrySchedule NONE = new RetrySchedule(List.of(0L), 0);

    public RetrySchedule {
        if (delaysNanos.isEmpty()
                || delaysNanos.stream().anyMatch(delay -> delay < 0)
                || !(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException(
                    "a retry schedule needs at least one delay, none negative, and a jitter of 0 to 1");
        }
        delaysNanos = List.copyOf(delaysNanos);
    }

    /** The most attempts a delivery gets. */
    public int maxAttempts() {
        return delaysNanos.size();
    }

    /**
     * Waiting time before an attempt, counted from the end of the previous one (for the first, from the event).
     *
     * @param attempt 1 for the first
     * @param retryAfterNanos the receiver's {@code Retry-After}: the wait is never shorter
     * @return empty when there is no such attempt
     */
    public OptionalLong delayNanos(int attempt, OptionalLong retryAfterNanos, RandomGenerator random) {
        if (attempt < 1) {
            throw new IllegalArgumentException("attempts are counted from 1, not from " + attempt);
        }
        if (attempt > delaysNanos.size()) {
            return OptionalLong.empty();
        }
        long delay = delaysNanos.get(attempt - 1);
        long stretched = jitter == 0 ? delay : Math.round(delay * (1 + jitter * random.nextDouble()));
        return OptionalLong.of(Math.max(stretched, retryAfterNanos.orElse(0)));
    }
}
