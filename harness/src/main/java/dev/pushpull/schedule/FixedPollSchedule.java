package dev.pushpull.schedule;

import java.util.random.RandomGenerator;

/**
 * Polls at {@code phase + k * interval}, whatever they bring (theory.md section 1, fixed rate).
 *
 * @param intervalNanos above 0
 * @param phase the position of each consumer's grid
 */
public record FixedPollSchedule(long intervalNanos, Phase phase) implements PollSchedule {
    /** Where a consumer's first poll falls within the first interval. */
    public enum Phase {
        /** Anywhere, equally likely: consumers that know nothing of each other. */
        RANDOM,
        /** All at the start, as cron jobs do. */
        ALIGNED
    }

    public FixedPollSchedule {
        if (intervalNanos <= 0) {
            throw new IllegalArgumentException("a poll interval is above 0 ns, not " + intervalNanos);
        }
    }

    @Override
    public boolean onGrid() {
        return true;
    }

    @Override
    public PollTimes start(RandomGenerator random) {
        long phaseNanos = phase == Phase.RANDOM ? random.nextLong(intervalNanos) : 0;
        return new PollTimes() {
            private long dueNanos = phaseNanos;

            @Override
            public long dueNanos() {
                return dueNanos;
            }

            @Override
            public void completed(long completedNanos, int newEvents) {
                long next = dueNanos + (ticksUntil(completedNanos) + 1) * intervalNanos;
                dueNanos = next < dueNanos ? Long.MAX_VALUE : next; // no polls after 292 years
            }

            @Override
            public long skipped(long completedNanos, long beforeNanos) {
                return ticksUntil(Math.min(completedNanos, beforeNanos - 1));
            }

            private long ticksUntil(long nanos) {
                return Math.max(0, nanos - dueNanos) / intervalNanos;
            }
        };
    }
}
