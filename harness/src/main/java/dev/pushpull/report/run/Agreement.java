package dev.pushpull.report.run;

import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureNames;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.scenario.AgreementBounds;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Expected and measured figures side by side. Agreement is an equivalence test with bounds fixed beforehand ({@link
 * AgreementBounds}). A figure agrees when its whole interval lies within the bounds and disagrees when it lies wholly
 * outside; otherwise there were too few events. A difference that is merely not significant never counts as agreement.
 */
final class Agreement {
    private Agreement() {}

    /** The result of comparing one figure. */
    enum Verdict {
        AGREES("agrees"),
        DISAGREES("DISAGREES"),
        TOO_FEW_EVENTS("too few events"),
        NO_BOUND("no bound set");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * @param figure with its expected value
     * @param bound half the width of the accepted range around it, in the unit of the metric
     */
    record Line(String mode, Figure figure, OptionalDouble bound, Verdict verdict) {}

    /** Every figure with a known closed form, in the order of the summary's columns. */
    static List<Line> lines(RunRecord run) {
        List<Line> lines = new ArrayList<>();
        for (Outcome outcome : run.outcomes()) {
            for (FigureNames name : FigureNames.values()) {
                Figure figure = Figure.of(run, outcome, name.column(), name.label());
                if (figure.expected().isPresent()) {
                    OptionalDouble bound = bound(run, outcome, figure);
                    lines.add(new Line(Modes.title(run, outcome), figure, bound, verdict(figure, bound)));
                }
            }
        }
        return List.copyOf(lines);
    }

    private static OptionalDouble bound(RunRecord run, Outcome outcome, Figure figure) {
        String column = figure.column();
        boolean bounded = column.startsWith("latency_")
                ? Modes.pollsEveryInterval(outcome)
                : column.equals("wasted_ratio") || column.equals("requests_per_delivery");
        return bounded
                ? OptionalDouble.of(AgreementBounds.of(
                        column,
                        figure.expected().orElseThrow().value(),
                        run.scenario().polling().intervalNanos()))
                : OptionalDouble.empty();
    }

    private static Verdict verdict(Figure figure, OptionalDouble bound) {
        if (bound.isEmpty()) {
            return Verdict.NO_BOUND;
        }
        double least = figure.expected().orElseThrow().value() - bound.getAsDouble();
        double most = figure.expected().orElseThrow().value() + bound.getAsDouble();
        if (figure.value().isEmpty()) {
            return Verdict.TOO_FEW_EVENTS;
        }
        if (figure.high() < least || figure.low() > most) {
            return Verdict.DISAGREES;
        }
        boolean within = figure.low() >= least && figure.high() <= most;
        return within && (figure.interval().isPresent() || isExact(figure)) ? Verdict.AGREES : Verdict.TOO_FEW_EVENTS;
    }

    /** One attempt for each delivery is a count without chance, so it needs no interval. */
    private static boolean isExact(Figure figure) {
        return figure.value().getAsDouble() == figure.expected().orElseThrow().value();
    }
}
