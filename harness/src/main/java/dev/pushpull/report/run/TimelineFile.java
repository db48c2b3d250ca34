package dev.pushpull.report.run;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.pushpull.report.shared.Csv;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.TimelineSecond;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** {@code timeline.csv}: what happened in each second. */
final class TimelineFile {
    static final List<String> HEADER = List.of(
            "second",
            "mode",
            "events",
            "deliveries",
            "requests",
            "empty_requests",
            "bytes_to_provider",
            "bytes_to_consumer",
            "trial",
            "held_connections");

    private TimelineFile() {}

    /** One row for each trial, second and mode, ordered by time. */
    static void write(RunRecord run, Writer out) throws IOException {
        record Row(int trial, String mode, TimelineSecond second) {}
        List<Row> rows = new ArrayList<>();
        for (Outcome outcome : run.outcomes()) {
            outcome.timeline().forEach(second -> rows.add(new Row(outcome.trial(), outcome.mode(), second)));
        }
        rows.sort(Comparator.comparingInt(Row::trial)
                .thenComparingLong(row -> row.second().second()));
        CsvWriter csv = Csv.writer(out);
        csv.writeRecord(HEADER);
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
                            row.trial(),
                            second.heldConnections())
                    .map(Csv::cell)
                    .toList());
        }
        csv.flush();
    }
}
