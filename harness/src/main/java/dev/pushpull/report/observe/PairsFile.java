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
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /**
     * Items that were not decided when the results were last written while it went on, and after them a row for each change
     * of an item since then: the last row of an item counts, unless it is decided by now.
     */
    private static final String UNDECIDED = "undecided.csv";

    /** The folder of the run that this one continues, if it does. */
    private static final String CONTINUES = "continues.txt";

    private static final List<String> HEADER = List.of(
            "id", "version", "source_time", "pushed_at", "polled_at", "poll_no", "sooner_ms", "duplicates", "outcome");
    private static final DateTimeFormatter NINE_DIGITS =
            new DateTimeFormatterBuilder().appendInstant(9).toFormatter();

    private final Path folder;
    private final UnaryOperator<String> masked;
    private final Consumer<String> trouble;
    private final Writer out;
    private final CsvWriter csv;
    private CsvWriter changes;
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
        keep(List.of());
    }

    /** Says which run this one continues, so that what that one saw is known to those that continue this one. */
    public static void continues(Path folder, Path run) throws IOException {
        Files.writeString(folder.resolve(CONTINUES), run.toRealPath() + "\n");
    }

    /** The run and those that it continues, the latest first. */
    public static List<Path> continued(Path run) {
        List<Path> runs = new ArrayList<>();
        for (Optional<Path> next = Optional.of(run); next.isPresent(); ) {
            Path folder = next.get();
            if (!Files.isRegularFile(folder.resolve(NAME)) || runs.contains(folder)) {
                throw Quantity.wrong(
                        "--continue",
                        folder.toString(),
                        "the results folder of 'pushpull observe', with those that it continues");
            }
            runs.add(folder);
            Path earlier = folder.resolve(CONTINUES);
            try {
                next = Files.isRegularFile(earlier)
                        ? Optional.of(Path.of(Files.readString(earlier).strip()))
                        : Optional.empty();
            } catch (IOException | InvalidPathException e) {
                throw Quantity.wrong("--continue", earlier.toString(), "the path of the run that was continued");
            }
        }
        return runs;
    }

    /** Writes down an item that is not decided, in case the program should be killed. */
    public synchronized void change(ObservedPair pair) {
        write(changes, pair, UNDECIDED);
    }

    /** Writes a row, which is then in the file even if the program is killed. */
    public synchronized void add(ObservedPair pair) {
        write(csv, pair, NAME);
    }

    private void write(CsvWriter rows, ObservedPair pair, String name) {
        try {
            rows.writeRecord(row(pair));
            rows.flush();
        } catch (IOException | UncheckedIOException e) {
            if (notWritten++ == 0) {
                trouble.accept("%s cannot be written: %s".formatted(folder.resolve(name), Failures.sentence(e)));
            }
        }
    }

    /** Rows that could not be written. */
    public synchronized long notWritten() {
        return notWritten;
    }

    /** Writes down everything that is not decided yet, in place of its changes so far. */
    public synchronized void keep(List<ObservedPair> undecided) throws IOException {
        ResultFiles.put(folder, UNDECIDED, file -> {
            CsvWriter rows = Csv.writer(file);
            rows.writeRecord(HEADER);
            undecided.forEach(pair -> rows.writeRecord(row(pair)));
            rows.flush();
        });
        if (changes != null) {
            changes.close();
        }
        changes = Csv.writer(new BufferedWriter(
                Files.newBufferedWriter(folder.resolve(UNDECIDED), StandardCharsets.UTF_8, StandardOpenOption.APPEND)));
    }

    /** Everything is decided and written. */
    @Override
    public synchronized void close() throws IOException {
        csv.close();
        changes.close();
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
     * Reads which items a run saw, whatever became of them. A last row that is cut off is left out: the program
     * was killed while it wrote it.
     *
     * @param seen is given each id and version
     * @throws dev.pushpull.scenario.InvalidInputException when there is no such file
     */
    public static void read(Path folder, BiConsumer<String, String> seen) {
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
