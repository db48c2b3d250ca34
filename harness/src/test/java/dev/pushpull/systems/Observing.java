package dev.pushpull.systems;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code observe} in a process of its own, with flags as a user would give them, until it is told to stop. */
final class Observing implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofMillis(500);

    private final SystemProcess process;
    private final Path results;

    private Observing(SystemProcess process, Path results) {
        this.process = process;
        this.results = results;
    }

    /** What it found. */
    record Found(List<NamedCsvRecord> pairs, NamedCsvRecord polls, NamedCsvRecord pushes, String said) {
        long of(String outcome) {
            return pairs.stream()
                    .filter(pair -> pair.getField("outcome").equals(outcome))
                    .count();
        }

        /** Of all pushes, also those of items whose row was written before. */
        long duplicates() {
            return Long.parseLong(pushes.getField("duplicates"));
        }

        /** The ids that have this outcome. */
        List<String> ids(String outcome) {
            return pairs.stream()
                    .filter(pair -> pair.getField("outcome").equals(outcome))
                    .map(pair -> pair.getField("id"))
                    .toList();
        }

        /** A line to quote. */
        String quoted(String system, long independent) {
            return "%s: items %d, pairs %s, sooner p50 %s ms, missed by poll %s, missed by push %s, the system itself %d"
                    .formatted(
                            system,
                            pairs.size(),
                            pushes.getField("pairs"),
                            pushes.getField("sooner_p50_ms"),
                            polls.getField("missed_by_poll"),
                            pushes.getField("missed_by_push"),
                            independent);
        }
    }

    /**
     * Starts it and waits until it is ready, and until what is seen from now on can be called missed.
     *
     * @param secret empty for none
     */
    static Observing started(Path directory, int port, String secret, List<String> flags) throws IOException {
        Path results = directory.resolve("observed");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1", // it lives for seconds
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.pushpull.cli.Main",
                "observe",
                "--interval",
                INTERVAL.toMillis() + "ms",
                "--grace",
                GRACE.toMillis() + "ms",
                "--receive",
                "127.0.0.1:" + port + "/hook",
                "--out",
                results.toString()));
        command.addAll(flags);
        if (!secret.isEmpty()) {
            Path file = Files.writeString(directory.resolve("secret"), secret + "\n");
            command.addAll(List.of("--secret-file", file.toString()));
        }
        Observing observing = new Observing(SystemProcess.start(directory, Map.of(), command), results);
        try {
            observing.process.await(
                    "observe is ready", () -> observing.process.said().contains("observe: ready"));
        } catch (AssertionError e) {
            observing.close();
            throw e;
        }
        observing.passMargin();
        return observing;
    }

    /** Waits until it has told of a push of this item. */
    void sawPushed(String id) {
        saw("push ", id);
    }

    /** Waits until it has told of a poll that brought this item. */
    void sawPolled(String id) {
        saw("poll ", id);
    }

    /** Waits until it has told of so many pushes. */
    void sawPushes(int count) {
        process.await(
                count + " pushes",
                () -> process.said()
                                .lines()
                                .filter(line -> line.startsWith("push "))
                                .count()
                        >= count);
    }

    private void saw(String way, String id) {
        process.await(
                way + "brings " + id,
                () -> process.said().lines().anyMatch(line -> line.startsWith(way) && line.contains(id)));
    }

    /** Lets so much time pass that what was caused before is certain. */
    private void passMargin() {
        long until = System.nanoTime() + INTERVAL.plus(GRACE).toNanos();
        eventually("the margin is over", () -> System.nanoTime() - until >= 0);
    }

    /** Lets what was caused become certain, stops it as Ctrl-C does, and reads its results. */
    Found ended() throws IOException, InterruptedException {
        passMargin();
        passMargin(); // the first poll after the margin may have just begun when it was over
        process.interrupt();
        assertThat(process.exitCode()).as(process.said()).isEqualTo(130);
        List<NamedCsvRecord> sides = rows("summary.csv");
        return new Found(rows("pairs.csv"), sides.get(0), sides.get(1), process.said());
    }

    private List<NamedCsvRecord> rows(String file) throws IOException {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(results.resolve(file));
                Stream<NamedCsvRecord> rows = reader.stream()) {
            return rows.toList();
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
