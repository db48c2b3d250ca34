package dev.pushpull.scenario;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one path carries.
 *
 * @param path for instance poll-empty
 * @param about what travels over it, in words
 * @param limit what prevented a higher rate
 * @param steps in the order in which they were made
 * @param answer what they come to; of an older run none, whose answer is its highest step
 */
public record CapacityFinding(String path, String about, Limit limit, List<CapacityStep> steps, CapacityAnswer answer) {
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

    /** The highest rate that the path sustains; of an older run, its highest step that was sustained. */
    public OptionalDouble perSecond() {
        return answer.perSecond().isPresent()
                ? answer.perSecond()
                : steps.stream()
                        .filter(step ->
                                step.sustained() && !step.circumstances().known())
                        .mapToDouble(CapacityStep::offeredPerSecond)
                        .max();
    }

    /** The lowest rate that was tried. */
    public double lowestTriedPerSecond() {
        return steps.stream().mapToDouble(CapacityStep::offeredPerSecond).min().orElse(0);
    }

    /** Of the steps that were sustained the one whose rate is next to the answer. */
    public Optional<CapacityStep> best() {
        if (perSecond().isEmpty()) {
            return Optional.empty();
        }
        double answer = perSecond().getAsDouble();
        return steps.stream()
                .filter(CapacityStep::sustained)
                .min(Comparator.comparingDouble(step -> Math.abs(Math.log(step.offeredPerSecond() / answer))));
    }

    /** Seconds of the machine's stalls that were deducted, in all steps. */
    public double stalledSeconds() {
        return steps.stream()
                .mapToDouble(step -> step.circumstances().stalledSeconds().orElse(0))
                .sum();
    }

    /** How many verdicts that changed. */
    public long changedVerdicts() {
        return steps.stream()
                .filter(step -> !step.circumstances()
                        .verdictRaw()
                        .equals(step.circumstances().verdictDeducted()))
                .count();
    }
}
