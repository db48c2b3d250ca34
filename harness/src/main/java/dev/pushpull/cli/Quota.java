package dev.pushpull.cli;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Prediction.Figure;
import dev.pushpull.scenario.Scenario;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A provider's rate limit.
 *
 * @param perSecond requests a second that it allows
 * @param text as typed
 */
record Quota(double perSecond, String text) {
    private static final long LEAST_INTERVAL_NANOS = 1_000;
    private static final String SHORTEST_LOST = "shortest_interval_lost_ratio";
    private static final long MOST_INTERVAL_NANOS = 3650 * 86_400_000_000_000L;

    /** The requests that count against a rate limit; NaN where they are unknown. */
    static double requestsPerSecond(Prediction prediction) {
        return prediction.value("rate_limited_requests_per_s").orElse(Double.NaN);
    }

    /** The prediction, with its share of the quota and the shortest interval that fits added where they are known. */
    Prediction added(DeliveryMode mode, Scenario scenario, Prediction prediction) {
        if (requestsPerSecond(prediction) == 0) {
            return prediction;
        }
        Map<String, Figure> figures = new LinkedHashMap<>(prediction.figures());
        double one = requestsPerSecond(prediction) / perSecond;
        String limit = "Q = " + text;
        if (Double.isFinite(one)) {
            figures.put("quota_share_one", new Figure(one, "API requests / Q", limit + ", one for each consumer"));
            figures.put(
                    "quota_share_all",
                    new Figure(
                            one * scenario.events().consumers(),
                            "N API requests / Q",
                            limit + ", one for all together"));
        }
        OptionalLong shortest = shortestIntervalNanos(mode, scenario);
        if (shortest.isPresent()) {
            figures.put(
                    "shortest_interval_ms",
                    new Figure(
                            shortest.getAsLong() / 1e6,
                            shortest.getAsLong() == 0 ? "any T: API requests are below Q" : "T where API requests = Q",
                            limit + ", one for each consumer; the same otherwise"));
            if (shortest.getAsLong() > 0) {
                lost(mode, scenario, shortest.getAsLong()).ifPresent(lost -> figures.put(SHORTEST_LOST, lost));
            }
        } else {
            bounds(mode, scenario, prediction, figures, limit);
        }
        return new Prediction(figures, prediction.latencyCurve());
    }

    private static Optional<Figure> lost(DeliveryMode mode, Scenario scenario, long intervalNanos) {
        return mode.predict(at(scenario, intervalNanos))
                .map(known -> known.figures().get("lost_ratio"));
    }

    /**
     * Bounds for any arrival law: fetching all events takes at least λ/P requests a second, and a poll at a fixed
     * interval T makes at most 1 + λT/P.
     */
    private void bounds(
            DeliveryMode mode, Scenario scenario, Prediction prediction, Map<String, Figure> figures, String limit) {
        if (mode.traits().sends()) {
            return; // need not fetch events
        }
        double pages = scenario.events().arrivals().ratePerSecond()
                / scenario.polling().pageLimit();
        if (pages > perSecond) {
            figures.put(
                    "quota_share_of_pages",
                    new Figure(pages / perSecond, "λ / (P Q)", limit + ", one for each consumer; every page is full"));
            return;
        }
        double fitting = 1 / (perSecond - pages);
        boolean everyInterval = prediction.value("load_factor").isPresent();
        if (everyInterval && fitting * 1e9 < MOST_INTERVAL_NANOS) {
            figures.put(
                    "fitting_interval_ms",
                    new Figure(1e3 * fitting, "1 / (Q - λ/P)", limit + ", one for each consumer; R <= 1 + λT/P"));
            lost(mode, scenario, Math.round(fitting * 1e9)).ifPresent(lost -> figures.put(SHORTEST_LOST, lost));
        }
    }

    /**
     * Doubles, then bisects, because requests fall as the interval grows. 0 when any interval fits; empty when none is
     * known to fit, or when it is unknown whether a shorter one does.
     */
    private OptionalLong shortestIntervalNanos(DeliveryMode mode, Scenario scenario) {
        Boolean shorter = fits(mode, scenario, LEAST_INTERVAL_NANOS).orElse(null);
        if (Boolean.TRUE.equals(shorter)) {
            return OptionalLong.of(0);
        }
        for (long interval = 2 * LEAST_INTERVAL_NANOS; interval <= MOST_INTERVAL_NANOS; interval *= 2) {
            Boolean now = fits(mode, scenario, interval).orElse(null);
            if (Boolean.TRUE.equals(now)) {
                return shorter == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(bisected(mode, scenario, interval / 2, interval));
            }
            shorter = now;
        }
        return OptionalLong.empty();
    }

    private long bisected(DeliveryMode mode, Scenario scenario, long doesNotFit, long thatFits) {
        long tooShort = doesNotFit;
        long fits = thatFits;
        while (fits - tooShort > 1) {
            long middle = tooShort + (fits - tooShort) / 2;
            if (fits(mode, scenario, middle).orElse(false)) {
                fits = middle;
            } else {
                tooShort = middle;
            }
        }
        return fits;
    }

    private static Scenario at(Scenario scenario, long intervalNanos) {
        return scenario.withPolling(new Scenario.Polling(
                intervalNanos,
                scenario.polling().pageLimit(),
                scenario.polling().phase()));
    }

    /** Empty when it is unknown how many requests the mode makes at this interval. */
    private Optional<Boolean> fits(DeliveryMode mode, Scenario scenario, long intervalNanos) {
        return mode.predict(at(scenario, intervalNanos))
                .map(Quota::requestsPerSecond)
                .filter(Double::isFinite)
                .map(known -> known <= perSecond * (1 + 1e-12));
    }
}
