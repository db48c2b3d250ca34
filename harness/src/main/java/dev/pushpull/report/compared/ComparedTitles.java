package dev.pushpull.report.compared;

import dev.pushpull.report.compared.ComparedFigure.Judgement;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;

/** The titles of two compared runs' page and charts, each of them the finding. */
final class ComparedTitles {
    private static final int MOST_NAMED = 3;
    private static final int MOST_MODES = 2;

    private ComparedTitles() {}

    /** What came out, in a line; the sentences below it name every figure. */
    static String page(RunComparison comparison) {
        List<String> parts = new ArrayList<>();
        few(parts, "worse in ", figures(comparison, Judgement.WORSE));
        few(parts, "better in ", figures(comparison, Judgement.BETTER));
        List<String> configured = figures(comparison, Judgement.AS_CONFIGURED);
        if (parts.isEmpty() && configured.isEmpty()) {
            return "No difference that these runs could tell";
        }
        if (parts.isEmpty()) {
            return "B differs from A only as configured, in "
                    + (configured.size() == 1 ? "one figure" : configured.size() + " figures");
        }
        String rest = configured.isEmpty()
                ? ""
                : "; " + configured.size() + (configured.size() == 1 ? " figure differs" : " figures differ")
                        + " as configured";
        return "B is " + String.join(", and ", parts) + rest;
    }

    private static void few(List<String> parts, String start, List<String> figures) {
        if (!figures.isEmpty()) {
            int more = figures.size() - MOST_NAMED;
            parts.add(start
                    + String.join(", ", figures.subList(0, Math.min(figures.size(), MOST_NAMED)))
                    + (more > 0 ? " and " + more + " more" : ""));
        }
    }

    /** The figures with this judgement, by mode. */
    static List<String> figures(RunComparison comparison, Judgement judgement) {
        return comparison.figures().stream()
                .filter(figure -> figure.judgement() == judgement)
                .map(figure ->
                        figure.mode() + " " + figure.label() + (figure.cell().isEmpty() ? "" : " at " + figure.cell()))
                .toList();
    }

    /** The same for a sentence: mode by mode. */
    static String named(RunComparison comparison, Judgement judgement) {
        Map<String, List<String>> byMode = new LinkedHashMap<>();
        comparison.figures().stream()
                .filter(figure -> figure.judgement() == judgement)
                .forEach(figure -> byMode.computeIfAbsent(
                                figure.mode() + (figure.cell().isEmpty() ? "" : " at " + figure.cell()),
                                mode -> new ArrayList<>())
                        .add(figure.label()));
        List<String> parts = new ArrayList<>();
        byMode.forEach((mode, labels) -> parts.add(mode + " (" + String.join(", ", labels) + ")"));
        return String.join(", ", parts);
    }

    /** How late: the highest percentile that both runs have. */
    static String latency(RunComparison.Pair pair) {
        for (String column : List.of("latency_p99_ms", "latency_p90_ms", "latency_p50_ms")) {
            List<Both> all = both(pair, (run, outcome) -> Figure.value(run, outcome, column));
            if (!all.isEmpty()) {
                String name = column.substring("latency_".length(), column.length() - "_ms".length());
                return "Delay at " + name + ": " + words(all, value -> FigureText.value(column, value));
            }
        }
        return "Delay at every percentile";
    }

    /** How many requests a second, on average. */
    static String requests(RunComparison.Pair pair) {
        List<Both> all = both(pair, ComparedTitles::requestsPerSecond);
        return all.isEmpty() ? "Requests a second" : "Requests a second: " + words(all, Decimals::significant);
    }

    private static OptionalDouble requestsPerSecond(RunRecord run, Outcome outcome) {
        double seconds = measuredSeconds(run, outcome);
        return seconds > 0 ? OptionalDouble.of(outcome.counts().requests() / seconds) : OptionalDouble.empty();
    }

    /** The measured time of a trial. */
    static double measuredSeconds(RunRecord run, Outcome outcome) {
        long own = outcome.conditions().measuredNanos();
        return (own > 0 ? own : run.measuredNanos()) / 1e9;
    }

    /** A mode's figure in either run. */
    private record Both(String mode, double first, double second) {
        /** How many times one is the other, as a logarithm; infinite when one is 0. */
        double change() {
            return first == second ? 0 : Math.abs(Math.log(second / first));
        }
    }

    private static List<Both> both(RunComparison.Pair pair, BiFunction<RunRecord, Outcome, OptionalDouble> figure) {
        List<Both> all = new ArrayList<>();
        for (Outcome outcome : pair.first().outcomes()) {
            OptionalDouble first = figure.apply(pair.first(), outcome);
            RunComparison.counterpart(outcome, pair.second()).ifPresent(other -> {
                OptionalDouble second = figure.apply(pair.second(), other);
                if (first.isPresent() && second.isPresent()) {
                    all.add(new Both(Modes.title(pair.first(), outcome), first.getAsDouble(), second.getAsDouble()));
                }
            });
        }
        return all;
    }

    /** Every mode where there are few, else the one that changed most. */
    private static String words(List<Both> all, DoubleFunction<String> text) {
        List<Both> shown = all.size() <= MOST_MODES
                ? all
                : List.of(all.stream()
                        .max(Comparator.comparingDouble(Both::change))
                        .orElseThrow());
        List<String> parts = new ArrayList<>();
        shown.forEach(one -> parts.add(
                "%s %s in A, %s in B".formatted(one.mode(), text.apply(one.first()), text.apply(one.second()))));
        return (all.size() <= MOST_MODES ? "" : "most changed for ") + String.join("; ", parts);
    }
}
