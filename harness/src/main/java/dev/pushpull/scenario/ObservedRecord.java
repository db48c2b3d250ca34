package dev.pushpull.scenario;

import dev.pushpull.scenario.RunRecord.Finding;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The report of a foreign system that was polled and sent webhooks at the same time.
 *
 * @param commandLine as typed, without secrets, the program's own name first
 * @param startedAt RFC 3339
 * @param partial whether it was ended before its time, or goes on
 * @param pairing what became of the items
 * @param sides a row of {@code summary.csv} for each way, by column; null where there is no figure
 * @param strip the first items, one by one
 * @param intervals what other intervals would have found
 * @param advice what suits this very stream, in lines for people; empty when there were too few items
 * @param findings about the run itself, such as what its page cost
 */
public record ObservedRecord(
        int schemaVersion,
        String runId,
        String command,
        List<String> commandLine,
        String startedAt,
        Map<String, String> environment,
        boolean partial,
        Pairing pairing,
        List<Map<String, Object>> sides,
        Strip strip,
        List<Interval> intervals,
        List<String> advice,
        List<String> warnings,
        List<Finding> findings) {
    public ObservedRecord {
        findings = findings == null ? List.of() : findings; // there were none at first
    }

    /**
     * What became of the items.
     *
     * @param intervalNanos between polls, T; 0 when it is unknown
     * @param graceNanos how long after an interval an item may still come before it is missing
     * @param measuredNanos from "ready" to the end
     * @param outcomes items by outcome, as in {@code pairs.csv}
     * @param sooner by how many milliseconds pushes were earlier than polls: quantiles that are known, by {@code p50}
     *     and so on, and the {@code mean}
     * @param intervals of those of them that have one
     * @param polledFirst items of both that a poll brought first
     * @param reappeared items that polls showed again after they were gone
     * @param late items that came the other way after it was decided that they would not
     * @param clock whose clock the items' own times are of, in words; empty when they tell none
     * @param outOfOrder pushes of items older than one pushed before, by the source's time; -1 when it tells none
     */
    public record Pairing(
            long intervalNanos,
            long graceNanos,
            long measuredNanos,
            Map<String, Long> outcomes,
            Map<String, Double> sooner,
            Map<String, Estimate> intervals,
            long polledFirst,
            long duplicates,
            long outOfOrder,
            long reappeared,
            long late,
            String clock) {
        /** The items with this outcome. */
        public long count(ObservedPair.Outcome outcome) {
            return outcomes.getOrDefault(outcome.text(), 0L);
        }
    }

    /**
     * The beginning, in seconds since it was ready.
     *
     * @param pollStarts of polls
     * @param items each with the time of its push and of its poll; empty where one did not bring it
     */
    public record Strip(double spanSeconds, List<Double> pollStarts, List<Item> items) {}

    /** One item of the strip; its times are in seconds since it was ready. */
    public record Item(String id, OptionalDouble pushed, OptionalDouble polled) {}

    /**
     * What polling at another interval would have found among the very items seen, over a random phase.
     *
     * @param waste the exact share of empty polls
     */
    public record Interval(long intervalNanos, double polls, double waste) {}
}
