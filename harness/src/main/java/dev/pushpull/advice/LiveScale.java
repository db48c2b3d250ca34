package dev.pushpull.advice;

import dev.pushpull.delivery.Choice;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.AdviceRecord.Candidate;
import dev.pushpull.scenario.AdviceRecord.Check;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalProcess;
import java.util.ArrayList;
import java.util.List;

/**
 * A candidate's scenario made so much faster that a short live run sees enough events: all times of the events and of
 * the settings shrink by one factor, so that λT stays what it is. What waits for a clock then lasts longer by that factor
 * in truth; what travels does not.
 *
 * @param factor by which everything is faster
 * @param scenario to be run
 */
public record LiveScale(DeliveryMode mode, double factor, Scenario scenario) {
    private static final double EVENTS = 1_000;
    private static final int MOST_CONSUMERS = 20;
    private static final double MOST_EVENTS_A_SECOND = 100;

    /** So many of its longest times a run has at least. */
    private static final double TIMES = 2;

    /** So short the shortest time of the settings may get. */
    private static final double LEAST_SECONDS = 0.2;

    /** Some modes know whole seconds only. */
    private static final double WHOLE_SECOND = 1;

    private static final double TO_MILLIS = 1e-6;
    private static final double SLACK = 1e-9;
    private static final String P95 = "latency_p95_ms";

    /**
     * A candidate's run.
     *
     * @throws InvalidInputException with the reason, where no factor leads to a run of this length
     */
    public static LiveScale of(Question question, Candidate candidate, long durationNanos) {
        DeliveryMode mode = question.modes().stream()
                .filter(one -> one.name().equals(candidate.mode()))
                .findFirst()
                .orElseThrow();
        Scenario set = set(question, candidate, mode);
        Times times = Times.of(mode, set);
        double rate = set.events().arrivals().ratePerSecond();
        double seconds = durationNanos / 1e9;
        int consumers = Math.min(set.events().consumers(), MOST_CONSUMERS);
        double wanted = Math.min(EVENTS / seconds, MOST_EVENTS_A_SECOND) / (rate * consumers);
        double enough = Math.max(wanted, times.longest() * TIMES / seconds);
        try {
            return faster(mode, set, times, durationNanos, Math.min(times.shortest() / LEAST_SECONDS, enough));
        } catch (InvalidInputException e) {
            if (times.shortest() < WHOLE_SECOND || Double.isInfinite(times.shortest())) {
                throw e;
            }
            return faster(mode, set, times, durationNanos, times.shortest() / WHOLE_SECOND);
        }
    }

    /** The shortest and the longest time of the settings, in seconds; infinite and 0 where there are none. */
    private record Times(double shortest, double longest) {
        static Times of(DeliveryMode mode, Scenario set) {
            double shortest = Double.POSITIVE_INFINITY;
            double longest = 0;
            for (Choice choice : mode.choices()) {
                double seconds = choice.nanosIn(set) / 1e9;
                shortest = seconds > 0 ? Math.min(shortest, seconds) : shortest;
                longest = Math.max(longest, seconds);
            }
            return new Times(shortest, longest);
        }
    }

    private static Scenario set(Question question, Candidate candidate, DeliveryMode mode) {
        Scenario set = question.scenario();
        if (set.faults().meanDownNanos() > 0) {
            throw new InvalidInputException("random outages are not made faster");
        }
        for (Choice choice : mode.choices()) {
            String value = candidate.settings().get(choice.flag());
            set = value == null ? set : choice.withText(set, value);
        }
        return set;
    }

    private static LiveScale faster(DeliveryMode mode, Scenario asked, Times times, long durationNanos, double factor) {
        double rate = asked.events().arrivals().ratePerSecond();
        double seconds = durationNanos / 1e9;
        if (times.longest() * TIMES / seconds > factor * (1 + SLACK) || rate * factor > MOST_EVENTS_A_SECOND) {
            throw new InvalidInputException(
                    "%s has to last longer than %s, or fewer events have to come: its settings reach from %s to %s, with %s events in the longest"
                            .formatted(
                                    "--live",
                                    Quantity.readable(durationNanos),
                                    Quantity.readable(Math.round(1e9 * times.shortest())),
                                    Quantity.readable(Math.round(1e9 * times.longest())),
                                    Constraint.number(rate * times.longest())));
        }
        ArrivalProcess arrivals = Input.faster(asked.events().arrivals(), factor)
                .orElseThrow(() -> new InvalidInputException("a trace is not made faster"));
        int consumers = (int) Math.max(
                1,
                Math.min(Math.min(asked.events().consumers(), MOST_CONSUMERS), MOST_EVENTS_A_SECOND / (rate * factor)));
        Scenario set = asked;
        for (Choice choice : mode.choices()) {
            long nanos = choice.nanosIn(set);
            set = nanos > 0 ? choice.withNanos(set, Math.round(nanos / factor)) : set;
        }
        set = set.withEvents(set.events().withArrivals(arrivals).withConsumers(consumers))
                .withRun(set.run().withDurationNanos(durationNanos).withModes(List.of(mode.name())));
        Scenario checked = set;
        mode.options().forEach(option -> option.in(checked));
        mode.check(checked);
        return new LiveScale(mode, factor, set);
    }

    /** What a live run of it says, at the pace that was asked for. */
    public List<Check> checks(Candidate candidate, Outcome outcome) {
        List<Check> checks = new ArrayList<>();
        double leg = scenario.network().pollResponseNanos() * TO_MILLIS;
        if (mode.traits().has(Trait.CLOCKED) || mode.traits().has(Trait.GATHERS)) {
            outcome.latency().quantileMillis(0.95).ifPresent(millis -> {
                Estimate estimate = outcome.intervals().get(P95);
                double low = estimate == null ? millis : estimate.low();
                double high = estimate == null ? millis : estimate.high();
                add(checks, candidate, P95, slower(millis, leg), slower(low, leg), slower(high, leg));
            });
        }
        boolean held = mode.traits().has(Trait.HOLDS_CONNECTIONS); // opened once a run, however short that is
        for (String column : List.of("requests_per_delivery", "wasted_ratio")) {
            Estimate estimate = outcome.intervals().get(column);
            if (estimate != null && !(held && column.equals("requests_per_delivery"))) {
                add(checks, candidate, column, estimate.value(), estimate.low(), estimate.high());
            }
        }
        return checks;
    }

    private double slower(double millis, double leg) {
        return (millis - leg) * factor + leg;
    }

    private static void add(
            List<Check> checks, Candidate candidate, String column, double measured, double low, double high) {
        candidate
                .figure(column)
                .ifPresent(figure -> checks.add(new Check(
                        candidate.mode(),
                        column,
                        candidate.answer(),
                        figure,
                        Figures.Kind.MEASURED.text(),
                        measured,
                        low,
                        high,
                        true)));
    }
}
