package dev.pushpull.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A figure of a mode that can be required to stay below a bound. */
public enum Measure {
    LATENCY_MEAN("latency_mean_ms", Unit.DURATION, "a mean latency"),
    LATENCY_P50("latency_p50_ms", Unit.DURATION, "a p50"),
    LATENCY_P90("latency_p90_ms", Unit.DURATION, "a p90"),
    LATENCY_P95("latency_p95_ms", Unit.DURATION, "a p95"),
    LATENCY_P99("latency_p99_ms", Unit.DURATION, "a p99"),
    LATENCY_P999("latency_p999_ms", Unit.DURATION, "a p99.9"),
    LOST_RATIO("lost_ratio", Unit.NUMBER, "a share of lost events"),
    WASTED_RATIO("wasted_ratio", Unit.NUMBER, "a share of wasted polls"),
    REQUESTS_PER_SECOND("requests_per_second", Unit.NUMBER, "requests a second"),
    PROVIDER_REQUESTS_PER_SECOND("provider_requests_per_second", Unit.NUMBER, "requests a second at the provider"),
    REQUESTS_PER_DELIVERY("requests_per_delivery", Unit.NUMBER, "requests per delivered event"),
    BYTES_PER_DELIVERY("bytes_per_delivery", Unit.NUMBER, "bytes per delivered event"),
    MONTHLY_REQUESTS("monthly_requests", Unit.NUMBER, "requests a month"),
    MONTHLY_COST("monthly_cost_consumer", Unit.NUMBER, "a monthly cost"),
    HELD_CONNECTIONS("held_connections", Unit.NUMBER, "held connections"),
    WAKEUPS_PER_HOUR("wakeups_per_hour", Unit.NUMBER, "wake-ups of a consumer an hour");

    /** How a bound is written. */
    public enum Unit {
        /** A duration such as 1m; the figure is in milliseconds. */
        DURATION,
        NUMBER
    }

    private final String column;
    private final Unit unit;
    private final String words;

    Measure(String column, Unit unit, String words) {
        this.column = column;
        this.unit = unit;
        this.words = words;
    }

    /** As it is typed: {@code latency_p95}. */
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The figure's column. */
    public String column() {
        return column;
    }

    public Unit unit() {
        return unit;
    }

    /** In a sentence: {@code a p95}. */
    public String words() {
        return words;
    }

    /** All names, as they are typed. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Measure::text).toList();
    }

    /** The one of this name. */
    public static Optional<Measure> named(String name) {
        return Arrays.stream(values())
                .filter(measure -> measure.text().equals(name))
                .findFirst();
    }
}
