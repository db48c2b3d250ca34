package dev.pushpull.report.shared;

import dev.pushpull.scenario.Held;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.JournalStep.Step;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.TimelineSecond;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Made-up runs in which modes that nobody knows hold connections, which break in the third second. */
public final class HeldRuns {
    private static final long SECOND = 1_000_000_000L;

    private HeldRuns() {}

    /** The run as if modes called {@code line...} had held a connection for each consumer; the rest is as it was. */
    public static RunRecord of(RunRecord run) {
        return run.withOutcomes(run.outcomes().stream()
                .map(outcome -> outcome.mode().startsWith("line") ? holding(run, outcome) : outcome)
                .toList());
    }

    private static Outcome holding(RunRecord run, Outcome outcome) {
        long consumers = run.scenario().events().consumers();
        List<TimelineSecond> timeline = outcome.timeline().stream()
                .map(second -> new TimelineSecond(
                        second.second(),
                        second.events(),
                        second.deliveries(),
                        second.requests(),
                        0,
                        second.bytesToProvider(),
                        second.bytesToConsumer(),
                        second.second() == 2 ? consumers / 2 : consumers))
                .toList();
        Outcome.Counts counts = outcome.counts();
        Map<String, Long> missed = new LinkedHashMap<>(counts.missed());
        missed.put("not connected and not replayed", 7L);
        Outcome.Counts held = new Outcome.Counts(
                counts.events(),
                counts.expected(),
                counts.delivered(),
                missed,
                0,
                0,
                0,
                2 * consumers,
                0,
                0,
                0,
                0,
                0,
                counts.bytesToProvider(),
                counts.bytesToConsumer(),
                2 * consumers,
                new Held(
                        2 * consumers,
                        consumers,
                        counts.delivered() + 4 * consumers,
                        consumers * run.measuredNanos() / 1e9),
                dev.pushpull.scenario.Slots.NONE);
        return new Outcome(
                        outcome.trial(),
                        outcome.mode(),
                        held,
                        outcome.latency(),
                        outcome.processed(),
                        outcome.pollLateness(),
                        outcome.roundTrip(),
                        outcome.cpuMillis(),
                        outcome.setup(),
                        Map.of(),
                        outcome.prediction(),
                        outcome.ledger(),
                        timeline,
                        outcome.latencyBySecond(),
                        outcome.invalid(),
                        outcome.warnings())
                .declared(new ModeTraits(
                        Begins.CONSUMER,
                        Set.of(Trait.HOLDS_CONNECTIONS),
                        outcome.mode() + "s",
                        true,
                        "Each consumer holds a line open.",
                        6));
    }

    /** The journal of such a run: each consumer's line is open from before the start, breaks, and comes back. */
    public static List<JournalStep> journal(RunRecord run) {
        List<JournalStep> steps = new ArrayList<>(Journals.of(run).stream()
                .filter(step -> !step.mode().startsWith("line") || step.step() != Step.POLL)
                .toList());
        for (Outcome outcome : run.outcomes()) {
            for (int consumer = 0;
                    outcome.mode().startsWith("line")
                            && consumer < run.scenario().events().consumers();
                    consumer++) {
                long broke = 2 * SECOND + consumer * 10_000_000L;
                steps.add(held(outcome.mode(), consumer, 2, -5_000_000, broke, "the provider ended it"));
                steps.add(held(outcome.mode(), consumer, 3, broke + SECOND, run.measuredNanos() + SECOND, ""));
            }
        }
        return steps;
    }

    private static JournalStep held(String mode, int consumer, int brought, long from, long until, String detail) {
        return new JournalStep(mode, consumer, "", 0, Step.HELD, brought, from, until, 200, detail);
    }
}
