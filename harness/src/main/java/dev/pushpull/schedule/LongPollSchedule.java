package dev.pushpull.schedule;

import java.util.random.RandomGenerator;

/**
 * Polls again as soon as the previous poll is over, since the provider does the waiting (theory.md section 5, g the gap
 * between two polls). An empty answer long before its time means that the provider does not wait: then there is a
 * pause, so that it is not polled as fast as the wire allows.
 * @param waitNanos H, how long the provider is asked to wait
 *
 * @param waitNanos H, how long the provider was asked to wait
 * @param pauseNanos after an empty answer that came too early
 */
public record LongPollSchedule(long waitNanos, long pauseNanos) implements PollSchedule {
    @Override
    public PollTimes start(RandomGenerator random) {
        return new PollTimes() {
            private long dueNanos;
            private boolean first = true;

            @Override
            public long dueNanos() {
                return dueNanos;
            }

            @Override
            public void completed(long completedNanos, int newEvents) {
                // the first may be sent before it is due, so its time says nothing
                boolean waited = first || completedNanos - dueNanos >= waitNanos / 2;
                dueNanos = completedNanos + (newEvents > 0 || waited ? 0 : pauseNanos);
                first = false;
            }

            @Override
            public long skipped(long completedNanos, long beforeNanos) {
                return 0; // there is no grid on which polls could be skipped
            }
        };
    }
}
