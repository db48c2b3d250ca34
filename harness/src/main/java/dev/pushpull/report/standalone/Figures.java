package dev.pushpull.report.standalone;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.FigureNames;
import java.util.Map;

/** The figures of one side by column, as people read them. The end of a column's name is its unit. */
record Figures(Map<String, Object> byColumn) {
    boolean has(String column) {
        return byColumn.get(column) != null && !"".equals(byColumn.get(column));
    }

    /** A count; 0 where there is none. */
    long count(String column) {
        return byColumn.get(column) instanceof Number number ? number.longValue() : 0;
    }

    /** All counts whose columns begin like this. */
    long sum(String prefix) {
        return byColumn.keySet().stream()
                .filter(column -> column.startsWith(prefix))
                .mapToLong(this::count)
                .sum();
    }

    /** The figure, or why there is none. */
    String text(String column) {
        Object value = byColumn.get(column);
        if (value == null || "".equals(value)) {
            return column.startsWith("latency_p") && has("latency_mean_ms")
                    ? "too few samples for this percentile"
                    : "not measured";
        }
        if (!(value instanceof Number number)) {
            return value.toString();
        }
        double exact = number.doubleValue();
        if (column.endsWith("_ms")) {
            return Decimals.milliseconds(exact);
        }
        if (column.endsWith("_per_s")) {
            return Decimals.significant(exact) + "/s";
        }
        if (column.equals("duration_s")) {
            return Decimals.span(Math.round(1e9 * exact));
        }
        if (column.endsWith("_s")) {
            return Decimals.milliseconds(1_000 * exact);
        }
        if (column.endsWith("_ratio")) {
            return Decimals.percent(exact);
        }
        String count = value instanceof Double ? Decimals.significant(exact) : Decimals.count(number.longValue());
        return column.startsWith("bytes_") ? count + " B" : count;
    }

    /** {@code latency_p50_ms} as {@code latency p50}. */
    static String label(String column) {
        return FigureNames.of(column)
                .map(FigureNames::label)
                .orElseGet(() -> column.replaceFirst("(?<!_per)_(s|ms)$", "")
                        .replace("_per_s", " a second")
                        .replace("_ratio", "")
                        .replace('_', ' '));
    }

    /** {@code 1 poll}, {@code 1,200 polls}. */
    static String counted(long count, String one, String several) {
        return Decimals.count(count) + " " + (count == 1 ? one : several);
    }
}
