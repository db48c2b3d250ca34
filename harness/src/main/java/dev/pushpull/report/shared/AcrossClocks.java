package dev.pushpull.report.shared;

import dev.pushpull.scenario.ClockBound;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.List;
import java.util.stream.Collectors;

/** What charts leave out because the clocks of two hosts do not tell it closely enough, and words for that. */
public final class AcrossClocks {
    private AcrossClocks() {}

    /** Whether this quantile of a mode's latencies is there, and was measured. */
    public static boolean measures(Outcome outcome, double p) {
        return outcome.latency().quantileMillis(p).isPresent()
                && outcome.conditions()
                        .clock()
                        .measures(outcome.latency().quantileMillis(p).getAsDouble());
    }

    /** {@code Two clocks took the latencies of polling ...}, without a full stop; empty on one clock. */
    public static String notDrawn(RunRecord run) {
        List<Outcome> across = run.outcomes().stream()
                .filter(outcome -> outcome.conditions().clock().crosses())
                .toList();
        if (across.isEmpty()) {
            return "";
        }
        String limits = across.stream()
                .map(outcome ->
                        limit(Modes.title(run, outcome), outcome.conditions().clock()))
                .collect(Collectors.joining("; "));
        return "The clocks of two hosts took these latencies, and nothing below ten times their bound is drawn: "
                + limits;
    }

    private static String limit(String mode, ClockBound clock) {
        return "%s from %s on, ±%s"
                .formatted(mode, Decimals.milliseconds(clock.leastMillis()), Decimals.milliseconds(clock.millis()));
    }
}
