package dev.pushpull.report.run;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureNames;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Losses;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.scenario.Metric;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Every figure of every mode: one line for each figure, one column for each mode.
 *
 * @param modes titles of the columns
 */
record ModeTable(List<String> modes, List<Line> lines) {
    /**
     * @param meaning one sentence
     * @param entries one for each mode
     */
    record Line(String label, String meaning, List<Entry> entries) {
        /** Whether it means nothing for some mode. */
        private boolean isOfSome() {
            return entries.stream().anyMatch(entry -> entry.value().equals(Figure.MEANINGLESS));
        }
    }

    /**
     * One figure in words.
     *
     * @param value with its unit, or why there is none
     * @param tooFew whether the samples were too few for it
     * @param interval may be empty
     * @param expected may be empty
     * @param note may be empty
     */
    record Entry(String value, boolean tooFew, String interval, String expected, String note) {}

    static ModeTable of(RunRecord run) {
        List<String> modes = run.outcomes().stream()
                .map(outcome -> Modes.title(run, outcome))
                .toList();
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(
                "delivered",
                "Deliveries that arrived, of those expected",
                run.outcomes().stream().map(ModeTable::delivered).toList()));
        for (FigureNames name : FigureNames.values()) {
            List<Figure> figures = run.outcomes().stream()
                    .map(outcome -> Figure.of(run, outcome, name.column(), name.label()))
                    .toList();
            if (isWorthALine(run, name, figures)) {
                String meaning =
                        Metrics.named(name.column()).map(Metric::meaning).orElse("");
                List<Entry> entries = new ArrayList<>();
                for (int i = 0; i < figures.size(); i++) {
                    entries.add(entry(name, figures.get(i), run.outcomes().get(i)));
                }
                lines.add(new Line(name.label(), meaning, List.copyOf(entries)));
            }
        }
        return new ModeTable(modes, List.copyOf(lines));
    }

    /** Only the figures that mean something for every mode. */
    ModeTable all() {
        return new ModeTable(
                modes, lines.stream().filter(line -> !line.isOfSome()).toList());
    }

    /** The others, for the modes for which they mean something. */
    ModeTable some() {
        List<Line> ofSome = lines.stream().filter(Line::isOfSome).toList();
        List<Integer> columns = IntStream.range(0, modes.size())
                .filter(mode -> ofSome.stream()
                        .anyMatch(line -> !line.entries().get(mode).value().equals(Figure.MEANINGLESS)))
                .boxed()
                .toList();
        return new ModeTable(
                columns.stream().map(modes::get).toList(),
                ofSome.stream()
                        .map(line -> new Line(
                                line.label(),
                                line.meaning(),
                                columns.stream().map(line.entries()::get).toList()))
                        .toList());
    }

    private static boolean isWorthALine(RunRecord run, FigureNames name, List<Figure> figures) {
        if (name == FigureNames.MONTHLY_REQUESTS && !run.pricing().hasRequestPrices()) {
            return false; // what a bill pays for
        }
        if (name == FigureNames.TOTAL && !run.pricing().hasFixedSums()) {
            return false; // the requests bill once more
        }
        if (name == FigureNames.CONNECTIONS_PER_DELIVERY && !connectionsCost(run)) {
            return false; // a few for the whole run
        }
        if (name.onlyWhenAny()) {
            return figures.stream().anyMatch(figure -> figure.value().orElse(0) != 0);
        }
        return figures.stream()
                .anyMatch(
                        figure -> figure.value().isPresent() || figure.absence().equals(Figure.TOO_FEW));
    }

    /** Whether connections are held open, or must be opened again and again over a wire. */
    private static boolean connectionsCost(RunRecord run) {
        return run.scenario().wire().modelled()
                || run.outcomes().stream()
                        .anyMatch(outcome -> outcome.counts().held().streams() > 0);
    }

    private static Entry delivered(Outcome outcome) {
        String of = Decimals.count(outcome.counts().delivered()) + "/"
                + Decimals.count(outcome.counts().expected());
        return new Entry(of, false, "", "", "");
    }

    private static Entry entry(FigureNames name, Figure figure, Outcome outcome) {
        // undelivered events make a bill low
        boolean cheapened = (name == FigureNames.BILL || name == FigureNames.TOTAL)
                && figure.value().isPresent()
                && outcome.counts().lostInAll() > 0;
        return new Entry(
                FigureText.value(figure)
                        + HostsText.mark(figure, outcome)
                        + (cheapened ? ", " + Losses.share(outcome) : ""),
                figure.value().isEmpty() && figure.absence().equals(Figure.TOO_FEW),
                FigureText.interval(figure),
                FigureText.expectedValue(figure),
                figure.belowNoise() ? "below noise" : "");
    }
}
