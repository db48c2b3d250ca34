package dev.pushpull.schedule;

import java.util.random.RandomGenerator;

/**
 * Waits longer while nothing comes: after an empty poll the interval grows by a factor up to a limit; a poll that finds
 * something resets it to the shortest (theory.md section 6).
 *
 * @param leastNanos T0, above 0; the first poll falls at a random phase within it
 * @param mostNanos at least {@code leastNanos}
 * @param factor above 1
 */
public record AdaptivePollSchedule(long leastNanos, long mostNanos, double factor) implements PollSchedule {
    /** The interval after this many empty polls in a row; 0 after a hit. */
    public long intervalNanos(int emptyInARow) {
        return (long) Math.min(mostNanos, leastNanos * Math.pow(factor, emptyInARow));
    }

    @Override
    public PollTimes start(RandomGenerator random) {
        long phaseNanos = random.nextLong(leastNanos);
        return new PollTimes() {
            private long dueNanos = phaseNanos;
            private int emptyInARow;

            @Override
            public long dueNanos() {
                return dueNanos;
            }

            @Override
            public void completed(long completedNanos, int newEvents) {
                boolean atMost = intervalNanos(emptyInARow) == mostNanos;
                emptyInARow = newEvents > 0 ? 0 : atMost ? emptyInARow : emptyInARow + 1;
                dueNanos = Math.max(dueNanos + intervalNanos(emptyInARow), completedNanos);
            }

            @Override
            public long skipped(long completedNanos, long beforeNanos) {
                return 0; // there is no grid on which polls could be skipped
            }
        };
    }
}
