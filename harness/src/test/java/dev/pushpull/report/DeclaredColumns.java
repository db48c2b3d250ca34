package dev.pushpull.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The columns of the CSV files that declare them in this room, for {@code docs/results.md}. */
public final class DeclaredColumns {
    private DeclaredColumns() {}

    /** By file name. */
    public static Map<String, List<String>> byFile() {
        Map<String, List<String>> columns = new LinkedHashMap<>();
        columns.put("timeline.csv", CsvFiles.TIMELINE_HEADER);
        columns.put("agreement.csv", CsvFiles.AGREEMENT_HEADER);
        columns.put("journal.csv", CsvFiles.JOURNAL_HEADER);
        columns.put("claims.csv", CsvFiles.CLAIMS_HEADER);
        columns.put("capacity.csv", CapacityRows.header());
        return columns;
    }
}
