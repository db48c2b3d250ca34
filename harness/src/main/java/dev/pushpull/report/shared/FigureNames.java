package dev.pushpull.report.shared;

import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.MonthlySums;
import java.util.Arrays;
import java.util.Optional;

/** The figures shown for each mode, in order, with their names for people. */
public enum FigureNames {
    LOST("lost", "lost"),
    PENDING("pending", "pending"),
    DUPLICATES("duplicates", "duplicates"),
    REQUESTS("requests", "requests"),
    EMPTY("empty_requests", "empty polls"),
    WASTED("wasted_ratio", "wasted polls"),
    REQUESTS_PER_DELIVERY("requests_per_delivery", "requests per delivered event"),
    BYTES_PER_DELIVERY("bytes_per_delivery", "bytes per delivered event"),
    MEAN("latency_mean_ms", "latency mean"),
    P50("latency_p50_ms", "latency p50"),
    P90("latency_p90_ms", "latency p90"),
    P95("latency_p95_ms", "latency p95"),
    P99("latency_p99_ms", "latency p99"),
    P999("latency_p999_ms", "latency p99.9"),
    MAX("latency_max_ms", "latency max"),
    PROCESSED("processed_p50_ms", "processed p50"),
    PROVIDER_CPU("provider_cpu_ms", "provider CPU"),
    CONSUMER_CPU("consumer_cpu_ms", "consumer CPU"),
    CONNECTIONS("connections_opened", "connections"),
    CONNECTIONS_PER_DELIVERY("connections_per_delivery", "connections per delivered event"),
    HELD("held_connections", "connections held open"),
    CONNECTION_TIME("connection_seconds_per_delivery", "connection time per delivered event"),
    RECONNECTS("reconnects", "reconnects"),
    LOST_IN_GAP("lost_in_gap", "lost while not connected"),
    FRAMES("frames_per_delivery", "frames per delivered event"),
    SKIPPED("skipped_polls", "skipped polls"),
    RECONFIRMED("reconfirmed", "reconfirmed"),
    OUT_OF_ORDER("out_of_order", "out of order"),
    MONTHLY_REQUESTS(Metrics.MONTHLY_REQUESTS, "requests a month"),
    BILL(MonthlySums.BILL, "requests bill"),
    FIXED(MonthlySums.FIXED, "fixed sum"),
    TOTAL(MonthlySums.TOTAL, "total a month");

    private final String column;
    private final String label;

    FigureNames(String column, String label) {
        this.column = column;
        this.label = label;
    }

    /** The entry of that column. */
    public static Optional<FigureNames> of(String column) {
        return Arrays.stream(values())
                .filter(name -> name.column.equals(column))
                .findFirst();
    }

    /** The name in {@code Metrics}. */
    public String column() {
        return column;
    }

    /** For people. */
    public String label() {
        return label;
    }

    /** Whether to leave out a line of zeros: what rarely happens need not be denied each time. */
    public boolean onlyWhenAny() {
        return this == LOST_IN_GAP
                || this == DUPLICATES
                || this == SKIPPED
                || this == RECONFIRMED
                || this == OUT_OF_ORDER;
    }
}
