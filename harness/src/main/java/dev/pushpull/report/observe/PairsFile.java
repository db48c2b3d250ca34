package dev.pushpull.report.observe;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import dev.pushpull.report.shared.Csv;
import dev.pushpull.report.shared.ResultFiles;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.ObservedPair;
import dev.pushpull.scenario.Quantity;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * {@code pairs.csv}, a row for each item as soon as its outcome is certain. It grows in its place rather than under a
 * temporary name: it may do so for weeks, and each row that was decided outlives whatever happens to the program.
 */
public final class PairsFile implements AutoCloseable {
    public static final String NAME = "pairs.csv";

    /** Items that were not decided when the results were last written while it went on. */
    private static final String UNDECIDED = "undecided.csv";

    private static final List<String> HEADER = List.of(
            "id", "version", "source_time", "pushed_at", "polled_at", "poll_no", "sooner_ms", "duplicates", "outcome");
    private static final DateTimeFormatter NINE_DIGITS =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

    private final Path folder;
    private final UnaryOperator<String> masked;
    private final Consumer<String> trouble;
    private final Writer out;
    private final CsvWriter csv;
    private long notWritten;

    /**
     * @param masked removes secrets from what the other side wrote
     * @param trouble is told once when a row cannot be written
     * @throws IOException when the file cannot be made
     */
    public PairsFile(Path folder, UnaryOperator<String> masked, Consumer<String> trouble) throws IOException {
        this.folder = folder;
        this.masked = masked;
        this.trouble = trouble;
        out = new BufferedWriter(Files.newBufferedWriter(
                folder.resolve(NAME), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        csv = Csv.writer(out);
        csv.writeRecord(HEADER);
        csv.flush();
    }

    /** Writes a row, which is then in the file even if the program is killed. */
    public synchronized void add(ObservedPair pair) {
        try {
            csv.writeRecord(row(pair));
            csv.flush();
        } catch (IOException | UncheckedIOException e) {
            if (notWritten++ == 0) {
                trouble.accept("%s cannot be written: %s".formatted(folder.resolve(NAME), Failures.sentence(e)));
            }
        }
    }

    /** Rows that could not be written. */
    public synchronized long notWritten() {
        return notWritten;
    }

    /** Writes down what is not decided yet, in case the program should be killed. */
    public void keep(List<ObservedPair> undecided) throws IOException {
        ResultFiles.put(folder, UNDECIDED, file -> {
            CsvWriter rows = Csv.writer(file);
            rows.writeRecord(HEADER);
            undecided.forEach(pair -> rows.writeRecord(row(pair)));
            rows.flush();
        });
    }

    /** Everything is decided and written. */
    @Override
    public synchronized void close() throws IOException {
        csv.close();
        if (notWritten == 0) {
            Files.deleteIfExists(folder.resolve(UNDECIDED));
        }
    }

    private List<String> row(ObservedPair pair) {
        return Stream.of(
                        masked.apply(pair.id()),
                        masked.apply(pair.version()),
                        time(pair.sourceNanos()),
                        time(pair.pushedNanos()),
                        time(pair.polledNanos()),
                        pair.poll() == 0 ? "" : pair.poll(),
                        pair.soonerMillis().isPresent() ? pair.soonerMillis().getAsDouble() : "",
                        pair.duplicates(),
                        pair.outcome().text())
                .map(Csv::cell)
                .toList();
    }

    private static String time(OptionalLong nanos) {
        return nanos.isPresent() ? NINE_DIGITS.format(Instant.ofEpochSecond(0, nanos.getAsLong())) : "";
    }

    /**
     * Reads which items an earlier run saw, whatever became of them. A last row that is cut off is left out: the program
     * was killed while it wrote it.
     *
     * @param seen is given each id and version
     * @throws dev.pushpull.scenario.InvalidInputException when there is no such file
     */
    public static void read(Path folder, BiConsumer<String, String> seen) {
        if (!Files.isRegularFile(folder.resolve(NAME))) {
            throw Quantity.wrong("--continue", folder.toString(), "the results folder of 'pushpull observe'");
        }
        rows(folder.resolve(NAME), seen);
        if (Files.isRegularFile(folder.resolve(UNDECIDED))) {
            rows(folder.resolve(UNDECIDED), seen);
        }
    }

    private static void rows(Path file, BiConsumer<String, String> seen) {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder()
                .missingFieldStrategy(FieldMismatchStrategy.SKIP)
                .ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                if (row.getFieldCount() == HEADER.size()
                        && !row.getField("outcome").isEmpty()) {
                    seen.accept(Csv.text(row.getField("id")), Csv.text(row.getField("version")));
                }
            }
        } catch (IOException | CsvParseException | java.util.NoSuchElementException e) {
            throw Quantity.wrong("--continue", file.toString(), "a whole " + NAME);
        }
    }
}
