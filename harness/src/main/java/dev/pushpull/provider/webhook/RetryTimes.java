package dev.pushpull.provider.webhook;

import dev.pushpull.host.NanoClock;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.RetryAfter;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.schedule.Seeds.Purpose;
import java.time.Clock;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * When attempts are due, by the schedule and by {@code Retry-After}. Waiting uses the monotonic clock. Times for
 * another host or a later process use the current wall clock, which may be set while this process runs.
 */
final class RetryTimes {
    /** The longest wait, however long a receiver asks for; it is also the longest delay of the standard schedule. */
    private static final long MOST_RETRY_AFTER_NANOS = TimeUnit.HOURS.toNanos(24);

    private final RetrySchedule schedule;
    private final RandomGenerator jitter;
    private final NanoClock clock;
    private final Clock wallClock;

    /** @param seed for the jitter */
    RetryTimes(RetrySchedule schedule, long seed, NanoClock clock, Clock wallClock) {
        this.schedule = schedule;
        this.jitter = new Seeds(seed).generator(Purpose.RETRY_JITTER, 0);
        this.clock = clock;
        this.wallClock = wallClock;
    }

    /** How long after its event the first attempt is due. */
    long firstDelayNanos() {
        return delayNanos(1, OptionalLong.empty()).orElseThrow();
    }

    /**
     * How long after a failed attempt the next one is due; empty when there is no next one.
     *
     * @param next the number of the next attempt
     * @param doneNanos when the failed one ended
     */
    OptionalLong delayNanos(int next, Exchange failed, long doneNanos) {
        Instant done = wallClock.instant().minusNanos(clock.nanoTime() - doneNanos);
        return delayNanos(next, RetryAfter.nanos(failed.headers().get("Retry-After"), done, MOST_RETRY_AFTER_NANOS));
    }

    private OptionalLong delayNanos(int attempt, OptionalLong retryAfterNanos) {
        synchronized (jitter) {
            return schedule.delayNanos(attempt, retryAfterNanos, jitter);
        }
    }

    /** The current time in nanoseconds since 1970. */
    long nowEpochNanos() {
        Instant now = wallClock.instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** Converts a time of the monotonic clock to nanoseconds since 1970. */
    long epochNanos(long nanos) {
        return nowEpochNanos() + (nanos - clock.nanoTime());
    }

    /**
     * When an attempt planned by an earlier process is due. However the wall clock was set meanwhile, it is due within
     * the longest delay there is.
     *
     * @param epochNanos since 1970
     */
    long dueNanos(long epochNanos) {
        long longest =
                schedule.delaysNanos().stream().mapToLong(Long::longValue).max().orElseThrow();
        long mostWithJitter = longest + Math.round(longest * schedule.jitter());
        long waitNanos = Math.min(epochNanos - nowEpochNanos(), Math.max(mostWithJitter, MOST_RETRY_AFTER_NANOS));
        return clock.nanoTime() + waitNanos;
    }
}
