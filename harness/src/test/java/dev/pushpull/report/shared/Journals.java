package dev.pushpull.report.shared;

import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.JournalStep.Step;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.List;

/** Journals of made-up runs: an event a second for each consumer, polls at their interval. */
public final class Journals {
    private static final long SECOND = 1_000_000_000L;

    private Journals() {}

    /** What could have happened in the run's modes; each mode either polls or pushes. */
    public static List<JournalStep> of(RunRecord run) {
        return of(run, run.measuredNanos() / SECOND);
    }

    /** The same, as if the run had lasted this many seconds. */
    public static List<JournalStep> of(RunRecord run, long seconds) {
        List<JournalStep> steps = new ArrayList<>();
        run.scenario().run().modes().forEach(mode -> add(steps, run, mode, seconds));
        return steps;
    }

    private static void add(List<JournalStep> steps, RunRecord run, String mode, long seconds) {
        long interval = run.scenario().polling().intervalNanos();
        int consumers = run.scenario().events().consumers();
        for (int consumer = 0; consumer < consumers; consumer++) {
            long phase = interval * consumer / consumers;
            for (long second = 0; second < seconds; second++) {
                long at = second * SECOND + 300_000_000L;
                String id = "evt_%04x%04x".formatted(consumer, second);
                steps.add(new JournalStep(
                        mode, -1, id, second + 1, Step.OCCURRED, 0, at, at + 200_000, 0, "c" + consumer));
                long received = at + 600_000;
                if (mode.equals("webhook")) {
                    steps.add(new JournalStep(
                            mode, consumer, id, second + 1, Step.ATTEMPT, 1, at + 300_000, at + 900_000, 200, ""));
                } else {
                    received = at + Math.floorMod(phase - at, interval) + 1_000_000;
                }
                steps.add(new JournalStep(mode, consumer, id, second + 1, Step.RECEIVED, 0, received, received, 0, ""));
                steps.add(new JournalStep(
                        mode,
                        consumer,
                        id,
                        second + 1,
                        Step.PROCESSED,
                        0,
                        received + 40_000,
                        received + 40_000,
                        0,
                        ""));
            }
            for (long at = phase; !mode.equals("webhook") && at < seconds * SECOND; at += interval) {
                long sinceEvent = Math.floorMod(at - 300_000_000L, SECOND);
                boolean finds = at >= 300_000_000L && sinceEvent < interval;
                steps.add(
                        new JournalStep(mode, consumer, "", 0, Step.POLL, finds ? 1 : 0, at, at + 1_000_000, 200, ""));
            }
        }
    }
}
