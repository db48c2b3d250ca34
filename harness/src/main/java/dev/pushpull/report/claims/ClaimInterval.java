package dev.pushpull.report.claims;

import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import dev.pushpull.scenario.EvidenceTable;
import java.util.List;
import java.util.Optional;

/**
 * The 95 % interval of a claim's figure, as its evidence has it: beside the cited column, in columns with {@code low}
 * and {@code high} in their names, in the row that holds the figure.
 */
record ClaimInterval(double low, double high) {
    /** Empty when the evidence has no such columns, or no row with this very value. */
    static Optional<ClaimInterval> of(ClaimFinding finding, Figure figure, double value) {
        int colon = figure.evidence().indexOf(": ");
        if (colon < 0) {
            return Optional.empty();
        }
        String path = figure.evidence().substring(0, colon);
        List<String> cited = List.of(figure.evidence().substring(colon + 2).split(", "));
        return finding.evidence().stream()
                .filter(table -> table.path().equals(path))
                .findFirst()
                .flatMap(table -> in(table, cited.get(cited.size() - 1), value));
    }

    private static Optional<ClaimInterval> in(EvidenceTable table, String column, double value) {
        int at = table.columns().indexOf(column);
        int low = table.columns().indexOf(with(column, "low"));
        int high = table.columns().indexOf(with(column, "high"));
        if (at < 0 || low < 0 || high < 0) {
            return Optional.empty();
        }
        return table.rows().stream()
                .filter(row -> row.get(at) instanceof Number number && number.doubleValue() == value)
                .filter(row -> row.get(low) instanceof Number && row.get(high) instanceof Number)
                .findFirst()
                .map(row -> new ClaimInterval(
                        ((Number) row.get(low)).doubleValue(), ((Number) row.get(high)).doubleValue()));
    }

    /** {@code latency_mean_ms} becomes {@code latency_mean_low_ms}: the unit stays at the end. */
    private static String with(String column, String end) {
        return column.matches(".*_(ms|us|s)")
                ? column.replaceFirst("_(ms|us|s)$", "_" + end + "_$1")
                : column + "_" + end;
    }
}
