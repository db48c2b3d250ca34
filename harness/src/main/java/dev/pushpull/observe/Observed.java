package dev.pushpull.observe;

import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.ObservedPair.Outcome;
import dev.pushpull.scenario.ObservedRecord;
import dev.pushpull.trace.TraceDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Everything that is known of the items at one moment.
 *
 * @param timesNanos when items of the measured time were first seen by either way, since 1970, in order
 * @param backlogPushed pushes of items that were there before
 */
public record Observed(
        long intervalNanos,
        long graceNanos,
        long measuredNanos,
        Map<Outcome, Long> counts,
        SignedDurations.Recorded sooner,
        Optional<Estimate> soonerMean,
        SignedDurations.Recorded pushLatency,
        SignedDurations.Recorded pollLatency,
        long polledFirst,
        long duplicates,
        long outOfOrder,
        long reappeared,
        long late,
        long backlogPushed,
        long[] timesNanos,
        long timesNotKept,
        ObservedRecord.Strip strip) {
    private static final int LEAST_TIMES = 3;
    private static final List<Double> QUANTILES = List.of(0.5, 0.9, 0.99);

    /** Items that may be compared: neither there before nor seen too close to an end. */
    public long pairs() {
        return counts.values().stream().mapToLong(Long::longValue).sum()
                - counts.get(Outcome.BACKLOG)
                - counts.get(Outcome.OPEN);
    }

    /** Whether any item told its own time. */
    public boolean tellsTimes() {
        return pushLatency.count() + pollLatency.count() > 0;
    }

    /** Items that a push brought and no poll did. */
    public long missedByPoll() {
        return counts.get(Outcome.PUSH_ONLY) + counts.get(Outcome.GONE);
    }

    /** Items that a poll brought and no push did. */
    public long missedByPush() {
        return counts.get(Outcome.POLL_ONLY);
    }

    /**
     * @param clock whose clock the items' own times are of, and how far it may be off; empty when they tell none
     * @param clocked whether polls were made at the interval, so that an item waits half of it; then it is told
     */
    public ObservedRecord.Pairing pairing(String clock, boolean clocked) {
        Map<String, Long> outcomes = new LinkedHashMap<>();
        counts.forEach((outcome, count) -> outcomes.put(outcome.text(), count));
        Map<String, Double> values = new LinkedHashMap<>();
        Map<String, Estimate> intervals = new LinkedHashMap<>();
        sooner.meanMillis().ifPresent(mean -> values.put("mean", mean));
        soonerMean.ifPresent(mean -> intervals.put("mean", mean));
        for (double p : QUANTILES) {
            sooner.quantileMillis(p).ifPresent(value -> values.put(name(p), value));
            sooner.quantile(p).ifPresent(interval -> intervals.put(name(p), interval));
        }
        sooner.leastMillis().ifPresent(least -> values.put("min", least));
        sooner.mostMillis().ifPresent(most -> values.put("max", most));
        return new ObservedRecord.Pairing(
                clocked ? intervalNanos : 0,
                graceNanos,
                measuredNanos,
                outcomes,
                values,
                intervals,
                polledFirst,
                duplicates,
                outOfOrder,
                reappeared,
                late,
                clock);
    }

    private static String name(double p) {
        return "p" + Math.round(100 * p);
    }

    /** Columns for {@code summary.csv} of the side that polls. */
    public Map<String, Object> pollColumns() {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("missed", missedByPoll());
        columns.put("missed_by_poll", missedByPoll());
        columns.put("gone_before_polled", counts.get(Outcome.GONE));
        columns.put("reappeared", reappeared);
        columns.put("seen_late", late);
        latency(columns, pollLatency);
        return columns;
    }

    /** Columns for {@code summary.csv} of the side that receives. */
    public Map<String, Object> pushColumns() {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("missed", missedByPush());
        columns.put("missed_by_push", missedByPush());
        columns.put("duplicates", duplicates);
        columns.put("out_of_order", outOfOrder < 0 ? null : outOfOrder);
        columns.put("backlog_pushed", backlogPushed);
        columns.put("polled_first", polledFirst);
        columns.put("sooner_mean_ms", orNull(sooner.meanMillis()));
        columns.put("sooner_mean_low_ms", soonerMean.map(Estimate::low).orElse(null));
        columns.put("sooner_mean_high_ms", soonerMean.map(Estimate::high).orElse(null));
        columns.put("sooner_p50_ms", orNull(sooner.quantileMillis(0.5)));
        columns.put("sooner_p50_low_ms", sooner.quantile(0.5).map(Estimate::low).orElse(null));
        columns.put(
                "sooner_p50_high_ms", sooner.quantile(0.5).map(Estimate::high).orElse(null));
        columns.put("sooner_p90_ms", orNull(sooner.quantileMillis(0.9)));
        columns.put("sooner_p99_ms", orNull(sooner.quantileMillis(0.99)));
        latency(columns, pushLatency);
        return columns;
    }

    /** Columns of both sides. */
    public Map<String, Object> columns() {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("measured_s", measuredNanos / 1e9);
        columns.put("pairs", pairs());
        columns.put("both", counts.get(Outcome.BOTH));
        columns.put("open", counts.get(Outcome.OPEN));
        return columns;
    }

    /** By the source's own times, where items tell them. */
    private static void latency(Map<String, Object> columns, SignedDurations.Recorded latency) {
        columns.put("source_latency_mean_ms", orNull(latency.meanMillis()));
        columns.put("source_latency_p50_ms", orNull(latency.quantileMillis(0.5)));
        columns.put("source_latency_p99_ms", orNull(latency.quantileMillis(0.99)));
        columns.put("source_latency_negative", latency.negative().count());
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    /** What other intervals would have found among these items; empty with too few of them. */
    public List<ObservedRecord.Interval> otherIntervals() {
        if (timesNanos.length < LEAST_TIMES || timesNanos[timesNanos.length - 1] == timesNanos[0]) {
            return List.of();
        }
        return TraceDescription.of(timesNanos).polled().stream()
                .filter(polled -> polled.polls() >= 1)
                .map(polled -> new ObservedRecord.Interval(polled.intervalNanos(), polled.polls(), polled.wasted()))
                .toList();
    }
}
