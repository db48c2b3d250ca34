package dev.pushpull.report.shared;

import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.MonthlySums;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.RunRecord;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One measured figure with everything that belongs to it.
 *
 * @param column of {@link Metrics}; also for a thing counted in set-up, which has no column there
 * @param label for people
 * @param value in the metric's own unit; empty when it does not exist
 * @param absence the text for a missing value, for instance {@link #TOO_FEW}
 * @param interval its 95 % interval
 * @param expected the closed form's value
 * @param belowNoise whether the machine's own noise at the same quantile is larger
 * @param currency of a sum of money, as ISO 4217 calls it; empty where none was named, and for other figures
 */
public record Figure(
        String column,
        String label,
        OptionalDouble value,
        String absence,
        Optional<Estimate> interval,
        Optional<Prediction.Figure> expected,
        boolean belowNoise,
        String currency) {
    /** For a mode without what the figure is about. */
    public static final String MEANINGLESS = "–";

    /** Two hosts' clocks do not tell it closely enough. */
    public static final String NOT_ACROSS = "not measurable across these hosts";

    public static final String TOO_FEW = "too few samples for this percentile";

    /** The figure of a column in an outcome. */
    public static Figure of(RunRecord run, Outcome outcome, String column, String label) {
        OptionalDouble value = value(run, outcome, column);
        return new Figure(
                column,
                label,
                value,
                absence(outcome, column),
                Optional.ofNullable(outcome.intervals().get(column)),
                Optional.ofNullable(outcome.prediction().figures().get(column)),
                value.isPresent() && value.getAsDouble() < noiseMillis(run, column),
                MonthlySums.isMoney(column) ? run.pricing().currency() : "");
    }

    /** A thing that was counted and has no column. */
    public static Figure counted(String label, long count) {
        return new Figure(label, label, OptionalDouble.of(count), "", Optional.empty(), Optional.empty(), false, "");
    }

    /** The value alone; empty when the figure does not exist. */
    public static OptionalDouble value(RunRecord run, Outcome outcome, String column) {
        Object value =
                Metrics.named(column).map(metric -> metric.read(run, outcome)).orElse(null);
        return value instanceof Number number && Double.isFinite(number.doubleValue())
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    /** The same with another interval. */
    public Figure within(Estimate other) {
        return new Figure(column, label, value, absence, Optional.of(other), expected, belowNoise, currency);
    }

    /** The lower end of the interval, or the value where there is none. */
    public double low() {
        return interval.map(Estimate::low).orElseGet(() -> value.orElse(Double.NaN));
    }

    /** The upper end of the interval, or the value where there is none. */
    public double high() {
        return interval.map(Estimate::high).orElseGet(() -> value.orElse(Double.NaN));
    }

    /** Whether it is surely below the other: the intervals do not overlap. */
    public boolean isBelow(Figure other) {
        return high() < other.low();
    }

    private static String absence(Outcome outcome, String column) {
        if (column.startsWith("latency_") || column.startsWith("processed_")) {
            Distribution distribution = column.startsWith("latency_") ? outcome.latency() : outcome.processed();
            return distribution.count() == 0
                    ? "none"
                    : outcome.conditions().clock().crosses()
                                    && distribution.quantileMillis(0.5).isPresent()
                            ? NOT_ACROSS
                            : TOO_FEW;
        }
        return switch (column) {
            case "wasted_ratio" -> "no polls";
            case MonthlySums.BILL, MonthlySums.FIXED, MonthlySums.TOTAL -> "no price";
            case "requests_per_delivery", "bytes_per_delivery" -> "none";
            case "held_connections",
                    "connection_seconds_per_delivery",
                    "frames_per_delivery",
                    "reconnects",
                    "lost_in_gap" -> outcome.counts().held().streams() == 0 ? MEANINGLESS : "none";
            default -> "not measured";
        };
    }

    /**
     * What the hiccup meter measured at the same quantile: a latency below it cannot be told from the machine's own
     * pauses. Compared quantile by quantile, since one long pause does not affect a median of thousands.
     */
    private static double noiseMillis(RunRecord run, String column) {
        Distribution hiccups = run.noise().hiccups();
        OptionalDouble noise = switch (column) {
            case "latency_mean_ms" -> hiccups.meanMillis();
            case "latency_p50_ms" -> hiccups.quantileMillis(0.5);
            case "latency_p90_ms" -> hiccups.quantileMillis(0.9);
            case "latency_p95_ms" -> hiccups.quantileMillis(0.95);
            case "latency_p99_ms" -> hiccups.quantileMillis(0.99);
            case "latency_p999_ms" -> hiccups.quantileMillis(0.999);
            case "latency_max_ms" -> hiccups.maxMillis();
            default -> OptionalDouble.empty();
        };
        return noise.orElse(0);
    }
}
