package dev.pushpull.report.stored;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.pushpull.report.shared.Csv;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.scenario.PartRecord;
import dev.pushpull.scenario.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What a poller or a receiver that ran alone saw, read back.
 *
 * @param run its record
 * @param boot which boot of which machine its clock is of; empty when its {@code run.json} does not tell
 * @param items in the order in which they were written
 * @param polls of a poller, in their order; empty of a receiver, and of a poller that did not write them down
 * @param listed the file that the items are from
 */
public record StoredItems(PartRecord run, Optional<String> boot, List<Item> items, List<Poll> polls, Path listed) {
    /** The fact of a run's environment that tells whose clock it has. */
    public static final String BOOT = "boot";

    /**
     * One item.
     *
     * @param atNanos when it was seen, since 1970, by its run's clock
     * @param poll the number of the poll; 0 for a receiver's
     */
    public record Item(String id, String version, long atNanos, long poll, OptionalLong sourceNanos) {}

    /**
     * One poll; its times are since 1970.
     *
     * @param read whether it was read to its end
     * @param whole whether it showed the whole list
     */
    public record Poll(long number, long startedNanos, long endedNanos, boolean read, boolean whole) {}

    /**
     * @param flag that named the folder
     * @throws dev.pushpull.scenario.InvalidInputException when it is not the folder of a poller or a receiver
     */
    public static StoredItems read(String flag, Path folder) {
        JsonNode tree = RunJson.tree(folder);
        String command = tree.path("command").asText();
        if (!command.equals("poll") && !command.equals("receive")) {
            throw Quantity.wrong(
                    flag, folder.toString(), "the results folder of 'pushpull poll' or 'pushpull receive'");
        }
        PartRecord run = RunJson.record(tree, PartRecord.class, folder);
        Path items = folder.resolve("items.csv");
        Path listed = Files.isRegularFile(items) ? items : folder.resolve("deliveries.csv");
        Path polls = folder.resolve("polls.csv");
        return new StoredItems(
                run,
                Optional.ofNullable(run.environment().get(BOOT)),
                rows(flag, listed, StoredItems::item),
                Files.isRegularFile(polls) ? rows(flag, polls, StoredItems::poll) : List.of(),
                listed);
    }

    private static Item item(NamedCsvRecord row) {
        String id = row.findField("id").orElseGet(() -> row.getField("delivery_id"));
        return new Item(
                Csv.text(id),
                row.findField("version").map(Csv::text).orElse(""),
                nanos(row.getField("received_at")),
                row.findField("poll").map(Long::parseLong).orElse(0L),
                source(row));
    }

    private static Poll poll(NamedCsvRecord row) {
        return new Poll(
                Long.parseLong(row.getField("poll")),
                nanos(row.getField("started_at")),
                nanos(row.getField("ended_at")),
                Boolean.parseBoolean(row.getField("read")),
                Boolean.parseBoolean(row.getField("whole")));
    }

    private static <T> List<T> rows(String flag, Path file, Function<NamedCsvRecord, T> read) {
        List<T> all = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                all.add(read.apply(row));
            }
            return all;
        } catch (IOException
                | NumberFormatException
                | DateTimeException
                | CsvParseException
                | java.util.NoSuchElementException e) {
            throw Quantity.wrong(flag, file.toString(), "a whole file of items or polls with their times");
        }
    }

    /** Its own time, as written or by how late it was. */
    private static OptionalLong source(NamedCsvRecord row) {
        Optional<String> told = row.findField("source_time")
                .or(() -> row.findField("source_at"))
                .filter(text -> !text.isEmpty());
        Optional<String> late = row.findField("latency_ms").filter(text -> !text.isEmpty());
        return told.map(text -> OptionalLong.of(nanos(text)))
                .or(() -> late.map(text -> OptionalLong.of(
                        nanos(row.getField("received_at")) - Math.round(1e6 * Double.parseDouble(text)))))
                .orElse(OptionalLong.empty());
    }

    private static long nanos(String text) {
        Instant time = Instant.parse(text);
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }

    /** Nanoseconds since 1970. */
    public long startedNanos() {
        return nanos(run.startedAt());
    }

    /** A figure; 0 when it has none. */
    public double figure(String column) {
        return run.figures().get(column) instanceof Number number ? number.doubleValue() : 0;
    }
}
