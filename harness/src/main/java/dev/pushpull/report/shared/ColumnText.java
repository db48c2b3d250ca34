package dev.pushpull.report.shared;

/** Columns of results that are no metrics of a run: their names and values for people, by the unit at the end of the name. */
public final class ColumnText {
    private ColumnText() {}

    /** {@code latency_p50_ms} as {@code latency p50}. */
    public static String label(String column) {
        return FigureNames.of(column)
                .map(FigureNames::label)
                .orElseGet(() -> column.replaceFirst("(?<!_per)_(s|ms)$", "")
                        .replace("_per_s", "") // its value says so
                        .replace("_ratio", "")
                        .replace('_', ' '));
    }

    /** The value with its unit. */
    public static String text(String column, Number value) {
        double exact = value.doubleValue();
        if (column.endsWith("_ms")) {
            return Decimals.milliseconds(exact);
        }
        if (column.endsWith("_per_s")) {
            return Decimals.setting(Decimals.rounded(exact)) + "/s";
        }
        if (column.equals("duration_s") || column.equals("measured_s") || column.equals("interval_s")) {
            return Decimals.span(Math.round(1e9 * Decimals.rounded(exact)));
        }
        if (column.endsWith("_s")) {
            return Decimals.milliseconds(1_000 * exact);
        }
        if (column.endsWith("_ratio")) {
            return Decimals.percent(exact);
        }
        String count = value instanceof Double ? Decimals.significant(exact) : Decimals.count(value.longValue());
        return column.startsWith("bytes_") ? count + " B" : count;
    }
}
