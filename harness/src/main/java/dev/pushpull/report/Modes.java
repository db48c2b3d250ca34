package dev.pushpull.report;

import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which of a run's modes stand for the two columns of the claims, and what its figures tell of a mode. A mode's name decides
 * nothing but the column of plain polling.
 */
final class Modes {
    private static final String POLLING = "polling";

    /** No wait for a clock is shorter on average than half of its interval; a little less, for chance. */
    private static final double LEAST_MEAN_WAIT = 0.45;

    private Modes() {}

    /** Plain polling, or the first mode that polls and does nothing else. */
    static Optional<Outcome> polling(RunRecord run) {
        return run.outcome(POLLING)
                .or(() -> run.outcomes().stream()
                        .filter(outcome -> !pushes(outcome))
                        .findFirst());
    }

    /** The first mode that pushes and does nothing else, or the first that pushes at all. */
    static Optional<Outcome> webhook(RunRecord run) {
        List<Outcome> pushing = run.outcomes().stream().filter(Modes::pushes).toList();
        return pushing.stream()
                .filter(outcome -> !polls(outcome))
                .findFirst()
                .or(() -> pushing.stream().findFirst());
    }

    /** All that stand for neither column, further trials included. */
    static List<Outcome> others(RunRecord run) {
        Outcome polling = polling(run).orElse(null);
        Outcome webhook = webhook(run).orElse(null);
        return run.outcomes().stream()
                .filter(outcome -> outcome != polling && outcome != webhook)
                .toList();
    }

    /** The mode's name, with the number of the trial where there are several. */
    static String title(RunRecord run, Outcome outcome) {
        boolean several = run.outcomes().stream().anyMatch(other -> other.trial() != outcome.trial());
        return several ? outcome.mode() + " #" + outcome.trial() : outcome.mode();
    }

    /**
     * Whether events are sent to its consumers: attempts were made, or consumers listened for them, or the closed form
     * has them ask the provider for nothing.
     */
    static boolean pushes(Outcome outcome) {
        OptionalDouble asks = outcome.prediction().value("rate_limited_requests_per_s");
        return outcome.counts().attempts() > 0
                || listeningSockets(outcome) > 0
                || asks.isPresent() && asks.getAsDouble() == 0;
    }

    /** Whether its consumers ask: polls were made, or nothing is pushed to them. */
    static boolean polls(Outcome outcome) {
        return outcome.counts().polls() > 0 || !pushes(outcome);
    }

    /** How many sockets its consumers listened on, as counted at set-up. */
    static long listeningSockets(Outcome outcome) {
        return outcome.setup().entrySet().stream()
                .filter(thing -> thing.getKey().contains("listening"))
                .mapToLong(thing -> thing.getValue())
                .sum();
    }

    /** Whether it polls once every interval T, so that T/2 and lambda*T say something about it. */
    static boolean pollsEveryInterval(Outcome outcome) {
        return outcome.prediction().value("load_factor").isPresent();
    }

    /** Whether consumers were cut off for a while, so that more than the interval delays what polls bring. */
    static boolean isCutOff(RunRecord run) {
        Scenario.Faults faults = run.scenario().faults();
        return !faults.outages().isEmpty() || faults.meanUpNanos() > 0;
    }

    /** Whether events wait for the consumer to ask, rather than a request for them. */
    static boolean waitsForTheClock(RunRecord run, Outcome outcome) {
        if (pollsEveryInterval(outcome)) {
            return true;
        }
        boolean held = outcome.prediction().value("held_requests").isPresent();
        OptionalDouble mean = outcome.latency().meanMillis();
        return !held
                && mean.isPresent()
                && mean.getAsDouble()
                        >= LEAST_MEAN_WAIT * run.scenario().polling().intervalNanos() / 1e6;
    }
}
