package dev.pushpull.experiment.run;

import dev.pushpull.scenario.ClockBound;
import dev.pushpull.scenario.Conditions;
import dev.pushpull.scenario.Ledger.Account;
import dev.pushpull.scenario.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What the books of a trial have besides where its parts are on several hosts.
 *
 * @param pairs the accounts of the provider with each part
 * @param invalid why the trial's figures cannot be relied on, a line each
 * @param clock how far off latencies may be, since they were taken by two clocks
 */
public record FarBooks(List<Account> pairs, List<String> invalid, ClockBound clock) {
    /** On one host. */
    public static final FarBooks NONE = new FarBooks(List.of(), List.of(), ClockBound.NONE);

    /** An outcome with all of that in it. */
    Outcome in(Outcome outcome) {
        if (invalid.isEmpty() && clock.equals(ClockBound.NONE)) {
            return outcome;
        }
        List<String> reasons = new ArrayList<>(invalid);
        reasons.addAll(outcome.invalid());
        Conditions conditions = outcome.conditions();
        return outcome.under(
                new Conditions(conditions.measuredNanos(), conditions.noise(), conditions.steadiness(), clock),
                clock.widened(outcome.intervals()),
                reasons);
    }
}
