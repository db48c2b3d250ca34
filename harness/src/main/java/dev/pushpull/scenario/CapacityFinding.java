package dev.pushpull.scenario;

import java.util.List;
import java.util.Optional;

/**
 * What one path carries.
 *
 * @param path for instance poll-empty
 * @param about what travels over it, in words
 * @param limit what prevented a higher rate
 * @param steps in the order in which they were made
 */
public record CapacityFinding(String path, String about, Limit limit, List<CapacityStep> steps) {
    /** What prevented a higher rate. */
    public enum Limit {
        /** The bound is exceeded. */
        BOUND,
        /** The driver could not offer more. */
        DRIVER,
        /** Even the lowest step exceeds the bound. */
        UNMET,
        /** Nothing: no higher rate was tried. */
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
