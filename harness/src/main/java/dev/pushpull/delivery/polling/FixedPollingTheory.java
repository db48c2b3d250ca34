package dev.pushpull.delivery.polling;

import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Prediction.CurvePoint;
import dev.pushpull.scenario.Prediction.Figure;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.TraceArrivals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Closed forms of polling at a fixed interval (theory.md sections 1, 2 and 4). */
final class FixedPollingTheory {
    private static final String UNIFORM_WAIT =
            "stationary arrivals, poll phase independent of them; response leg v constant; every page drained at once"
                    + " (section 1)";
    private static final double[] CURVE = {
        0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999, 0.99999
    };

    private FixedPollingTheory() {}

    static Prediction predict(Scenario scenario) {
        double intervalMillis = scenario.polling().intervalNanos() / 1e6;
        double legMillis = scenario.network().pollResponseNanos() / 1e6;
        Map<String, Figure> figures = new LinkedHashMap<>();
        List<CurvePoint> curve = new ArrayList<>();
        if (scenario.polling().phase() == Phase.RANDOM) {
            figures.put("latency_mean_ms", new Figure(intervalMillis / 2 + legMillis, "T/2 + v", UNIFORM_WAIT));
            quantile(figures, "latency_p50_ms", 0.5, "0.5 T + v", intervalMillis, legMillis);
            quantile(figures, "latency_p90_ms", 0.9, "0.9 T + v", intervalMillis, legMillis);
            quantile(figures, "latency_p99_ms", 0.99, "0.99 T + v", intervalMillis, legMillis);
            quantile(figures, "latency_p999_ms", 0.999, "0.999 T + v", intervalMillis, legMillis);
            for (double p : CURVE) {
                curve.add(new CurvePoint(p, p * intervalMillis + legMillis));
            }
        }
        figures.put("wasted_ratio", wasted(scenario));
        figures.put(
                "requests_per_delivery",
                new Figure(1 / scenario.loadFactor(), "1 / (λT)", "the mean rate alone; no further pages (section 4)"));
        return new Prediction(figures, curve);
    }

    private static void quantile(
            Map<String, Figure> figures, String column, double p, String formula, double interval, double leg) {
        figures.put(column, new Figure(p * interval + leg, formula, UNIFORM_WAIT));
    }

    private static Figure wasted(Scenario scenario) {
        ArrivalProcess arrivals = scenario.events().arrivals();
        double intervalSeconds = scenario.polling().intervalNanos() / 1e9;
        if (arrivals instanceof PoissonArrivals) {
            return new Figure(Math.exp(-scenario.loadFactor()), "e^(-λT)", "Poisson arrivals (section 2)");
        } else if (arrivals instanceof PeriodicArrivals) {
            return new Figure(
                    Math.max(0, 1 - scenario.loadFactor()),
                    "max(0, 1 - λT)",
                    "one event a period, to the instant (section 2)");
        } else if (arrivals instanceof BurstyArrivals bursty) {
            return new Figure(
                    wasted(bursty, intervalSeconds),
                    "C e^(s1 T) + (1-C) e^(s2 T)",
                    "interrupted Poisson process (section 2)");
        } else {
            TraceArrivals trace = (TraceArrivals) arrivals;
            double polls = scenario.run().durationNanos() / 1e9 / intervalSeconds;
            return new Figure(
                    1 - expectedHits(trace, scenario.polling().intervalNanos()) / polls,
                    "1 - sum min(gap, T) / duration",
                    "this very trace over a random phase (section 2)");
        }
    }

    /** MMPP2 with rates (l1, 0), theory.md section 2. */
    static double wasted(BurstyArrivals bursty, double intervalSeconds) {
        double burstRate = bursty.burstRatePerSecond();
        double alpha = 1e9 / bursty.meanOnNanos();
        double beta = 1e9 / bursty.meanOffNanos();
        double b = alpha + beta + burstRate;
        double d = beta * burstRate;
        double root = Math.sqrt(b * b - 4 * d);
        double s1 = (-b + root) / 2;
        double s2 = (-b - root) / 2;
        double c = (-bursty.ratePerSecond() - s2) / (s1 - s2);
        return c * Math.exp(s1 * intervalSeconds) + (1 - c) * Math.exp(s2 * intervalSeconds);
    }

    /** Expected polls that find something, over a random phase: the sum over events of min(gap before it, T) / T. */
    private static double expectedHits(TraceArrivals trace, long intervalNanos) {
        var times = trace.times(new java.util.SplittableRandom(0));
        double hits = 0;
        long before = Long.MIN_VALUE / 2;
        for (long at = times.nextNanos(); at != dev.pushpull.schedule.ArrivalTimes.NONE; at = times.nextNanos()) {
            hits += (double) Math.min(at - before, intervalNanos) / intervalNanos;
            before = at;
        }
        return hits;
    }
}
