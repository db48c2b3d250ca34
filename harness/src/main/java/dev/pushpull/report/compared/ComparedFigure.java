package dev.pushpull.report.compared;

import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureNames;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.Metric;
import dev.pushpull.scenario.Metric.Better;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One figure of two runs.
 *
 * @param cell which cell of a sweep it belongs to; empty otherwise
 * @param mode with the number of its trial when there are several
 * @param first of the first run
 * @param second of the second run
 * @param interval of second minus first; empty when either has none
 * @param judgement of the second run against the first
 */
record ComparedFigure(
        String cell,
        String mode,
        Metric metric,
        String label,
        Figure first,
        Figure second,
        Optional<Estimate> interval,
        Judgement judgement) {
    /** What the difference comes to. */
    enum Judgement {
        BETTER("better"),
        WORSE("worse"),
        AS_CONFIGURED("as configured"),
        NO_DIFFERENCE("no difference"),
        NO_INTERVAL("no interval"),
        ONLY_ONE("only in one");

        private final String words;

        Judgement(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * Both together, judged.
     *
     * @param asked by how much the figure must differ because the settings do
     * @param widening how many times as far as their own the intervals reach, so that all that are judged hold together
     */
    static ComparedFigure of(
            String cell,
            String mode,
            Metric metric,
            String label,
            Figure first,
            Figure second,
            AskedFor asked,
            double widening) {
        Optional<Estimate> interval = interval(first, second, widening);
        return new ComparedFigure(
                cell, mode, metric, label, first, second, interval, judgement(metric, first, second, asked, interval));
    }

    /** Second minus first; empty when either does not exist. */
    OptionalDouble difference() {
        return first.value().isPresent() && second.value().isPresent()
                ? OptionalDouble.of(second.value().getAsDouble() - first.value().getAsDouble())
                : OptionalDouble.empty();
    }

    /** Whether people are shown it: not what other figures add up to, nor nothing of what rarely happens. */
    boolean isWorthALine() {
        boolean anything = interval.isPresent()
                || first.value().orElse(0) != 0
                || second.value().orElse(0) != 0;
        return anything && FigureNames.of(metric.column()).isPresent();
    }

    /**
     * The limits of a difference by the distances from each value to its own limits, squared and added (Zou and Donner,
     * Construction of confidence limits about effect measures, 2008): for means the usual normal approximation, and it
     * keeps the lopsided intervals of quantiles lopsided. The runs are taken as independent.
     */
    private static Optional<Estimate> interval(Figure first, Figure second, double widening) {
        if (first.value().isEmpty()
                || second.value().isEmpty()
                || first.interval().isEmpty()
                || second.interval().isEmpty()) {
            return Optional.empty();
        }
        double a = first.value().getAsDouble();
        double b = second.value().getAsDouble();
        double difference = b - a;
        double below = widening * Math.hypot(b - second.low(), first.high() - a);
        double above = widening * Math.hypot(second.high() - b, a - first.low());
        return Optional.of(
                new Estimate(difference, difference - below, difference + above, "limits squared and added"));
    }

    private static Judgement judgement(
            Metric metric, Figure first, Figure second, AskedFor asked, Optional<Estimate> interval) {
        if (first.value().isEmpty() || second.value().isEmpty()) {
            return Judgement.ONLY_ONE;
        }
        if (interval.isEmpty()) {
            return Judgement.NO_INTERVAL;
        }
        boolean lower = interval.get().high() < 0;
        boolean higher = interval.get().low() > 0;
        if (!lower && !higher) {
            return Judgement.NO_DIFFERENCE;
        }
        if (asked.explains(interval.get())) {
            return Judgement.AS_CONFIGURED;
        }
        return lower == (metric.better() == Better.LOWER) ? Judgement.BETTER : Judgement.WORSE;
    }
}
