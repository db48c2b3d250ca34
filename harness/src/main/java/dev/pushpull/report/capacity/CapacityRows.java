package dev.pushpull.report.capacity;

import dev.pushpull.scenario.CapacityFinding;
import dev.pushpull.scenario.CapacityStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The rows of {@code capacity.csv}, one a step. */
public final class CapacityRows {
    /** Each column and how to read it from a step; the one definition for all outputs. */
    private static final Map<String, Function<CapacityStep, Object>> COLUMNS = columns();

    private CapacityRows() {}

    private static Map<String, Function<CapacityStep, Object>> columns() {
        Map<String, Function<CapacityStep, Object>> columns = new LinkedHashMap<>();
        columns.put("path", CapacityStep::path);
        columns.put("driver", CapacityStep::driver);
        columns.put("offered_per_s", CapacityStep::offeredPerSecond);
        columns.put("achieved_per_s", CapacityStep::achievedPerSecond);
        columns.put("latency_p50_ms", step -> orNull(step.latencyP50Millis()));
        columns.put("latency_p99_ms", step -> orNull(step.latencyP99Millis()));
        columns.put("late_p99_ms", step -> orNull(step.lateP99Millis()));
        columns.put("errors", CapacityStep::errors);
        columns.put("sustained", CapacityStep::sustained);
        columns.put("service_p50_ms", step -> orNull(step.serviceP50Millis()));
        columns.put("service_p99_ms", step -> orNull(step.serviceP99Millis()));
        columns.put("driver_cpu_us", step -> orNull(step.driverCpuMicros()));
        columns.put("server_cpu_us", step -> orNull(step.serverCpuMicros()));
        columns.put("driver_late", CapacityStep::driverLate);
        return columns;
    }

    /** The columns. */
    public static List<String> header() {
        return List.copyOf(COLUMNS.keySet());
    }

    /** Values by column, in the order of the steps; null where there is none. */
    public static List<Map<String, Object>> of(List<CapacityFinding> findings) {
        return findings.stream()
                .flatMap(finding -> finding.steps().stream())
                .map(CapacityRows::row)
                .toList();
    }

    private static Map<String, Object> row(CapacityStep step) {
        Map<String, Object> row = new LinkedHashMap<>();
        COLUMNS.forEach((column, value) -> row.put(column, value.apply(step)));
        return row;
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
