package dev.pushpull.report.shared;

import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which of a run's modes fill the two columns of the claims, and what a mode's traits and figures say about it. A
 * mode's name decides nothing.
 */
public final class Modes {
    /** Polls that are this much rarer than asked for, as a share of the interval, are skipped or late ones. */
    private static final double AS_ASKED = 0.1;

    private Modes() {}

    /** The mode that represents those in which consumers poll and nothing else happens. */
    public static Optional<Outcome> polling(RunRecord run) {
        return first(run, Begins.CONSUMER);
    }

    /** The mode that represents those in which the provider sends and nothing else happens. */
    public static Optional<Outcome> webhook(RunRecord run) {
        return first(run, Begins.PROVIDER);
    }

    /** The mode that the claims are about, or else the first that ran. */
    private static Optional<Outcome> first(RunRecord run, Begins begins) {
        return run.outcomes().stream()
                .filter(outcome -> outcome.traits().begins() == begins)
                .min(Comparator.comparing(outcome -> !outcome.traits().has(Trait.CLAIMED)));
    }

    /** The mode's name, with the number of the trial where there are several. */
    public static String title(RunRecord run, Outcome outcome) {
        boolean several = run.outcomes().stream().anyMatch(other -> other.trial() != outcome.trial());
        return several ? outcome.mode() + " #" + outcome.trial() : outcome.mode();
    }

    /** The page's colour for a mode: its own, or the first free one if an earlier mode has that. */
    public static int colour(RunRecord run, Outcome outcome) {
        Map<String, ModeTraits> traits = new LinkedHashMap<>();
        run.outcomes().forEach(each -> traits.putIfAbsent(each.mode(), each.traits()));
        return colours(traits).getOrDefault(outcome.mode(), outcome.traits().colour());
    }

    /** The same for modes that did not run, in the order in which they are shown. */
    public static Map<String, Integer> colours(Map<String, ModeTraits> traits) {
        Map<String, Integer> taken = new LinkedHashMap<>();
        traits.forEach((name, each) -> taken.put(
                name,
                IntStream.range(0, ModeTraits.COLOURS)
                        .map(step -> (each.colour() + step) % ModeTraits.COLOURS)
                        .filter(colour -> !taken.containsValue(colour))
                        .findFirst()
                        .orElse(each.colour())));
        return taken;
    }

    /** Whether events are sent to its consumers. */
    public static boolean pushes(Outcome outcome) {
        return outcome.traits().sends();
    }

    /** Whether its consumers poll. */
    public static boolean polls(Outcome outcome) {
        return outcome.traits().asks();
    }

    /** Whether it polls once every interval T, so that T/2 and lambda*T describe it. */
    public static boolean pollsEveryInterval(Outcome outcome) {
        return outcome.prediction().value("load_factor").isPresent();
    }

    /** Whether consumers were cut off for a while, so that polled events are delayed by more than the interval. */
    public static boolean isCutOff(RunRecord run) {
        Scenario.Faults faults = run.scenario().faults();
        return !faults.outages().isEmpty() || faults.meanUpNanos() > 0;
    }

    /** Whether events wait for the consumer's poll, rather than a poll for them. */
    public static boolean waitsForTheClock(Outcome outcome) {
        return outcome.traits().has(Trait.CLOCKED);
    }

    /** Whether its consumers' own clocks decide when they poll, whatever brings its events. */
    public static boolean asksByTheClock(Outcome outcome) {
        return outcome.counts().polls() > 0
                && (waitsForTheClock(outcome) || outcome.traits().begins() == Begins.BOTH);
    }

    /**
     * The mean time between two polls of a consumer, in poll intervals of the scenario: 1 for a mode that polls at that
     * interval, or whose polls wait for no clock, so that the interval means nothing to it.
     */
    public static double intervalsBetweenPolls(RunRecord run, Outcome outcome) {
        if (pollsEveryInterval(outcome) || !asksByTheClock(outcome)) {
            return 1;
        }
        Object seconds = Metrics.named("duration_s").orElseThrow().read(run, outcome);
        Scenario scenario = run.scenario();
        double intervals =
                ((Number) seconds).doubleValue() * 1e9 / scenario.polling().intervalNanos();
        double each =
                intervals * scenario.events().consumers() / outcome.counts().polls();
        return Math.abs(each - 1) > AS_ASKED ? each : 1;
    }

    /** Whether no event occurred, so that nothing could be late or expensive. */
    public static boolean eventless(RunRecord run) {
        return !run.outcomes().isEmpty()
                && run.outcomes().stream().allMatch(outcome -> outcome.counts().events() == 0);
    }
}
