package dev.pushpull.advice;

import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is kept of a run in virtual time: an outcome has histograms of hundreds of kilobytes.
 *
 * @param latencies by column
 */
record SimulatedRun(Map<String, Double> latencies, Outcome.Counts counts) {
    private static final Map<String, Double> QUANTILES = Map.of(
            "latency_p50_ms", 0.5,
            "latency_p90_ms", 0.9,
            "latency_p95_ms", 0.95,
            "latency_p99_ms", 0.99,
            "latency_p999_ms", 0.999);

    static SimulatedRun of(Outcome outcome) {
        Distribution latency = outcome.latency();
        Map<String, Double> latencies = new LinkedHashMap<>();
        latency.meanMillis().ifPresent(millis -> latencies.put("latency_mean_ms", millis));
        QUANTILES.forEach((column, p) -> latency.quantileMillis(p).ifPresent(millis -> latencies.put(column, millis)));
        return new SimulatedRun(latencies, outcome.counts());
    }

    /** How long it was: deliveries, and requests beside them. */
    long steps() {
        return counts.expected() + counts.requests();
    }
}
