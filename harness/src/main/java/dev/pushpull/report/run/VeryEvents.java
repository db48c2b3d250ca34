package dev.pushpull.report.run;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.scenario.AgreementLine;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.schedule.TraceArrivals;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Explains a figure that differs from its expected value: more or fewer events came than were due, and these very
 * events have another expected value.
 */
final class VeryEvents {
    /** If the number of events is within this share of the number due, it explains nothing. */
    private static final double AS_MANY = 0.03;

    /** A figure without an interval counts as expected within this share. */
    private static final double AS_EXPECTED = 0.05;

    private VeryEvents() {}

    /** Appended to a sentence about the figure; empty when it needs no explanation or there is none. */
    static String appended(RunRecord run, Outcome outcome, Figure figure) {
        if (figure.expected().isEmpty()
                || figure.value().isEmpty()
                || isAsExpected(figure, figure.expected().get().value())
                || run.scenario().events().arrivals() instanceof TraceArrivals) {
            return "";
        }
        double due = due(run, outcome);
        double share = outcome.counts().events() / due;
        OptionalDouble expected = expected(run, outcome, figure, share);
        if (!(Math.abs(share - 1) > AS_MANY) || expected.isEmpty()) {
            return "";
        }
        String ofThese = FigureText.value(figure.column(), expected.getAsDouble());
        if (ofThese.equals(FigureText.expectedValue(figure))) {
            return ""; // other events explain nothing if the same is expected of them
        }
        return ", but %s events came where %s were due, and for these very events %s is expected"
                .formatted(Decimals.count(outcome.counts().events()), Decimals.count(Math.round(due)), ofThese);
    }

    private static boolean isAsExpected(Figure figure, double expected) {
        if (FigureText.value(figure).equals(FigureText.expectedValue(figure))) {
            return true; // no reader can tell them apart
        }
        double room = figure.interval().isPresent() ? 0 : AS_EXPECTED * Math.abs(expected);
        return expected >= figure.low() - room && expected <= figure.high() + room;
    }

    private static double due(RunRecord run, Outcome outcome) {
        Object seconds = Metrics.named("duration_s").orElseThrow().read(run, outcome);
        return run.scenario()
                        .events()
                        .arrivals()
                        .meanRatePerSecond(run.scenario().run().durationNanos())
                * run.scenario().events().streamCount()
                * ((Number) seconds).doubleValue();
    }

    /** From their replay in virtual time if there is one, otherwise from the actual rate. */
    private static OptionalDouble expected(RunRecord run, Outcome outcome, Figure figure, double share) {
        Optional<AgreementLine> replayed = run.agreement().stream()
                .filter(line ->
                        line.mode().equals(outcome.mode()) && line.metric().equals(figure.column()))
                .findFirst();
        if (replayed.isPresent()) {
            return OptionalDouble.of(replayed.get().simulated());
        }
        if (!Modes.pollsEveryInterval(outcome) || !(share > 0)) {
            return OptionalDouble.empty();
        }
        boolean poisson = run.scenario().events().arrivals().kind().equals("poisson");
        return switch (figure.column()) {
            case "wasted_ratio" ->
                poisson ? OptionalDouble.of(Math.exp(-run.scenario().loadFactor() * share)) : OptionalDouble.empty();
            case "requests_per_delivery" ->
                OptionalDouble.of(figure.expected().orElseThrow().value() / share);
            default -> OptionalDouble.empty();
        };
    }
}
