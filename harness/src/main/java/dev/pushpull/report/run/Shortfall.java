package dev.pushpull.report.run;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Deliveries that had not arrived when a run was over: lost ones and pending ones, with the reasons. */
final class Shortfall {
    private Shortfall() {}

    /**
     * Why deliveries of a mode were missing.
     *
     * @param cause as in {@code run.json}
     * @param state lost, or pending when the time was over
     * @param count how many
     * @param share of those expected
     * @param percent the same as the length of a bar
     */
    record Cause(String mode, int colour, String cause, String state, String count, String share, String percent) {}

    /** One for each mode and cause that has any. */
    static List<Cause> causes(RunRecord run) {
        List<Cause> causes = new ArrayList<>();
        for (Outcome outcome : run.outcomes()) {
            add(causes, run, outcome, "lost", outcome.counts().lost());
            add(causes, run, outcome, "pending", outcome.counts().pending());
        }
        return causes;
    }

    private static void add(
            List<Cause> causes, RunRecord run, Outcome outcome, String state, Map<String, Long> counts) {
        counts.forEach((cause, count) -> {
            if (count > 0) {
                double share = (double) count / outcome.counts().expected();
                causes.add(new Cause(
                        Modes.title(run, outcome),
                        Modes.colour(run, outcome),
                        cause,
                        state,
                        Decimals.count(count),
                        Decimals.share(share),
                        String.format(Locale.ROOT, "%.2f", 100 * share)));
            }
        });
    }

    /** One line for each mode that has any. */
    static List<String> lines(RunRecord run) {
        return run.outcomes().stream()
                .filter(outcome -> outcome.counts().missedInAll() > 0)
                .map(outcome -> Modes.title(run, outcome) + ": " + of(outcome))
                .toList();
    }

    /** {@code of 600 deliveries 3 were lost (retries exhausted 3), 1 was pending when the time was over (in flight 1)}. */
    static String of(Outcome outcome) {
        Outcome.Counts counts = outcome.counts();
        List<String> parts = new ArrayList<>();
        if (counts.lostInAll() > 0) {
            parts.add(were(counts.lostInAll()) + "lost" + reasons(counts.lost()));
        }
        if (counts.pendingInAll() > 0) {
            parts.add(were(counts.pendingInAll()) + "pending when the time was over" + reasons(counts.pending()));
        }
        return "of " + Decimals.count(counts.expected()) + " deliveries " + String.join(", ", parts);
    }

    private static String were(long count) {
        return Decimals.count(count) + (count == 1 ? " was " : " were ");
    }

    private static String reasons(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .filter(reason -> reason.getValue() > 0)
                .map(reason -> reason.getKey() + " " + Decimals.count(reason.getValue()))
                .collect(Collectors.joining(", ", " (", ")"));
    }
}
