package dev.pushpull.report.standalone;

import dev.pushpull.report.shared.ColumnText;
import dev.pushpull.report.shared.Decimals;
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
        return ColumnText.text(column, number);
    }

    /** {@code 1 poll}, {@code 1,200 polls}. */
    static String counted(long count, String one, String several) {
        return Decimals.count(count) + " " + (count == 1 ? one : several);
    }
}
