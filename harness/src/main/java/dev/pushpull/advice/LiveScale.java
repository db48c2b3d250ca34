package dev.pushpull.advice;

import dev.pushpull.delivery.Choice;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.AdviceRecord.Candidate;
import dev.pushpull.scenario.AdviceRecord.Check;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    private static final double LEAST_INTERVAL_SECONDS = 0.1;

    /** Empty where the events are those of a trace, or the settings do not shrink. */
    public static Optional<LiveScale> of(Question question, Candidate candidate, long durationNanos) {
        DeliveryMode mode = question.modes().stream()
                .filter(one -> one.name().equals(candidate.mode()))
                .findFirst()
                .orElseThrow();
        Scenario asked = question.scenario();
        int consumers = Math.min(asked.events().consumers(), MOST_CONSUMERS);
        double rate = asked.events().arrivals().ratePerSecond();
        double seconds = durationNanos / 1e9;
        double wanted = Math.min(EVENTS / seconds, MOST_RATE * consumers) / (rate * consumers);
        double factor = candidate.intervalNanos() == 0
                ? wanted
                : Math.min(wanted, candidate.intervalNanos() / 1e9 / LEAST_INTERVAL_SECONDS);
        Optional<ArrivalProcess> faster = Input.faster(asked.events().arrivals(), factor);
        if (faster.isEmpty() || !(factor > 0)) {
            return Optional.empty();
        }
        Scenario scenario = asked.withEvents(
                        asked.events().withArrivals(faster.get()).withConsumers(consumers))
                .withRun(asked.run().withDurationNanos(durationNanos).withModes(List.of(mode.name())));
        for (Choice choice : mode.choices()) {
            if (choice.pollInterval() && candidate.settings().containsKey(choice.flag())) {
                scenario = choice.setter().set(scenario, Math.round(candidate.intervalNanos() / factor));
            }
        }
        return Optional.of(new LiveScale(mode, factor, scenario));
    }

    /** What a live run of it says, at the pace that was asked for. */
    public List<Check> checks(Candidate candidate, Outcome outcome) {
        List<Check> checks = new ArrayList<>();
        boolean clocked = mode.traits().has(Trait.CLOCKED);
        if (clocked) {
            outcome.latency()
                    .quantileMillis(0.95)
                    .ifPresent(millis -> add(checks, candidate, "latency_p95_ms", millis * factor));
        }
        Outcome.Counts counts = outcome.counts();
        if (counts.delivered() > 0) {
            add(checks, candidate, "requests_per_delivery", (double) counts.requests() / counts.delivered());
        }
        if (counts.polls() > 0) {
            add(checks, candidate, "wasted_ratio", (double) counts.emptyPolls() / counts.polls());
        }
        return checks;
    }

    private static void add(List<Check> checks, Candidate candidate, String column, double measured) {
        candidate
                .figure(column)
                .ifPresent(figure -> checks.add(new Check(
                        candidate.mode(),
                        column,
                        candidate.answer(),
                        figure,
                        Figures.Kind.MEASURED.text(),
                        measured,
                        true)));
    }
}
