package dev.pushpull.report.shared;

import dev.pushpull.scenario.ClockBound;
import dev.pushpull.scenario.Conditions;
import dev.pushpull.scenario.RunRecord;

/** Runs as if the clocks of two hosts had taken their latencies. */
public final class TwoClocks {
    private TwoClocks() {}

    /** The same run with this bound. */
    public static RunRecord took(RunRecord run, double boundMillis) {
        return run.withOutcomes(run.outcomes().stream()
                .map(outcome -> {
                    Conditions conditions = outcome.conditions();
                    return outcome.under(
                            new Conditions(
                                    conditions.measuredNanos(),
                                    conditions.noise(),
                                    conditions.steadiness(),
                                    ClockBound.of(Math.round(1e6 * boundMillis))),
                            outcome.intervals(),
                            outcome.invalid());
                })
                .toList());
    }
}
