package dev.pushpull.cli;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Prediction.Figure;
import dev.pushpull.scenario.Scenario;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A provider's rate limit.
 *
 * @param perSecond requests a second it allows
 * @param text as it was given
 */
record Quota(double perSecond, String text) {
    private static final long LEAST_INTERVAL_NANOS = 1_000;
    private static final long MOST_INTERVAL_NANOS = 3650 * 86_400_000_000_000L;

    /** What counts against a rate limit; 0 where nothing is known. */
    static double requestsPerSecond(Prediction prediction) {
        return prediction.value("rate_limited_requests_per_s").orElse(0);
    }

    /** The prediction with the shares of the quota and the shortest interval that fits. */
    Prediction added(DeliveryMode mode, Scenario scenario, Prediction prediction) {
        if (requestsPerSecond(prediction) == 0) {
            return prediction;
        }
        Map<String, Figure> figures = new LinkedHashMap<>(prediction.figures());
        double one = requestsPerSecond(prediction) / perSecond;
        String limit = "Q = " + text;
        figures.put("quota_share_one", new Figure(one, "API requests / Q", limit + ", one for each consumer"));
        figures.put(
                "quota_share_all",
                new Figure(
                        one * scenario.events().consumers(), "N API requests / Q", limit + ", one for all together"));
        long shortest = shortestIntervalNanos(mode, scenario);
        if (shortest > 0) {
            figures.put(
                    "shortest_interval_ms",
                    new Figure(
                            shortest / 1e6,
                            "T where API requests = Q",
                            limit + ", one for each consumer; the same otherwise"));
        }
        return new Prediction(figures, prediction.latencyCurve());
    }

    /** By bisection, for requests fall as the interval grows; 0 when any interval fits or none does. */
    private long shortestIntervalNanos(DeliveryMode mode, Scenario scenario) {
        long tooShort = LEAST_INTERVAL_NANOS;
        long fits = MOST_INTERVAL_NANOS;
        if (fits(mode, scenario, tooShort) || !fits(mode, scenario, fits)) {
            return 0;
        }
        while (fits - tooShort > 1) {
            long middle = tooShort + (fits - tooShort) / 2;
            if (fits(mode, scenario, middle)) {
                fits = middle;
            } else {
                tooShort = middle;
            }
        }
        return fits;
    }

    private boolean fits(DeliveryMode mode, Scenario scenario, long intervalNanos) {
        Scenario other = scenario.withPolling(new Scenario.Polling(
                intervalNanos,
                scenario.polling().pageLimit(),
                scenario.polling().phase()));
        double known = mode.predict(other)
                .map(prediction ->
                        prediction.value("rate_limited_requests_per_s").orElse(Double.NaN))
                .orElse(Double.NaN);
        return known <= perSecond * (1 + 1e-12);
    }
}
