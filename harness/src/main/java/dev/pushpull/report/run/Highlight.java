package dev.pushpull.report.run;

import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.Simulated;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A figure to see at a glance: all modes as bars on one scale, which starts at zero.
 *
 * @param what the figure's name for people
 */
record Highlight(String what, List<Bar> bars) {
    /**
     * One mode.
     *
     * @param percent of the longest bar
     */
    record Bar(String name, int colour, String value, String percent) {}

    /**
     * How late, how often, how much; a figure of fewer than two modes is no comparison and is left out,
     * except a bill, which somebody asked for.
     */
    static List<Highlight> of(RunRecord run) {
        List<Highlight> all = new ArrayList<>();
        add(all, run, "Mean delay from event to receipt" + Simulated.aside(run), "latency_mean_ms");
        add(all, run, "Requests per delivered event", "requests_per_delivery");
        add(all, run, "Bytes per delivered event", "bytes_per_delivery");
        MonthlyCard.of(run).ifPresent(all::add);
        return List.copyOf(all);
    }

    private static void add(List<Highlight> all, RunRecord run, String what, String column) {
        List<Outcome> shown = run.outcomes().stream()
                .filter(outcome -> Figure.value(run, outcome, column).isPresent())
                .toList();
        OptionalDouble most = shown.stream()
                .mapToDouble(outcome -> Figure.value(run, outcome, column).getAsDouble())
                .max();
        if (shown.size() < 2 || most.getAsDouble() <= 0) {
            return;
        }
        all.add(new Highlight(
                what,
                shown.stream()
                        .map(outcome -> bar(run, outcome, column, most.getAsDouble()))
                        .toList()));
    }

    private static Bar bar(RunRecord run, Outcome outcome, String column, double most) {
        double value = Figure.value(run, outcome, column).getAsDouble();
        return new Bar(
                Modes.title(run, outcome),
                Modes.colour(run, outcome),
                FigureText.value(column, value),
                String.format(Locale.ROOT, "%.2f", 100 * value / most));
    }
}
