package dev.pushpull.report.run;

import dev.pushpull.report.capacity.CapacityRows;
import dev.pushpull.report.claims.ClaimRows;
import dev.pushpull.report.shared.RunCsv;
import dev.pushpull.report.sweep.SweepCrossovers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns of the CSV files declared in this room, for {@code docs/results.md}. */
public final class DeclaredColumns {
    private DeclaredColumns() {}

    /** By file name. */
    public static Map<String, List<String>> byFile() {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        columns.put("timeline.csv", TimelineFile.HEADER);
        columns.put("agreement.csv", RunCsv.AGREEMENT_HEADER);
        columns.put("journal.csv", JournalFile.HEADER);
        columns.put("crossovers.csv", SweepCrossovers.HEADER);
        columns.put("claims.csv", ClaimRows.HEADER);
        columns.put("capacity.csv", CapacityRows.header());
        return columns;
    }
}
