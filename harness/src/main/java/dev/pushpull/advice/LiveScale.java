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
    private static final double MOST_RATE = 50;
    private static final double MOST_EVENTS_A_SECOND = 500;

    /** So many of its longest times a run has at least. */
    private static final double TIMES = 4;

    /** So short the shortest time of the settings may get; some modes know whole seconds only. */
    private static final double[] LEAST_SECONDS = {0.1, 1};

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
        InvalidInputException reason = null;
        for (double least : LEAST_SECONDS) {
            try {
                return of(question, candidate, mode, durationNanos, least);
            } catch (InvalidInputException e) {
                reason = e;
            }
        }
        throw reason;
    }

    private static LiveScale of(
            Question question, Candidate candidate, DeliveryMode mode, long durationNanos, double leastSeconds) {
        Scenario set = question.scenario();
        if (set.faults().meanDownNanos() > 0) {
            throw new InvalidInputException("random outages are not made faster");
        }
        for (Choice choice : mode.choices()) {
            String value = candidate.settings().get(choice.flag());
            if (value != null) {
                set = choice.withText(set, value);
            }
        }
        double shortest = Double.POSITIVE_INFINITY;
        double longest = 0;
        for (Choice choice : mode.choices()) {
            long nanos = choice.nanosIn(set);
            shortest = nanos > 0 ? Math.min(shortest, nanos / 1e9) : shortest;
            longest = Math.max(longest, nanos / 1e9);
        }
        double seconds = durationNanos / 1e9;
        double rate = set.events().arrivals().ratePerSecond();
        int consumers = Math.min(set.events().consumers(), MOST_CONSUMERS);
        double wanted = Math.min(EVENTS / seconds, MOST_RATE * consumers) / (rate * consumers);
        double factor = Math.min(shortest / leastSeconds, Math.max(wanted, longest * TIMES / seconds));
        consumers = (int) Math.max(1, Math.min(consumers, MOST_EVENTS_A_SECOND / (rate * factor)));
        if (longest * TIMES / seconds > factor * (1 + SLACK) || rate * factor > MOST_EVENTS_A_SECOND) {
            throw new InvalidInputException(
                    "%s cannot be made so much faster that %s are enough: its settings reach from %s to %s, and %s events come in the longest"
                            .formatted(
                                    mode.traits().called(),
                                    Quantity.readable(durationNanos),
                                    Quantity.readable(Math.round(1e9 * shortest)),
                                    Quantity.readable(Math.round(1e9 * longest)),
                                    Constraint.number(rate * longest)));
        }
        ArrivalProcess faster = Input.faster(set.events().arrivals(), factor)
                .orElseThrow(() -> new InvalidInputException("a trace is not made faster"));
        for (Choice choice : mode.choices()) {
            long nanos = choice.nanosIn(set);
            set = nanos > 0 ? choice.withNanos(set, Math.round(nanos / factor)) : set;
        }
        set = set.withEvents(set.events().withArrivals(faster).withConsumers(consumers))
                .withRun(set.run().withDurationNanos(durationNanos).withModes(List.of(mode.name())));
        mode.check(set);
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
        for (String column : List.of("requests_per_delivery", "wasted_ratio")) {
            Estimate estimate = outcome.intervals().get(column);
            if (estimate != null) {
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
