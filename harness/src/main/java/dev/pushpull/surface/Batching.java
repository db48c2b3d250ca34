package dev.pushpull.surface;

import dev.pushpull.schedule.BatchPlan;

/**
 * How a provider puts several events into one webhook, a JSON array of them.
 *
 * @param rule when a batch is sent
 * @param splits whether a batch that is refused is sent again as two halves, and not as a whole
 */
public record Batching(BatchPlan.Rule rule, boolean splits) {
    /** Each event has a webhook of its own. */
    public static final Batching NONE = new Batching(BatchPlan.Rule.EACH_ALONE, false);
}
