package dev.pushpull.report.sweep;

import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.LoadChart;
import dev.pushpull.report.shared.Losses;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Which mode needs the least in a cell; several when they are equal.
 *
 * @param text the same with the share that each of them lost
 * @param several whether more than one mode needs the least
 * @param sure whether the modes' intervals leave no doubt about it
 */
record Cheapest(String name, int colour, String text, boolean several, boolean sure) {
    static final String REQUESTS = "requests_per_delivery";
    static final String BYTES = "bytes_per_delivery";

    static final Cheapest NONE = new Cheapest("none", 0, "none", false, true);

    /** What follows the name of a winner that is not sure. */
    private static final String DOUBT = " ?";

    /** Whether any of them did not deliver everything. */
    boolean lost() {
        return !text.equals(name);
    }

    /** With a question mark where it is not sure. */
    String shown() {
        return sure ? text : text + DOUBT;
    }

    static Cheapest of(RunRecord run, String column) {
        List<Outcome> counted = run.outcomes().stream()
                .filter(outcome -> figure(run, outcome, column).value().isPresent())
                .toList();
        OptionalDouble least = counted.stream()
                .mapToDouble(outcome -> figure(run, outcome, column).value().getAsDouble())
                .min();
        if (least.isEmpty()) {
            return NONE;
        }
        List<Outcome> best = counted.stream()
                .filter(outcome -> figure(run, outcome, column).value().getAsDouble()
                        <= least.getAsDouble() * (1 + LoadChart.LEVEL))
                .toList();
        List<Outcome> others =
                counted.stream().filter(outcome -> !best.contains(outcome)).toList();
        return new Cheapest(
                best.stream().map(Outcome::mode).collect(Collectors.joining(" = ")),
                Modes.colour(run, best.get(0)),
                best.stream().map(Cheapest::withLosses).collect(Collectors.joining(" = ")),
                best.size() > 1,
                sure(figures(run, best, column), figures(run, others, column)));
    }

    /** Nobody else can be as low, and those that are level can be neither lower nor higher than level. */
    private static boolean sure(List<Figure> best, List<Figure> others) {
        boolean known = best.stream().allMatch(figure -> figure.interval().isPresent())
                && others.stream().allMatch(figure -> figure.interval().isPresent());
        double most = best.stream().mapToDouble(Figure::high).max().orElseThrow();
        double least = best.stream().mapToDouble(Figure::low).min().orElseThrow();
        boolean apart = others.stream().allMatch(figure -> figure.low() > most);
        boolean together = best.size() == 1 || most <= least * (1 + 2 * LoadChart.LEVEL);
        return others.isEmpty() && best.size() == 1 || known && apart && together;
    }

    private static List<Figure> figures(RunRecord run, List<Outcome> outcomes, String column) {
        return outcomes.stream().map(outcome -> figure(run, outcome, column)).toList();
    }

    private static Figure figure(RunRecord run, Outcome outcome, String column) {
        return Figure.of(run, outcome, column, column);
    }

    private static String withLosses(Outcome outcome) {
        String lost = Losses.share(outcome);
        return outcome.mode() + (lost.isEmpty() ? "" : " (" + lost + ")");
    }
}
