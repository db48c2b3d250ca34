package dev.pushpull.report.shared;

import dev.pushpull.scenario.AgreementBounds;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Where a scenario stands among all others: waste and requests a delivery along the load factor, as theory gives them
 * for polls at a fixed interval and Poisson arrivals (theory.md sections 2 and 4), together with measured points.
 *
 * @param x load factors
 * @param waste e^-x, the share of empty polls
 * @param requests 1/x, polls a delivery
 * @param attempts requests a delivery by the sending mode
 * @param crossover the load factor from which the polling mode needs fewer requests
 * @param asking the mode of the first two curves
 * @param sending the mode of the third curve
 * @param points measured, a list for each mode; where a mode polls at intervals of its own, at the mean of those
 */
public record LoadChart(
        List<Double> x,
        List<Double> waste,
        List<Double> requests,
        double attempts,
        double crossover,
        ModeTraits asking,
        ModeTraits sending,
        List<Points> points) {
    /** Figures within 3 % of each other, the tolerance of agreement, count as equal. */
    public static final double LEVEL = AgreementBounds.REQUESTS;

    /** The names of the curves when no such mode ran. */
    private static final ModeTraits ASKING =
            new ModeTraits(Begins.CONSUMER, Set.of(Trait.CLOCKED), "polling at a fixed interval", false, "", 0);

    private static final ModeTraits SENDING = new ModeTraits(Begins.PROVIDER, Set.of(), "webhooks", true, "", 1);

    private static final int STEPS = 120;
    private static final double REACH = 4;
    private static final String WASTED = "wasted_ratio";
    private static final String REQUESTS = "requests_per_delivery";

    /**
     * A mode's figures; null where one has none.
     *
     * @param own whether it polls at intervals of its own
     */
    record Points(String name, int colour, boolean own, List<Double> x, List<Double> waste, List<Double> requests) {
        /** The index of the leftmost or the rightmost point that has this figure. */
        private int at(List<Double> figure, boolean left) {
            Comparator<Integer> byLoad = Comparator.comparing(x::get);
            return IntStream.range(0, x.size())
                    .boxed()
                    .filter(i -> figure.get(i) != null)
                    .min(left ? byLoad : byLoad.reversed())
                    .orElseThrow();
        }
    }

    /** @param runs one, or the cells of a sweep */
    public static LoadChart of(List<RunRecord> runs) {
        double lowest = 0.05;
        double highest = 20;
        double attempts = 1;
        ModeTraits asking = runs.stream()
                .flatMap(run -> Modes.polling(run).stream())
                .filter(Modes::pollsEveryInterval)
                .findFirst()
                .map(Outcome::traits)
                .orElse(ASKING);
        ModeTraits sending = runs.stream()
                .flatMap(run -> Modes.webhook(run).stream())
                .findFirst()
                .map(Outcome::traits)
                .orElse(SENDING);
        Map<String, Points> points = new LinkedHashMap<>();
        for (RunRecord run : runs) {
            double load = run.scenario().loadFactor();
            lowest = Math.min(lowest, load / REACH);
            highest = Math.max(highest, load * REACH);
            for (Outcome outcome : run.outcomes()) {
                String name = Modes.title(run, outcome);
                double intervals = Modes.intervalsBetweenPolls(run, outcome);
                Points mode = points.computeIfAbsent(
                        name,
                        key -> new Points(
                                name,
                                Modes.colour(run, outcome),
                                intervals != 1,
                                new ArrayList<>(),
                                new ArrayList<>(),
                                new ArrayList<>()));
                double own = load * intervals;
                lowest = Math.min(lowest, own);
                highest = Math.max(highest, own);
                mode.x().add(Decimals.drawn(own));
                mode.waste().add(Modes.asksByTheClock(outcome) ? boxed(Figure.value(run, outcome, WASTED)) : null);
                mode.requests().add(boxed(Figure.value(run, outcome, REQUESTS)));
            }
            attempts = Modes.webhook(run)
                    .map(outcome -> outcome.prediction().value(REQUESTS))
                    .orElse(OptionalDouble.empty())
                    .orElse(attempts);
        }
        List<Double> x = new ArrayList<>();
        List<Double> waste = new ArrayList<>();
        List<Double> requests = new ArrayList<>();
        for (int i = 0; i <= STEPS; i++) {
            double load = Decimals.drawn(lowest * Math.pow(highest / lowest, (double) i / STEPS));
            x.add(load);
            waste.add(Decimals.drawn(Math.exp(-load)));
            requests.add(Decimals.drawn(1 / load));
        }
        return new LoadChart(x, waste, requests, attempts, 1 / attempts, asking, sending, List.copyOf(points.values()));
    }

    /** The side of the crossover on which a load factor lies. */
    public String sentence(double load) {
        String from = "λT = " + Decimals.significant(crossover);
        if (Math.abs(Math.log(load / crossover)) <= Math.log1p(LEVEL)) {
            return "In theory that is the crossover: both ways need as many requests.";
        }
        return load < crossover
                ? "In theory %s fewer requests up to %s, %s beyond."
                        .formatted(sending.with("needs", "need"), from, asking.called())
                : "In theory %s fewer requests from %s on, because one poll carries several events."
                        .formatted(asking.with("needs", "need"), from);
    }

    /** How to read the curves. */
    public String reading() {
        String sides =
                "Left of the crossover %s fewer requests, right of it %s, because one poll then carries several events."
                        .formatted(sending.with("needs", "need"), asking.with("does", "do"));
        List<String> own = points.stream().filter(Points::own).map(Points::name).toList();
        return own.isEmpty()
                ? sides
                : sides + " " + Sentences.listed(own)
                        + (own.size() == 1 ? " stands" : " stand")
                        + " at the mean interval between polls, which is not T.";
    }

    /** What the measured shares of empty polls say, next to theory. */
    public String wasteFinding() {
        Points polled = points.stream()
                .filter(mode -> mode.waste().stream().anyMatch(Objects::nonNull))
                .min(Comparator.comparing(Points::own))
                .orElse(null);
        if (polled == null) {
            return "In theory fewer than half of the polls find nothing from λT = 0.693 on";
        }
        int first = polled.at(polled.waste(), true);
        int last = polled.at(polled.waste(), false);
        if (first == last) {
            double x = polled.x().get(first);
            return "With %s %s of the polls found nothing; for random events at λT = %s theory says %s"
                    .formatted(
                            polled.name(),
                            Decimals.percent(polled.waste().get(first)),
                            Decimals.setting(x),
                            Decimals.percent(Math.exp(-x)));
        }
        return "With %s %s of the polls found nothing at λT = %s, %s at λT = %s"
                .formatted(
                        polled.name(),
                        Decimals.percent(polled.waste().get(first)),
                        Decimals.setting(polled.x().get(first)),
                        Decimals.percent(polled.waste().get(last)),
                        Decimals.setting(polled.x().get(last)));
    }

    /** From where on polling needs fewer requests, and what was measured. */
    public String requestsFinding() {
        String cheaper = "In theory %s fewer requests from λT = %s on"
                .formatted(asking.with("needs", "need"), Decimals.significant(crossover));
        List<Points> single = points.stream()
                .filter(mode -> mode.requests().size() == 1 && mode.requests().get(0) != null)
                .toList();
        if (single.isEmpty()) {
            return cheaper;
        }
        Points fewest = Collections.min(
                single, Comparator.comparingDouble(mode -> mode.requests().get(0)));
        Points most = Collections.min(
                single, Comparator.comparingDouble(mode -> -mode.requests().get(0)));
        String measured = fewest.name() + " needed "
                + Decimals.significant(fewest.requests().get(0)) + " per delivered event";
        return cheaper + "; here "
                + (fewest == most
                        ? measured
                        : most.name() + " needed "
                                + Decimals.significant(most.requests().get(0)) + " per delivered event, "
                                + fewest.name() + " "
                                + Decimals.significant(fewest.requests().get(0)));
    }

    private static Double boxed(OptionalDouble value) {
        return value.isPresent() ? Decimals.drawn(value.getAsDouble()) : null;
    }
}
