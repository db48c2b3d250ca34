package dev.pushpull.scenario;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far off latencies may be that were taken by the clocks of two hosts.
 *
 * @param crosses whether they were; else they are of one clock, and exact
 * @param nanos each is off by no more than this
 */
public record ClockBound(boolean crosses, long nanos) {
    /** By one clock. */
    public static final ClockBound NONE = new ClockBound(false, 0);

    /** A figure of which the bound is more than this share cannot be measured across these hosts. */
    private static final double MOST_SHARE = 0.1;

    /** The column for it. */
    static final Metric METRIC = new Metric(
            "clock_bound_ms",
            "ms",
            Metric.Better.LOWER,
            "The most by which a latency between two hosts' clocks can be off; empty on one clock",
            (run, outcome) -> outcome.conditions().clock().crosses()
                    ? outcome.conditions().clock().millis()
                    : null);

    /** By two clocks, with this bound. */
    public static ClockBound of(long nanos) {
        return new ClockBound(true, nanos);
    }

    /** The greater of two. */
    public ClockBound wider(ClockBound other) {
        return new ClockBound(crosses || other.crosses, Math.max(nanos, other.nanos));
    }

    /** In milliseconds. */
    public double millis() {
        return nanos / 1e6;
    }

    /** Whether a latency is so much longer than the bound that it was measured. */
    public boolean measures(double millis) {
        return !crosses || millis() <= MOST_SHARE * millis;
    }

    /** The shortest latency that was measured, in milliseconds; 0 on one clock. */
    public double leastMillis() {
        return millis() / MOST_SHARE;
    }

    /** The intervals with the bound added where it matters; without what was not measured. */
    public Map<String, Estimate> widened(Map<String, Estimate> intervals) {
        Map<String, Estimate> wide = new LinkedHashMap<>();
        intervals.forEach((column, estimate) -> {
            if (!crosses || !column.startsWith("latency_")) {
                wide.put(column, estimate);
            } else if (measures(estimate.value())) {
                wide.put(
                        column,
                        new Estimate(
                                estimate.value(),
                                Math.max(0, estimate.low() - millis()),
                                estimate.high() + millis(),
                                estimate.method() + ", and the clocks' bound"));
            }
        });
        return wide;
    }
}
