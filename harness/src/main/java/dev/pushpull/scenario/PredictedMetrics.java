package dev.pushpull.scenario;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one list of what a prediction can hold: the columns of {@code summary.csv} that have a meaning there, in order,
 * then its own figures.
 */
public final class PredictedMetrics {
    /** The metrics that {@link Metrics#SUMMARY} has too. */
    public static final List<PredictedMetric> SUMMARY = List.of(
            ofSummary("wasted_ratio", "wasted polls"),
            ofSummary("requests_per_delivery", "requests per delivered event"),
            ofSummary("bytes_per_delivery", "bytes per delivered event"),
            ofSummary("latency_mean_ms", "latency mean"),
            ofSummary("latency_p50_ms", "latency p50"),
            ofSummary("latency_p90_ms", "latency p90"),
            ofSummary("latency_p99_ms", "latency p99"),
            ofSummary("latency_p999_ms", "latency p99.9"),
            ofSummary("connections_opened", "connections"),
            ofSummary("connections_per_delivery", "connections/delivery"),
            ofSummary("connection_seconds_per_delivery", "held/delivery"),
            ofSummary("frames_per_delivery", "frames/delivery"),
            ofSummary("reconnects", "reconnects"),
            ofSummary("lost_in_gap", "lost in gaps"),
            ofSummary("held_connections", "connections held"));

    /** Its own metrics. */
    public static final List<PredictedMetric> FURTHER = List.of(
            new PredictedMetric("load_factor", "events/interval", "", "λT: events of one stream per poll interval"),
            new PredictedMetric("lost_ratio", "lost", "", "Share of the expected deliveries that never arrive"),
            new PredictedMetric("requests_per_day", "requests a day", "", "Requests of all consumers in 24 hours"),
            new PredictedMetric("requests_per_month", "requests a month", "", "Requests of all consumers in 30 days"),
            new PredictedMetric(
                    "age_of_information_ms", "age of newest", "ms", "Mean age of the newest event a consumer holds"),
            new PredictedMetric("fresh_ratio", "copy is current", "", "Share of time in which nothing is outstanding"),
            new PredictedMetric(
                    "copy_age_ms", "age of copy", "ms", "Mean time since the consumer's copy ceased to be current"),
            new PredictedMetric(
                    "source_requests_per_s", "source load", "/s", "Requests of all consumers a second, on average"),
            new PredictedMetric(
                    "source_peak_per_s", "source peak", "/s", "Polls of all consumers in the busiest second"),
            new PredictedMetric("held_requests", "requests held", "", "Requests held open at the provider, on average"),
            new PredictedMetric(
                    "crossover_requests_load_factor",
                    "crossover, requests",
                    "",
                    "Events per interval from which on polling needs no more requests than webhooks"),
            new PredictedMetric(
                    "crossover_bytes_load_factor",
                    "crossover, bytes",
                    "",
                    "Events per interval from which on polling needs no more bytes than webhooks"),
            new PredictedMetric(
                    "rate_limited_requests_per_s",
                    "API requests",
                    "/s",
                    "Requests of one consumer a second that count against a rate limit of the provider"),
            new PredictedMetric("quota_share_one", "quota, one", "", "Share of the quota that one consumer uses"),
            new PredictedMetric("quota_share_all", "quota, all", "", "Share of one quota that all consumers use"),
            new PredictedMetric(
                    "shortest_interval_ms",
                    "least interval",
                    "ms",
                    "Shortest poll interval whose requests fit a consumer's quota"),
            new PredictedMetric("request_bytes", "q", "B", "A poll's request"),
            new PredictedMetric("empty_bytes", "e", "B", "The answer to a poll that finds nothing"),
            new PredictedMetric("page_bytes", "h", "B", "The answer to one that finds something, without its events"),
            new PredictedMetric("event_bytes", "s", "B", "An event in a page"),
            new PredictedMetric("attempt_bytes", "q_w + a + s_w", "B", "One webhook, request and answer"),
            new PredictedMetric(MonthlySums.BILL, "requests bill", "", MonthlySums.MEANING_OF_BILL),
            new PredictedMetric(
                    "shortest_interval_lost_ratio",
                    "lost at that",
                    "",
                    "Share of the expected deliveries that are lost at the shortest, or the fitting, interval"),
            new PredictedMetric(
                    "quota_share_of_pages",
                    "quota, pages",
                    "",
                    "Least share of the quota that fetching every event takes, in full pages; given where above one"),
            new PredictedMetric(
                    "fitting_interval_ms",
                    "fitting interval",
                    "ms",
                    "A poll interval whose requests surely fit a consumer's quota, where the shortest is not known"),
            new PredictedMetric(MonthlySums.FIXED, "fixed sum", "", MonthlySums.MEANING_OF_FIXED),
            new PredictedMetric(MonthlySums.TOTAL, "total a month", "", MonthlySums.MEANING_OF_TOTAL),
            ofSummary("latency_p95_ms", "latency p95"),
            ofSummary("slots_occupied", "slots occupied"));

    /** All metrics, in the order in which they are shown. */
    public static final List<PredictedMetric> ALL =
            Stream.concat(SUMMARY.stream(), FURTHER.stream()).toList();

    private static final Map<String, PredictedMetric> BY_COLUMN =
            ALL.stream().collect(Collectors.toUnmodifiableMap(PredictedMetric::column, Function.identity()));

    private PredictedMetrics() {}

    /** The metric for a column. */
    public static Optional<PredictedMetric> named(String column) {
        return Optional.ofNullable(BY_COLUMN.get(column));
    }

    private static PredictedMetric ofSummary(String column, String label) {
        Metric metric = Metrics.named(column).orElseThrow();
        return new PredictedMetric(column, label, metric.unit(), metric.meaning());
    }
}
