package dev.pushpull.report.compared;

import dev.pushpull.scenario.AgreementBounds;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.Metric;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.MonthlySums;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.RunRecord;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * By how much a figure must differ between two runs because their settings do. The closed forms say so where there is
 * one; elsewhere, the mode's traits say whether a setting reaches the mode at all. What was lost follows from no setting
 * but faults, so that nobody takes losses for a matter of course.
 *
 * @param reached whether any setting that differs reaches the figure
 * @param change that the closed forms expect of the second run against the first; empty when they do not know
 * @param tolerance in which a difference still is that change
 */
record AskedFor(boolean reached, OptionalDouble change, double tolerance) {
    /** No setting that differs reaches the figure. */
    static final AskedFor NOTHING = new AskedFor(false, OptionalDouble.empty(), 0);

    private static final AskedFor SOMETHING = new AskedFor(true, OptionalDouble.empty(), 0);

    private static final Set<String> LOSSES = Set.of("missed", "lost", "pending", "duplicates", "out_of_order");

    /** Figures of requests, which depend on settings alone, not on how fast a machine is. */
    private static final List<String> OF_SETTINGS = List.of("requests_per_delivery", "wasted_ratio");

    /** The workload, by the first letters of its fields in {@code run.json}. */
    private static final List<String> WORKLOAD = List.of(
            "events.arrivals", "events.streams", "events.consumers", "events.payload_bytes", "wire.", "faults.");

    private static final String INTERVAL = "polling.interval_nanos";
    private static final String PHASE = "polling.phase";
    private static final String POLLING = "polling.";
    private static final String FAULTS = "faults.";
    private static final String PRICING = "pricing.";

    /**
     * For one figure of one mode.
     *
     * @param settings the fields of {@code run.json} in which the scenarios differ
     */
    static AskedFor of(
            Set<String> settings,
            Metric metric,
            RunRecord firstRun,
            Outcome first,
            RunRecord secondRun,
            Outcome second) {
        String column = metric.column();
        if (LOSSES.contains(column)) {
            return settings.stream().anyMatch(field -> field.startsWith(FAULTS)) ? SOMETHING : NOTHING;
        }
        if (MonthlySums.isMoney(column) && settings.stream().anyMatch(field -> field.startsWith(PRICING))) {
            return SOMETHING;
        }
        if (AgreementBounds.isLatency(column) && !first.traits().has(Trait.CLOCKED) && !secondRun.simulated()) {
            // its closed form is what the warm-up measured, so it expects nothing of a setting
            return settings.stream().anyMatch(AskedFor::isWorkload) ? SOMETHING : NOTHING;
        }
        if (settings.stream().noneMatch(field -> reaches(field, first.traits()))
                && OF_SETTINGS.stream().noneMatch(name -> differs(name, first.prediction(), second.prediction()))) {
            return NOTHING;
        }
        OptionalDouble before = first.prediction().value(column);
        OptionalDouble after = second.prediction().value(column);
        if (before.isEmpty() || after.isEmpty()) {
            return SOMETHING;
        }
        double change = after.getAsDouble() - before.getAsDouble();
        return change == 0
                ? NOTHING
                : new AskedFor(
                        true, OptionalDouble.of(change), tolerance(column, after.getAsDouble(), secondRun, second));
    }

    private static boolean reaches(String field, ModeTraits traits) {
        if (field.equals(INTERVAL) || field.equals(PHASE)) {
            return traits.has(Trait.CLOCKED);
        }
        return isWorkload(field) || field.startsWith(POLLING) && traits.asks();
    }

    private static boolean isWorkload(String field) {
        return WORKLOAD.stream().anyMatch(field::startsWith);
    }

    private static boolean differs(String column, Prediction first, Prediction second) {
        OptionalDouble before = first.value(column);
        OptionalDouble after = second.value(column);
        return before.isPresent()
                && after.isPresent()
                && Math.abs(after.getAsDouble() - before.getAsDouble())
                        > AgreementBounds.REQUESTS * Math.max(before.getAsDouble(), after.getAsDouble());
    }

    private static double tolerance(String column, double expected, RunRecord run, Outcome outcome) {
        boolean bounded = AgreementBounds.isLatency(column) || OF_SETTINGS.contains(column);
        return bounded
                ? AgreementBounds.of(
                        column,
                        expected,
                        outcome.traits(),
                        run.scenario().polling().intervalNanos())
                : AgreementBounds.REQUESTS * expected;
    }

    /**
     * Whether a difference is the change that the settings ask for, or less.
     *
     * @param difference of the second run against the first, surely not 0
     */
    boolean explains(Estimate difference) {
        if (!reached || change.isEmpty()) {
            return reached;
        }
        double expected = change.getAsDouble();
        boolean lower = difference.high() < 0;
        return lower
                ? difference.high() >= Math.min(0, expected) - tolerance
                : difference.low() <= Math.max(0, expected) + tolerance;
    }

    /** The settings that differ, without what is the machine's or a result. */
    static Set<String> settings(List<ScenarioDifferences.Difference> differences) {
        return differences.stream()
                .map(ScenarioDifferences.Difference::field)
                .filter(field -> Stream.of(
                                "environment", "measured_nanos", "run.seed", "run.modes", "run.duration_nanos")
                        .noneMatch(field::startsWith))
                .collect(Collectors.toUnmodifiableSet());
    }
}
