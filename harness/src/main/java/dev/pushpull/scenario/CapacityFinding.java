package dev.pushpull.scenario;

import java.util.List;
import java.util.Optional;

/**
 * What one path carries.
 *
 * @param path such as poll-empty
 * @param about what goes over it, in words
 * @param limit what stands in the way of more
 * @param steps in the order in which they were made
 */
public record CapacityFinding(String path, String about, Limit limit, List<CapacityStep> steps) {
    /** What stands in the way of more. */
    public enum Limit {
        /** The bound is exceeded. */
        BOUND,
        /** The driver could not offer more. */
        DRIVER,
        /** Not even the lowest step is within the bound. */
        UNMET,
        /** Nothing: no more was tried. */
        HIGHEST_TRIED,
        /** The search was interrupted. */
        UNFINISHED
    }

    /** The highest step that was sustained. */
    public Optional<CapacityStep> best() {
        return steps.stream()
                .filter(CapacityStep::sustained)
                .max(java.util.Comparator.comparingDouble(CapacityStep::offeredPerSecond));
    }
}
