package dev.pushpull.report.shared;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.Secrets;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The format of all our CSV files. */
public final class Csv {
    /** The start of a text that a spreadsheet would run as a formula. */
    private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\\t\\r]");

    private Csv() {}

    /** Rows by column, under a header that is written even without rows. */
    public static void rows(List<String> header, List<Map<String, Object>> rows, Writer out) throws IOException {
        CsvWriter csv = writer(out);
        csv.writeRecord(header);
        for (Map<String, Object> row : rows) {
            csv.writeRecord(header.stream().map(column -> cell(row.get(column))).toList());
        }
        csv.flush();
    }

    /** A table as it is. */
    public static void table(EvidenceTable table, Writer out) throws IOException {
        CsvWriter csv = writer(out);
        csv.writeRecord(table.columns());
        for (List<Object> row : table.rows()) {
            csv.writeRecord(row.stream().map(Csv::cell).toList());
        }
        csv.flush();
    }

    /**
     * A value as a file contains it: a figure unchanged, a text without secrets and, where a spreadsheet would take it
     * for a formula, with an apostrophe before it. A text that already starts with an apostrophe gets another, so that
     * it can be removed again.
     */
    public static String cell(Object value) {
        if (!(value instanceof String text)) {
            return Decimals.cell(value);
        }
        String shown = Secrets.masked(text);
        return FORMULA.matcher(shown).lookingAt() ? "'" + shown : shown;
    }

    /** The text of a cell as it was before it was written. */
    public static String text(String cell) {
        return cell.startsWith("'") && FORMULA.matcher(cell).lookingAt() ? cell.substring(1) : cell;
    }

    public static CsvWriter writer(Writer out) {
        return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
    }
}
