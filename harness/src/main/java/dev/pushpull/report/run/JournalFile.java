package dev.pushpull.report.run;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.pushpull.report.shared.Csv;
import dev.pushpull.report.shared.ResultFiles;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.Quantity;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code journal.csv}: what happened to each event, step by step, on both sides. */
public final class JournalFile {
    static final String NAME = "journal.csv";
    private static final String ACCEPTED = "the results folder of a live compare, with its " + NAME;

    static final List<String> HEADER = List.of(
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

    private JournalFile() {}

    /** Writes the file if there are steps. */
    static void write(List<JournalStep> steps, Path folder) throws IOException {
        if (!steps.isEmpty()) {
            ResultFiles.put(folder, NAME, out -> write(steps, out));
        }
    }

    /** One row for each step. */
    private static void write(List<JournalStep> steps, Writer out) throws IOException {
        CsvWriter csv = Csv.writer(out);
        csv.writeRecord(HEADER);
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
                    .map(Csv::cell)
                    .toList());
        }
        csv.flush();
    }

    /** The steps; none when the file does not exist. */
    public static List<JournalStep> readIfThere(Path folder) {
        return Files.exists(folder.resolve(NAME)) ? read(folder) : List.of();
    }

    /** @throws dev.pushpull.scenario.InvalidInputException when it does not exist, or cannot be read */
    public static List<JournalStep> read(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw Quantity.wrong("RUN", folder.toString(), ACCEPTED);
        }
        List<JournalStep> steps = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                steps.add(new JournalStep(
                        Csv.text(row.getField("mode")),
                        row.getField("consumer").isEmpty() ? -1 : Integer.parseInt(row.getField("consumer")),
                        Csv.text(row.getField("event_id")),
                        Long.parseLong(row.getField("sequence")),
                        JournalStep.Step.valueOf(row.getField("step").toUpperCase(Locale.ROOT)),
                        Integer.parseInt(row.getField("number")),
                        Long.parseLong(row.getField("from_ns")),
                        Long.parseLong(row.getField("until_ns")),
                        row.getField("status").isEmpty() ? 0 : Integer.parseInt(row.getField("status")),
                        Csv.text(row.getField("detail"))));
            }
            return steps;
        } catch (IOException | IllegalArgumentException | CsvParseException | java.util.NoSuchElementException e) {
            throw Quantity.wrong("RUN", file.toString(), "a whole " + NAME);
        }
    }
}
