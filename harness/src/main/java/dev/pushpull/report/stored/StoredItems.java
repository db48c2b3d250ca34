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

/**
 * What a poller or a receiver that ran alone saw, read back.
 *
 * @param run its record
 * @param boot which boot of which machine its clock is of; empty when its {@code run.json} does not tell
 * @param items in the order in which they were written
 * @param listed the file they are from
 */
public record StoredItems(PartRecord run, Optional<String> boot, List<Item> items, Path listed) {
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
        return new StoredItems(run, Optional.ofNullable(run.environment().get(BOOT)), items(flag, listed), listed);
    }

    private static List<Item> items(String flag, Path file) {
        List<Item> items = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                String id = row.findField("id").orElseGet(() -> row.getField("delivery_id"));
                items.add(new Item(
                        Csv.text(id),
                        row.findField("version").map(Csv::text).orElse(""),
                        nanos(row.getField("received_at")),
                        row.findField("poll").map(Long::parseLong).orElse(0L),
                        source(row)));
            }
            return items;
        } catch (IOException
                | NumberFormatException
                | DateTimeException
                | CsvParseException
                | java.util.NoSuchElementException e) {
            throw Quantity.wrong(flag, file.toString(), "a whole file of items with their times (received_at)");
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
