package dev.pushpull.report.run;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.report.shared.Simulated;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A ranking in a few sentences: which mode to take, instead of which, why, and what each costs that no figure shows.
 */
final class Headline {
    private static final String LATENCY = "latency_mean_ms";
    private static final String REQUESTS = "requests_per_delivery";
    private static final String BYTES = "bytes_per_delivery";

    /** Of more modes behind the best ones, only the names are read; their figures are in the tables. */
    private static final int MOST_IN_FULL = 2;

    private final RunRecord run;
    private final Ranking ranking;

    private Headline(RunRecord run) {
        this.run = run;
        this.ranking = Ranking.of(run);
    }

    /** For a run in which events occurred. */
    static String of(RunRecord run) {
        return new Headline(run).sentences();
    }

    private String sentences() {
        if (ranking.best().isEmpty()) {
            return "Too few deliveries to answer: nothing arrived.";
        }
        String text = run.outcomes().size() == 1 ? alone(ranking.best().get(0)) : weighed();
        List<Outcome> others = ranking.others();
        String behind = others.size() > MOST_IN_FULL
                ? Sentences.listed(others.stream().map(Headline::called).toList())
                : others.stream()
                        .map(outcome -> called(outcome) + ", " + briefly(outcome))
                        .collect(Collectors.joining("; "));
        String nothing = ranking.nothing().stream().map(Headline::called).collect(Collectors.joining(", "));
        return Sentences.after(
                text,
                behind.isEmpty() ? "" : "Behind: " + behind + ".",
                nothing.isEmpty() ? "" : "Nothing arrived by " + nothing + ".");
    }

    private String alone(Outcome outcome) {
        Figure waste = Figure.of(run, outcome, "wasted_ratio", "");
        return "Only %s run: %s, %s requests per delivered event%s.%s"
                .formatted(
                        outcome.traits().with("was", "were"),
                        Simulated.lateOnAverage(run, outcome, figure(outcome, LATENCY)),
                        FigureText.value(figure(outcome, REQUESTS)),
                        waste.value().isPresent()
                                ? ", " + FigureText.value(waste) + " of "
                                        + (outcome.traits().plural() ? "their" : "its") + " polls empty"
                                : "",
                        sentence(costs(List.of(outcome))));
    }

    private String weighed() {
        List<Outcome> best = ranking.best();
        String names = Sentences.capital(either(best));
        if (ranking.rival().isEmpty()) {
            return best.size() == 1
                    ? names + " alone delivered anything: " + briefly(best.get(0)) + "." + sentence(costs(best))
                    : names + ": " + alike(best) + after("; ", costs(best)) + ".";
        }
        Outcome first = best.get(0);
        Outcome rival = ranking.rival().get(0);
        if (ranking.depends()) {
            return "It depends. %s: %s. %s: %s.%s"
                    .formatted(
                            names,
                            String.join(", ", reasons(first, rival)),
                            Sentences.capital(called(rival)),
                            String.join(", ", reasons(rival, first)),
                            sentence(costs(and(best, rival))));
        }
        if (best.size() > 1) {
            return "%s: %s%s. Next: %s, %s."
                    .formatted(names, alike(best), after("; ", costs(best)), called(rival), briefly(rival));
        }
        String against = String.join(", ", remarks(rival, first, "later", "more"));
        return "Take %s rather than %s: %s%s.%s"
                .formatted(
                        called(first),
                        called(rival),
                        String.join(", ", reasons(first, rival)),
                        after(", though ", against),
                        sentence(costs(and(best, rival))));
    }

    /** The reasons for one mode against the other, the large ones first. */
    private List<String> reasons(Outcome one, Outcome other) {
        List<String> reasons = new ArrayList<>();
        if (Ranking.missesLess(one, other)) {
            reasons.add(arrived(one) + " delivered instead of " + arrived(other));
        }
        for (String column : Ranking.COLUMNS) {
            if (Ranking.isBetter(run, column, one, other, true)) {
                reasons.add(instead(column, one, other));
            }
        }
        reasons.addAll(remarks(one, other, "sooner", "fewer"));
        return reasons;
    }

    /** The percentages in favour of {@code one}: from its own view the small differences, from the other's view all. */
    private List<String> remarks(Outcome one, Outcome other, String inTime, String inNumber) {
        List<String> remarks = new ArrayList<>();
        for (String column : Ranking.COLUMNS) {
            boolean seenFromOne = inNumber.equals("fewer");
            boolean saidAlready = seenFromOne && Ranking.isBetter(run, column, one, other, true);
            if (Ranking.isBetter(run, column, one, other, false) && !saidAlready) {
                double less = value(one, column);
                double more = value(other, column);
                String share = Decimals.percent(seenFromOne ? 1 - less / more : more / less - 1);
                String what = column.equals(REQUESTS) ? "requests" : "bytes";
                remarks.add(share + " " + (column.equals(LATENCY) ? inTime : inNumber + " " + what));
            }
        }
        return remarks;
    }

    private String instead(String column, Outcome one, Outcome other) {
        Figure ours = figure(one, column);
        Figure theirs = figure(other, column);
        if (column.equals(LATENCY)) {
            double times = value(other, column) / value(one, column);
            return Simulated.sooner(run, one, ours, theirs)
                    + (Double.isFinite(times) ? " (" + Decimals.times(times) + " times sooner)" : "");
        }
        return FigureText.value(ours) + (column.equals(REQUESTS) ? " requests" : "")
                + " per delivered event instead of " + FigureText.value(theirs);
    }

