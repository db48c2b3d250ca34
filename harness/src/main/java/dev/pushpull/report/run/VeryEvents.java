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

/** Why a figure is not what was expected: other events came than were due, and what is expected of these very ones. */
final class VeryEvents {
    /** As many events as were due, within this share, explain nothing. */
    private static final double AS_MANY = 0.03;

    /** A figure without an interval is as expected within this share. */
    private static final double AS_EXPECTED = 0.05;

    private VeryEvents() {}

    /** To be appended to a sentence about the figure; empty where it needs no explanation or none is known. */
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
            return ""; // other events explain nothing where the same is expected of them
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
        return run.scenario().events().arrivals().ratePerSecond()
                * run.scenario().events().streamCount()
                * ((Number) seconds).doubleValue();
    }

    /** By their replay in virtual time, where there is one, or by the rate that came about. */
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
