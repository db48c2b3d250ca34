package dev.pushpull.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.pushpull.scenario.AgreementLine;
import dev.pushpull.scenario.CapacityFinding;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.Metric;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Secrets;
import dev.pushpull.scenario.TimelineSecond;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The CSV files of a run. */
final class CsvFiles {
    static final List<String> TIMELINE_HEADER = List.of(
            "second",
            "mode",
            "events",
            "deliveries",
            "requests",
            "empty_requests",
            "bytes_to_provider",
            "bytes_to_consumer",
            "trial");

    static final List<String> AGREEMENT_HEADER = List.of(
            "mode", "metric", "measured", "ci_low", "ci_high", "simulated", "predicted", "tolerance", "verdict");

    static final List<String> CLAIMS_HEADER = List.of(
            "claim",
            "section",
            "statement",
            "metric",
            "unit",
            "polling",
            "webhook",
            "bound",
            "verdict",
            "evidence",
            "polling_predicted",
            "webhook_predicted",
            "reason");

    static final List<String> JOURNAL_HEADER = List.of(
            "mode",
            "consumer",
            "event_id",
            "sequence",
            "side",
            "step",
            "number",
            "from_ns",
            "until_ns",
            "status",
            "detail");

    /** Which cell of a sweep a row belongs to. */
    private static final List<String> CELL_HEADER = List.of("interval_s", "rate_per_s");

    /** How a text begins that a spreadsheet runs. */
    private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\\t\\r]");

    private CsvFiles() {}

    /** One row a run, trial and mode. */
    static void summary(List<RunRecord> runs, Writer out) throws IOException {
        CsvWriter csv = writer(out);
        csv.writeRecord(Metrics.SUMMARY.stream().map(Metric::column).toList());
        for (RunRecord run : runs) {
            for (Outcome outcome : run.outcomes()) {
                csv.writeRecord(Metrics.row(run, outcome).values().stream()
                        .map(CsvFiles::cell)
                        .toList());
            }
        }
        csv.flush();
    }

    /** One row a trial, second and mode, in the order of time. */
    static void timeline(RunRecord run, Writer out) throws IOException {
        record Row(int trial, String mode, TimelineSecond second) {}
        List<Row> rows = new ArrayList<>();
        for (Outcome outcome : run.outcomes()) {
            outcome.timeline().forEach(second -> rows.add(new Row(outcome.trial(), outcome.mode(), second)));
        }
        rows.sort(Comparator.comparingInt(Row::trial)
                .thenComparingLong(row -> row.second().second()));
        CsvWriter csv = writer(out);
        csv.writeRecord(TIMELINE_HEADER);
        for (Row row : rows) {
            TimelineSecond second = row.second();
            csv.writeRecord(Stream.of(
                            second.second(),
                            row.mode(),
                            second.events(),
                            second.deliveries(),
                            second.requests(),
                            second.emptyRequests(),
                            second.bytesToProvider(),
                            second.bytesToConsumer(),
                            row.trial())
                    .map(CsvFiles::cell)
                    .toList());
        }
        csv.flush();
    }

    /** Measured, simulated and predicted side by side, one row a mode and figure. */
    static void agreement(RunRecord run, Writer out) throws IOException {
        CsvWriter csv = writer(out);
        csv.writeRecord(AGREEMENT_HEADER);
        for (AgreementLine line : run.agreement()) {
            csv.writeRecord(agreed(line).map(CsvFiles::cell).toList());
        }
        csv.flush();
    }

    /** The same for the cells of a sweep, with the columns that tell the cell at the end. */
    static void agreement(List<RunRecord> cells, Writer out) throws IOException {
        CsvWriter csv = writer(out);
        csv.writeRecord(
                Stream.concat(AGREEMENT_HEADER.stream(), CELL_HEADER.stream()).toList());
        for (RunRecord cell : cells) {
            List<Object> where = CELL_HEADER.stream()
                    .map(column -> Metrics.named(column).orElseThrow().read(cell, null))
                    .toList();
            for (AgreementLine line : cell.agreement()) {
                csv.writeRecord(Stream.concat(agreed(line), where.stream())
                        .map(CsvFiles::cell)
                        .toList());
            }
        }
        csv.flush();
    }

    /** One row a figure of a statement. */
    static void claims(List<ClaimFinding> findings, Writer out) throws IOException {
        CsvWriter csv = writer(out);
        csv.writeRecord(CLAIMS_HEADER);
        for (Map<String, Object> row : ClaimRows.of(findings)) {
            csv.writeRecord(
                    CLAIMS_HEADER.stream().map(column -> cell(row.get(column))).toList());
        }
        csv.flush();
    }

    /** One row a step. */
    static void journal(List<JournalStep> steps, Writer out) throws IOException {
        CsvWriter csv = writer(out);
        csv.writeRecord(JOURNAL_HEADER);
        for (JournalStep step : steps) {
            csv.writeRecord(Stream.of(
                            step.mode(),
                            step.consumer() < 0 ? "" : step.consumer(),
                            step.eventId(),
                            step.sequence(),
                            step.step().side(),
                            step.step().name().toLowerCase(Locale.ROOT),
                            step.number(),
                            step.fromNanos(),
                            step.untilNanos(),
                            step.status() == 0 ? "" : step.status(),
                            step.detail())
                    .map(CsvFiles::cell)
                    .toList());
        }
        csv.flush();
    }

    /** One row a step. */
    static void capacity(List<CapacityFinding> findings, Writer out) throws IOException {
        CsvWriter csv = writer(out);
        csv.writeRecord(CapacityRows.header());
        for (Map<String, Object> row : CapacityRows.of(findings)) {
            csv.writeRecord(row.values().stream().map(CsvFiles::cell).toList());
        }
        csv.flush();
    }

    /** Measurements that findings rest on. */
    static void evidence(EvidenceTable table, Writer out) throws IOException {
        CsvWriter csv = writer(out);
        csv.writeRecord(table.columns());
        for (List<Object> row : table.rows()) {
            csv.writeRecord(row.stream().map(CsvFiles::cell).toList());
        }
        csv.flush();
    }

    /** Rows by column, all with the columns of the first. */
    static void rows(List<Map<String, Object>> rows, Writer out) throws IOException {
        CsvWriter csv = writer(out);
        if (!rows.isEmpty()) {
            csv.writeRecord(List.copyOf(rows.get(0).keySet()));
        }
        for (Map<String, Object> row : rows) {
            csv.writeRecord(row.values().stream().map(CsvFiles::cell).toList());
        }
        csv.flush();
    }

    private static Stream<Object> agreed(AgreementLine line) {
        return Stream.of(
                line.mode(),
                line.metric(),
                boxed(line.measured()),
                boxed(line.ciLow()),
                boxed(line.ciHigh()),
                line.simulated(),
                boxed(line.predicted()),
                line.tolerance(),
                line.verdict().words());
    }

    private static Object boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : "";
    }

    /**
     * What a file has for a value: a figure as it is, a text without secrets and, where a spreadsheet would take it for a
     * formula, behind an apostrophe. So that it can be taken off again, one that stands there already gets another.
     */
    static String cell(Object value) {
        if (!(value instanceof String text)) {
            return Decimals.cell(value);
        }
        String shown = Secrets.masked(text);
        return FORMULA.matcher(shown).lookingAt() ? "'" + shown : shown;
    }

    /** The text of a cell, as it was before it was written. */
    static String text(String cell) {
        return cell.startsWith("'") && FORMULA.matcher(cell).lookingAt() ? cell.substring(1) : cell;
    }

    static CsvWriter writer(Writer out) {
        return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
    }
}
