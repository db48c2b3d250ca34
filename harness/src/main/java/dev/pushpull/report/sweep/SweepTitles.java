package dev.pushpull.report.sweep;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.report.sweep.LoadBand.Crossover;
import dev.pushpull.scenario.LoadCurve;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.SweepRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The titles of a sweep's page and of its charts, each of them the finding. */
final class SweepTitles {
    private static final double HALF = 0.5;

    private SweepTitles() {}

    /** Where the first mode that asks becomes cheaper than the one that sends, as far as the sweep can tell. */
    static String heading(SweepRecord sweep) {
        return SweepAnswer.pairs(sweep).stream()
                .findFirst()
                .map(SweepTitles::heading)
                .orElse("Delivery modes over intervals and rates");
    }

    /** What the maps are about. */
    static String maps(SweepRecord sweep) {
        return SweepAnswer.pairs(sweep).stream()
                .findFirst()
                .map(pair -> "Where %s cheaper".formatted(pair.asking().with("becomes", "become")))
                .orElse("At a glance");
    }

    private static String heading(SweepPair pair) {
        ModeTraits asking = pair.asking();
        ModeTraits sending = pair.sending();
        LoadBand band = pair.requests();
        LoadCurve requests = band.values();
        Optional<Crossover> crossover = band.crossover();
        if (requests.isEmpty()) {
            return "Too few deliveries to tell where %s cheaper".formatted(asking.with("becomes", "become"));
        }
        if (requests.isFlat(SweepPair.AS_MANY)) {
            return Sentences.capital(
                    "%s as many requests as %s in this grid".formatted(asking.with("needs", "need"), sending.called()));
        }
        if (requests.neverAbove(SweepPair.AS_MANY) && !requests.neverHolds()) {
            return Sentences.capital("%s no more requests than %s anywhere in this grid"
                    .formatted(asking.with("needs", "need"), sending.called()));
        }
        if (crossover.isPresent()) {
            String interval = crossover.get().interval();
            return Sentences.capital("%s cheaper than %s above %s events per interval%s"
                    .formatted(
                            asking.with("becomes", "become"),
                            sending.called(),
                            Decimals.significant(crossover.get().load()),
                            interval.isEmpty() ? "" : " (" + interval + ")"));
        }
        if (requests.neverHolds()) {
            return Sentences.capital("%s fewer requests than %s everywhere in this grid"
                    .formatted(asking.with("needs", "need"), sending.called()));
        }
        return requests.alwaysHolds()
                ? Sentences.capital("%s fewer requests than %s everywhere in this grid"
                        .formatted(sending.with("needs", "need"), asking.called()))
                : Sentences.capital("%s cheaper than %s in some cells, from no load on"
                        .formatted(asking.with("is", "are"), sending.called()));
    }

    /** How many cells each winner has; the cells that nobody wins come last. */
    static String cheapest(Map<String, Integer> cellsByWinner, int level, int of) {
        List<String> parts = new ArrayList<>();
        cellsByWinner.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .forEach(entry -> parts.add(entry.getKey() + " in " + entry.getValue()));
        String first = parts.isEmpty()
                ? "No mode needs the fewest requests alone"
                : "Fewest requests per delivered event: " + String.join(", ", parts) + " of " + of + " cells";
        return first + (level == 0 || parts.isEmpty() ? "" : ", level in " + level);
    }

    /**
     * How late a mode is.
     *
     * @param runs those in which it has a mean delay; may be empty
     */
    static String delay(List<RunRecord> runs, String mode) {
        Outcome any = runs.get(0).outcome(mode).orElseThrow();
        List<Double> means = new ArrayList<>();
        List<Double> ofInterval = new ArrayList<>();
        for (RunRecord run : runs) {
            mean(run, mode).ifPresent(mean -> {
                means.add(mean);
                ofInterval.add(mean * 1e6 / run.scenario().polling().intervalNanos());
            });
        }
        String range = Sentences.capital(any.traits().with("brings", "bring")) + " events "
                + between(
                        FigureText.value("latency_mean_ms", least(means)),
                        FigureText.value("latency_mean_ms", most(means)))
                + " late on average";
        return Modes.pollsEveryInterval(any)
                ? range + ", "
                        + between(Decimals.fixed(least(ofInterval), 2), Decimals.fixed(most(ofInterval), 2))
                        + " of the interval"
                : range;
    }

    /** How many polls are empty. */
    static String waste(List<RunRecord> runs, String mode) {
        List<Double> shares = new ArrayList<>();
        for (RunRecord run : runs) {
            run.outcome(mode)
                    .map(outcome -> Figure.value(run, outcome, "wasted_ratio"))
                    .filter(OptionalDouble::isPresent)
                    .ifPresent(share -> shares.add(share.getAsDouble()));
        }
        long many = shares.stream().filter(share -> share > HALF).count();
        return "%s of the polls are empty; more than half in %d of %d cells"
                .formatted(
                        Sentences.capital(between(
                                FigureText.value("wasted_ratio", least(shares)),
                                FigureText.value("wasted_ratio", most(shares)))),
                        many,
                        shares.size());
    }

    private static OptionalDouble mean(RunRecord run, String mode) {
        return run.outcome(mode)
                .map(outcome -> Figure.value(run, outcome, "latency_mean_ms"))
                .orElse(OptionalDouble.empty());
    }

    private static String between(String least, String most) {
        return least.equals(most) ? least : least + " to " + most;
    }

    private static double least(List<Double> values) {
        return values.stream().mapToDouble(value -> value).min().orElseThrow();
    }

    private static double most(List<Double> values) {
        return values.stream().mapToDouble(value -> value).max().orElseThrow();
    }
}
