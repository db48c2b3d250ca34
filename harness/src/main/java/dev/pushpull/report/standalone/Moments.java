package dev.pushpull.report.standalone;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.scenario.EvidenceTable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When single things happened, and how long each took, for a chart.
 *
 * @param name of what took so long
 * @param seconds since the start
 * @param millis one for each
 * @param told what the chart shows, for those who cannot see it
 */
record Moments(String name, List<Double> seconds, List<Double> millis, String told) {
    private static final int MOST = 2_000;

    /** Of a table with a time and a duration in each row; empty when fewer than two rows have both. */
    static Optional<Moments> of(EvidenceTable table) {
        int at = column(table, "received_s", "sent_s");
        int took = column(table, "latency_ms", "took_ms");
        if (at < 0 || took < 0) {
            return Optional.empty();
        }
        List<List<Object>> rows = table.rows().stream()
                .filter(row -> row.get(at) instanceof Number && row.get(took) instanceof Number)
                .sorted(Comparator.comparingDouble(row -> number(row, at)))
                .limit(MOST)
                .toList();
        if (rows.size() < 2) {
            return Optional.empty();
        }
        boolean delay = table.columns().get(took).equals("latency_ms");
        String name = delay ? "Delay from event to receipt" : "Time until the answer";
        String told = "%s of %s %s one by one over the time since the start. The figures are in the table below."
                .formatted(name, Decimals.count(rows.size()), table.name());
        return Optional.of(new Moments(
                name,
                rows.stream().map(row -> number(row, at)).toList(),
                rows.stream().map(row -> number(row, took)).toList(),
                told));
    }

    private static double number(List<Object> row, int column) {
        return Decimals.drawn(((Number) row.get(column)).doubleValue());
    }

    private static int column(EvidenceTable table, String... names) {
        for (String name : names) {
            if (table.columns().contains(name)) {
                return table.columns().indexOf(name);
            }
        }
        return -1;
    }
}
