package dev.pushpull.report.capacity;

import dev.pushpull.scenario.CapacityFinding;
import dev.pushpull.scenario.CapacityStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The rows of {@code capacity.csv}, one a step. */
public final class CapacityRows {
    /** Each column and how to read it from a step; the one definition for all outputs. */
    private static final Map<String, Function<CapacityStep, Object>> COLUMNS = columns();

    /** And those that are the same for all steps of a path. */
    private static final Map<String, Function<CapacityFinding, OptionalDouble>> ANSWER_COLUMNS = answerColumns();

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
        columns.put("verdict_raw", step -> known(step, step.circumstances().verdictRaw()));
        columns.put("verdict_deducted", step -> known(step, step.circumstances().verdictDeducted()));
        columns.put("left_out", step -> known(step, step.circumstances().leftOut()));
        columns.put("stalled_s", step -> orNull(step.circumstances().stalledSeconds()));
        columns.put("paused_s", step -> orNull(step.circumstances().pausedSeconds()));
        columns.put("quiet_p99_ms", step -> orNull(step.circumstances().quietP99Millis()));
        columns.put("reference_per_s", step -> orNull(step.circumstances().referencePerSecond()));
        return columns;
    }

    private static Map<String, Function<CapacityFinding, OptionalDouble>> answerColumns() {
        Map<String, Function<CapacityFinding, OptionalDouble>> columns = new LinkedHashMap<>();
        columns.put("answer_per_s", finding -> finding.answer().perSecond());
        columns.put("answer_low_per_s", finding -> finding.answer().lowPerSecond());
        columns.put("answer_high_per_s", finding -> finding.answer().highPerSecond());
        columns.put("answer_raw_per_s", finding -> finding.answer().rawPerSecond());
        return columns;
    }

    /** What a run of older times did not know. */
    private static Object known(CapacityStep step, Object value) {
        return step.circumstances().known() ? value : null;
    }

    /** The columns. */
    public static List<String> header() {
        List<String> header = new ArrayList<>(COLUMNS.keySet());
        header.addAll(ANSWER_COLUMNS.keySet());
        return header;
    }

    /** Values by column, in the order of the steps; null where there is none. */
    public static List<Map<String, Object>> of(List<CapacityFinding> findings) {
        return findings.stream()
                .flatMap(finding -> finding.steps().stream().map(step -> row(finding, step)))
                .toList();
    }

    private static Map<String, Object> row(CapacityFinding finding, CapacityStep step) {
        Map<String, Object> row = new LinkedHashMap<>();
        COLUMNS.forEach((column, value) -> row.put(column, value.apply(step)));
        ANSWER_COLUMNS.forEach((column, value) -> row.put(column, orNull(value.apply(finding))));
        return row;
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
