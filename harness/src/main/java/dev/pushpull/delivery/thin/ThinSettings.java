package dev.pushpull.delivery.thin;

import dev.pushpull.scenario.Scenario;

/**
 * What the flags of a scenario say, read once: a million consumers of virtual time need it.
 *
 * @param debounceNanos from a webhook to its read
 * @param lagNanos how long after an event a read finds it
 * @param againNanos from a read that failed, or lacked an event, to the next
 * @param otherwise what follows from a read that lacks an event
 */
record ThinSettings(long debounceNanos, long lagNanos, long againNanos, WhenNotVisible otherwise) {
    static ThinSettings of(Scenario scenario) {
        return new ThinSettings(
                ThinOptions.DEBOUNCE.in(scenario),
                ThinOptions.VISIBILITY_LAG.in(scenario),
                ThinOptions.AGAIN_AFTER.in(scenario),
                ThinOptions.WHEN_NOT_VISIBLE.in(scenario));
    }

    ReadPlan plan() {
        return new ReadPlan(debounceNanos, againNanos, otherwise);
    }

    /** How long an event may take besides its legs, as long as the next read brings it. */
    long longestNanos() {
        return debounceNanos + lagNanos + againNanos;
    }
}
