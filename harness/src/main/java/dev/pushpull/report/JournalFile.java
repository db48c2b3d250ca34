package dev.pushpull.report;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code journal.csv}: what happened to each event, step by step, on both sides. */
public final class JournalFile {
    static final String NAME = "journal.csv";
    private static final String ACCEPTED = "the results folder of a live compare, with its " + NAME;

    private JournalFile() {}

    /** Writes it, when there are steps. */
    static void write(List<JournalStep> steps, Path folder) throws IOException {
        if (!steps.isEmpty()) {
            Results.put(folder, NAME, out -> CsvFiles.journal(steps, out));
        }
    }

    /** The steps, none where there is no such file. */
    static List<JournalStep> readIfThere(Path folder) {
        return Files.exists(folder.resolve(NAME)) ? read(folder) : List.of();
    }

    /** @throws dev.pushpull.scenario.InvalidInputException when there is none, or it cannot be read */
    public static List<JournalStep> read(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw Quantity.wrong("RUN", folder.toString(), ACCEPTED);
        }
        List<JournalStep> steps = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                steps.add(new JournalStep(
                        CsvFiles.text(row.getField("mode")),
                        row.getField("consumer").isEmpty() ? -1 : Integer.parseInt(row.getField("consumer")),
                        CsvFiles.text(row.getField("event_id")),
                        Long.parseLong(row.getField("sequence")),
                        JournalStep.Step.valueOf(row.getField("step").toUpperCase(Locale.ROOT)),
                        Integer.parseInt(row.getField("number")),
                        Long.parseLong(row.getField("from_ns")),
                        Long.parseLong(row.getField("until_ns")),
                        row.getField("status").isEmpty() ? 0 : Integer.parseInt(row.getField("status")),
                        CsvFiles.text(row.getField("detail"))));
            }
            return steps;
        } catch (IOException | IllegalArgumentException | CsvParseException | java.util.NoSuchElementException e) {
            throw Quantity.wrong("RUN", file.toString(), "a whole " + NAME);
        }
    }
}
