package dev.pushpull.report.bench;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.pushpull.scenario.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * One block of {@code peers.csv}: one driver against one server for some seconds. NaN means that a figure does not
 * exist.
 *
 * @param round blocks of one round are neighbours in time, and are compared only with each other
 * @param setting the driver, the server and how one drives the other
 * @param offeredPerSecond in an open loop
 * @param requestsPerSecond over the time in which the machine did not stall, scaled to the speed that the machine had in
 *     most blocks; as reported where nobody listened to the machine
 * @param driverCpuMicros of the driver's process, for each request
 * @param serverCpuMicros of the server's process, for each request
 */
record PeerBlock(
        int round,
        Setting setting,
        double offeredPerSecond,
        double requestsPerSecond,
        double p50Millis,
        double p99Millis,
        long errors,
        double driverCpuMicros,
        double serverCpuMicros) {
    static final String FILE = "peers.csv";
    private static final String ACCEPTED = "a folder that scripts/peers wrote, with its " + FILE;

    /**
     * The driver and the server.
     *
     * @param driver the tool
     * @param server the one under load: source, nginx, receiver
     * @param loop closed (the next request follows an answer) or open (a request comes when it is due)
     */
    record Setting(String driver, String server, String loop) {
        static final String OPEN = "open";

        boolean isOpen() {
            return loop.equals(OPEN);
        }
    }

    /** @throws dev.pushpull.scenario.InvalidInputException when there is none, or it cannot be read */
    static List<PeerBlock> read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw Quantity.wrong("FOLDER", folder.toString(), ACCEPTED);
        }
        List<PeerBlock> blocks = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
            List<NamedCsvRecord> rows = csv.stream().toList();
            double typicalPerSecond = PeerFigure.median(rows.stream()
                    .map(row -> optional(row, "reference_per_s"))
                    .filter(Double::isFinite)
                    .toList());
            for (NamedCsvRecord row : rows) {
                blocks.add(new PeerBlock(
                        Integer.parseInt(row.getField("round")),
                        new Setting(row.getField("driver"), row.getField("server"), row.getField("loop")),
                        number(row, "offered_per_s"),
                        number(row, "requests_per_s") * undisturbed(row, typicalPerSecond),
                        number(row, "p50_ms"),
                        number(row, "p99_ms"),
                        Long.parseLong(row.getField("errors")),
                        number(row, "driver_cpu_us"),
                        number(row, "server_cpu_us")));
            }
            return blocks;
        } catch (IOException | IllegalArgumentException | CsvParseException | NoSuchElementException e) {
            throw Quantity.wrong("FOLDER", file.toString(), "a whole " + FILE);
        }
    }

    /** In how many rounds requests came when they were due, whatever the answers. */
    static long openRounds(List<PeerBlock> blocks) {
        return blocks.stream()
                .filter(block -> block.setting().isOpen())
                .map(PeerBlock::round)
                .distinct()
                .count();
    }

    /** What the machine's stalls and its speed of the moment took away, as a factor. */
    private static double undisturbed(NamedCsvRecord row, double typicalPerSecond) {
        double seconds = number(row, "seconds");
        double stalled = optional(row, "stalled_s");
        double reference = optional(row, "reference_per_s");
        double lost = Double.isFinite(stalled) && stalled < seconds ? seconds / (seconds - stalled) : 1;
        return Double.isFinite(reference) && reference > 0 ? lost * typicalPerSecond / reference : lost;
    }

    /** NaN where it is empty, or where an older file has no such column. */
    private static double optional(NamedCsvRecord row, String column) {
        String cell = row.findField(column).orElse("");
        return cell.isEmpty() || cell.equals("-") ? Double.NaN : Double.parseDouble(cell);
    }

    private static double number(NamedCsvRecord row, String column) {
        String cell = row.getField(column);
        return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    }
}
