package dev.pushpull.schedule;

import java.util.random.RandomGenerator;

/**
 * Asks again as soon as the poll before is over, since the provider does the waiting (theory.md section 5, g the gap
 * between two polls). An empty answer long before its time comes from a provider that does not wait: then there is a
 * pause, so that nobody is asked as fast as the wire allows.
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
                // the first may go out before it is due, so its time tells nothing
                boolean waited = first || completedNanos - dueNanos >= waitNanos / 2;
                dueNanos = completedNanos + (newEvents > 0 || waited ? 0 : pauseNanos);
                first = false;
            }

            @Override
            public long skipped(long completedNanos, long beforeNanos) {
                return 0; // there is no grid whose ticks could be passed over
            }
        };
    }
}