    /** What modes share that do not differ by much. */
    private String alike(List<Outcome> modes) {
        boolean atOnce = modes.stream().allMatch(mode -> value(mode, LATENCY) < Ranking.AT_ONCE_MILLIS);
        List<String> late = modes.stream()
                .map(mode -> Simulated.late(run, mode, figure(mode, LATENCY)))
                .distinct()
                .toList();
        String latency = late.size() == 1
                ? late.get(0)
                : atOnce
                        ? (modes.size() == 2 ? "both" : "all") + " under a millisecond late"
                        : range(modes, LATENCY) + " late";
        return latency + ", " + range(modes, REQUESTS) + " requests and " + range(modes, BYTES)
                + " per delivered event";
    }

    private String range(List<Outcome> modes, String column) {
        ToDoubleFunction<Outcome> value = mode -> value(mode, column);
        String least =
                FigureText.value(column, modes.stream().mapToDouble(value).min().orElse(0));
        String most =
                FigureText.value(column, modes.stream().mapToDouble(value).max().orElse(0));
        return least.equals(most) ? least : least + " to " + most;
    }

    private String briefly(Outcome outcome) {
        return Simulated.late(run, outcome, figure(outcome, LATENCY)) + ", "
                + FigureText.value(figure(outcome, REQUESTS)) + " requests and "
                + FigureText.value(figure(outcome, BYTES)) + " per delivered event";
    }

    /** What each costs apart from its figures; empty when none costs anything. */
    private static String costs(List<Outcome> modes) {
        List<Cost> common = new ArrayList<>(Cost.of(modes.get(0).traits()));
        modes.forEach(mode -> common.retainAll(Cost.of(mode.traits())));
        if (modes.size() == 1 || common.isEmpty()) {
            return modes.stream().allMatch(mode -> Cost.of(mode.traits()).isEmpty())
                    ? ""
                    : each(modes, List.of(), mode -> true);
        }
        return after(
                (modes.size() == 2 ? "both " : "all ")
                        + common.stream().map(Cost::ofMany).collect(Collectors.joining(" and ")),
                after(", ", each(modes, common, mode -> Cost.of(mode.traits()).size() > common.size())));
    }

    private static String each(List<Outcome> modes, List<Cost> saidAlready, Predicate<Outcome> worthSaying) {
        List<Outcome> worth = modes.stream().filter(worthSaying).toList();
        long costs = worth.stream()
                .flatMap(mode -> Cost.of(mode.traits()).stream())
                .filter(cost -> !saidAlready.contains(cost))
                .distinct()
                .count();
        return worth.stream()
                .map(Outcome::traits)
                .map(traits -> {
                    List<Cost> left = new ArrayList<>(Cost.of(traits));
                    left.removeAll(saidAlready);
                    return left.isEmpty()
                            ? costs == 1
                                    ? traits.with("does not", "do not")
                                    : traits.with("does", "do") + (costs == 2 ? " neither" : " none of this")
                            : traits.called() + " "
                                    + left.stream()
                                            .map(cost -> traits.plural() ? cost.ofMany() : cost.ofOne())
                                            .collect(Collectors.joining(" and "));
                })
                .collect(Collectors.joining(", "));
    }

    /** A cost that no figure shows, worded for one mode and for several. */
    private record Cost(String ofOne, String ofMany) {
        private static final Cost ENDPOINT = new Cost("needs a public endpoint", "need a public endpoint");
        private static final Cost CONNECTION =
                new Cost("holds a connection for each consumer", "hold a connection for each consumer");
        private static final Cost POLLS = new Cost("polls as well", "poll as well");

        static List<Cost> of(ModeTraits traits) {
            List<Cost> costs = new ArrayList<>();
            if (traits.has(Trait.LISTENS)) {
                costs.add(ENDPOINT);
            }
            if (traits.has(Trait.HOLDS_CONNECTIONS)) {
                costs.add(CONNECTION);
            }
            if (traits.begins() == Begins.BOTH) {
                costs.add(POLLS);
            }
            return costs;
        }
    }

    private static String either(List<Outcome> modes) {
        List<String> names = modes.stream().map(Headline::called).toList();
        int last = names.size() - 1;
        return last == 0 ? names.get(0) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }

    private static List<Outcome> and(List<Outcome> modes, Outcome another) {
        return Stream.concat(modes.stream(), Stream.of(another)).toList();
    }

    private static String arrived(Outcome outcome) {
        Outcome.Counts counts = outcome.counts();
        return Decimals.share((double) counts.delivered() / counts.expected());
    }

    private static String sentence(String text) {
        return text.isEmpty() ? "" : " " + Sentences.capital(text) + ".";
    }

    private static String after(String start, String text) {
        return text.isEmpty() ? "" : start + text;
    }

    private static String called(Outcome outcome) {
        return outcome.traits().called();
    }

    private Figure figure(Outcome outcome, String column) {
        return Figure.of(run, outcome, column, "");
    }

    private double value(Outcome outcome, String column) {
        return Figure.value(run, outcome, column).orElse(0);
    }
}
