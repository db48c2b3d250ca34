package dev.pushpull.report.shared;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.pushpull.scenario.AgreementLine;
import dev.pushpull.scenario.Metric;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The CSV files that single runs and the cells of a sweep share. */
public final class RunCsv {
    public static final List<String> AGREEMENT_HEADER = List.of(
            "mode", "metric", "measured", "ci_low", "ci_high", "simulated", "predicted", "tolerance", "verdict");

    /** The cell of a sweep that a row belongs to. */
    private static final List<String> CELL_HEADER = List.of("interval_s", "rate_per_s");

    private RunCsv() {}

    /** One row for each run, trial and mode. */
    public static void summary(List<RunRecord> runs, Writer out) throws IOException {
        CsvWriter csv = Csv.writer(out);
        csv.writeRecord(Metrics.SUMMARY.stream().map(Metric::column).toList());
        for (RunRecord run : runs) {
            for (Outcome outcome : run.outcomes()) {
                csv.writeRecord(Metrics.row(run, outcome).values().stream()
                        .map(Csv::cell)
                        .toList());
            }
        }
        csv.flush();
    }

    /** Measured, simulated and predicted side by side, one row for each mode and figure. */
    public static void agreement(RunRecord run, Writer out) throws IOException {
        CsvWriter csv = Csv.writer(out);
        csv.writeRecord(AGREEMENT_HEADER);
        for (AgreementLine line : run.agreement()) {
            csv.writeRecord(agreed(line).map(Csv::cell).toList());
        }
        csv.flush();
    }

    /** The same for the cells of a sweep, with the columns that identify the cell at the end. */
    public static void agreement(List<RunRecord> cells, Writer out) throws IOException {
        CsvWriter csv = Csv.writer(out);
        csv.writeRecord(
                Stream.concat(AGREEMENT_HEADER.stream(), CELL_HEADER.stream()).toList());
        for (RunRecord cell : cells) {
            List<Object> where = CELL_HEADER.stream()
                    .map(column -> Metrics.named(column).orElseThrow().read(cell, null))
                    .toList();
            for (AgreementLine line : cell.agreement()) {
                csv.writeRecord(Stream.concat(agreed(line), where.stream())
                        .map(Csv::cell)
                        .toList());
            }
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
}
