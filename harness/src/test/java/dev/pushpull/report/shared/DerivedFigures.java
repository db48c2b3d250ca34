package dev.pushpull.report.shared;

import dev.pushpull.scenario.Conditions;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.NoiseVerdict;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.SteadinessVerdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** What follows from the counts of a made-up run: intervals as wide as in a real one, and the closed forms. */
final class DerivedFigures {
    private DerivedFigures() {}

    static Map<String, Estimate> intervals(
            Distribution latency, long polls, long empty, long requests, long delivered) {
        Map<String, Estimate> intervals = new LinkedHashMap<>();
        if (latency.count() >= 10) {
            double mean = latency.meanMillis().getAsDouble();
            double half = 1.96 * latency.histogram().getStdDeviation() / 1e6 / Math.sqrt(latency.count());
            intervals.put("latency_mean_ms", new Estimate(mean, mean - half, mean + half, "20 batches"));
            double median = latency.valueAt(0.5) / 1e6;
            intervals.put(
                    "latency_p50_ms",
                    new Estimate(median, latency.valueAt(0.46) / 1e6, latency.valueAt(0.54) / 1e6, "order statistics"));
        }
        if (latency.count() >= 368) {
            intervals.put(
                    "latency_p99_ms",
                    new Estimate(
                            latency.valueAt(0.99) / 1e6,
                            latency.valueAt(0.98) / 1e6,
                            latency.valueAt(0.998) / 1e6,
                            "order statistics"));
        }
        if (polls > 0) {
            double waste = (double) empty / polls;
            double half = 1.96 * Math.sqrt(waste * (1 - waste) / polls);
            intervals.put("wasted_ratio", new Estimate(waste, waste - half, waste + half, "20 batches"));
        }
        if (delivered > 0) {
            double ratio = (double) requests / delivered;
            double half = polls > 0 ? 1.96 * ratio / Math.sqrt(delivered) : 0;
            intervals.put("requests_per_delivery", new Estimate(ratio, ratio - half, ratio + half, "20 batches"));
        }
        return intervals;
    }

    /** What was measured while code was still being compiled. */
    static Conditions stillWarming(long measuredNanos) {
        double[] medians = {0.621, 0.543, 0.433, 0.328, 0.311, 0.31, 0.316, 0.289, 0.304, 0.32, 0.314, 0.314};
        List<SteadinessVerdict.Slice> slices = new ArrayList<>();
        for (int i = 0; i < medians.length; i++) {
            slices.add(new SteadinessVerdict.Slice(
                    i * measuredNanos / medians.length,
                    (i + 1) * measuredNanos / medians.length,
                    50,
                    OptionalDouble.of(medians[i])));
        }
        SteadinessVerdict verdict = new SteadinessVerdict(
                SteadinessVerdict.Level.STILL_WARMING,
                OptionalDouble.of(0.64),
                OptionalDouble.of(0.61),
                OptionalDouble.of(0.68),
                slices);
        return new Conditions(measuredNanos, NoiseVerdict.UNKNOWN, verdict);
    }

    static Prediction prediction(String mode, boolean pushes, Scenario scenario) {
        Map<String, Prediction.Figure> figures = new LinkedHashMap<>();
        double loadFactor = scenario.loadFactor();
        if (pushes) {
            figures.put(
                    "rate_limited_requests_per_s",
                    new Prediction.Figure(mode.equals("webhook") ? 0 : 0.1, "", "webhooks ask nothing"));
            double requests = mode.equals("batched-webhook") ? 0.5 : 1;
            figures.put(
                    "requests_per_delivery",
                    new Prediction.Figure(requests, "1/p", "every attempt succeeds (section 4)"));
            return new Prediction(figures, List.of());
        }
        if (mode.equals("polling") || mode.equals("conditional-polling")) {
            figures.put("load_factor", new Prediction.Figure(loadFactor, "λT", "the mean rate alone"));
        }
        double interval = scenario.polling().intervalNanos() / 1e6;
        String uniform = "the phase of the polls is random, the response leg constant (section 1)";
        figures.put(
                "wasted_ratio",
                new Prediction.Figure(Math.exp(-loadFactor), "e^(-λT)", "Poisson arrivals (section 2)"));
        figures.put(
                "requests_per_delivery",
                new Prediction.Figure(1 / loadFactor, "1/(λT)", "polls that drain no further pages (section 4)"));
        figures.put("latency_mean_ms", new Prediction.Figure(interval / 2 + 3, "T/2 + v", uniform));
        figures.put("latency_p50_ms", new Prediction.Figure(interval / 2 + 3, "0.5 T + v", uniform));
        figures.put("latency_p99_ms", new Prediction.Figure(0.99 * interval + 3, "0.99 T + v", uniform));
        List<Prediction.CurvePoint> curve = new ArrayList<>();
        for (double p : new double[] {0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999}) {
            curve.add(new Prediction.CurvePoint(p, p * interval + 3));
        }
        return new Prediction(figures, curve);
    }
}
