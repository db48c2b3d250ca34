package dev.pushpull.delivery.polling;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.schedule.AdaptivePollSchedule;
import java.util.Arrays;

/** How long after a poll that found something the next ones are due while nothing comes. */
final class BackoffOffsets {
    private static final int MOST_STEPS = 1_000_000;

    /** Up to the first poll after which the interval stops growing. */
    private final long[] offsetsNanos;

    private final long lastStepNanos;

    /**
     * @param legNanos how long a poll takes; the next one waits for it
     * @throws InvalidInputException when the interval takes a million steps to reach its limit
     */
    BackoffOffsets(AdaptivePollSchedule schedule, long legNanos) {
        long[] offsets = new long[16];
        int steps = 0;
        while (schedule.intervalNanos(steps) < schedule.mostNanos()) {
            if (steps == MOST_STEPS) {
                throw new InvalidInputException(
                        "--factor: '%s' is not accepted; accepted: one that takes the interval to --max-interval in %,d steps"
                                .formatted(schedule.factor(), MOST_STEPS));
            }
            if (steps + 1 == offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * offsets.length);
            }
            offsets[steps + 1] = offsets[steps] + Math.max(schedule.intervalNanos(steps), legNanos);
            steps++;
        }
        offsetsNanos = Arrays.copyOf(offsets, steps + 1);
        lastStepNanos = Math.max(schedule.mostNanos(), legNanos);
    }

    /** When a poll is due; 0 for the one that found something. */
    long nanos(long number) {
        int known = offsetsNanos.length - 1;
        return number <= known ? offsetsNanos[(int) number] : offsetsNanos[known] + (number - known) * lastStepNanos;
    }

    /** The first poll due at or after this offset. */
    long numberAt(long nanos) {
        int known = offsetsNanos.length - 1;
        if (nanos > offsetsNanos[known]) {
            return known + (nanos - offsetsNanos[known] - 1) / lastStepNanos + 1;
        }
        int found = Arrays.binarySearch(offsetsNanos, nanos);
        return found >= 0 ? found : -found - 1;
    }
}
