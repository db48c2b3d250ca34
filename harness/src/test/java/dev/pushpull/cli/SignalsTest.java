package dev.pushpull.cli;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The program under signals, in a process of its own. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "watches the program's threads in /proc")
@Tag("live")
@Execution(ExecutionMode.CONCURRENT)
class SignalsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long GENEROUS_NANOS = 60_000_000_000L;

    @TempDir
    private Path directory;

    private Path results;

    @BeforeEach
    void chooseFolder() {
        results = directory.resolve("run");
    }

    @Test
    void ctrlCWritesWhatWasMeasuredMarksItPartialAndExitsWith130() throws Exception {
        try (Program program = Program.start(
                directory,
                "compare",
                "--consumers",
                "3",
                "--duration",
                "10m",
                "--rate",
                "20/s",
                "--json",
                "--out",
                results.toString())) {
            awaitMeasuring(program);
            program.signal("INT");
            assertThat(program.exitCode()).as(program.errors()).isEqualTo(ExitCode.INTERRUPTED);
            JsonNode rows = JSON.readTree(program.output()).path("rows");
            assertThat(rows).hasSize(2);
            for (JsonNode row : rows) {
                assertThat(row.path("partial").asBoolean()).isTrue();
                assertThat(row.path("duration_s").asDouble()).isLessThan(600);
                assertThat(row.path("delivered").asLong() + row.path("missed").asLong())
                        .isEqualTo(row.path("expected_deliveries").asLong());
            }
            for (String file : new String[] {
                "report.html",
                "summary.csv",
                "table.md",
                "timeline.csv",
                "latency.hlog",
                "run.json",
                "latency-polling.hgrm",
                "latency-webhook.hgrm"
            }) {
                assertThat(results.resolve(file)).isNotEmptyFile();
            }
            assertThat(Files.readString(results.resolve("report.html"))).containsIgnoringCase("partial");
        }
    }

    @Test
    void ctrlCInASweepKeepsTheCellsMeasuredSoFarAndMarksThemPartial() throws Exception {
        try (Program program = Program.start(
                directory,
                "sweep",
                "--consumers",
                "3",
                "--duration",
                "10m",
                "--interval",
                "100ms,1s",
                "--rate",
                "20/s",
                "--json",
                "--out",
                results.toString())) {
            awaitMeasuring(program);
            program.signal("INT");
            assertThat(program.exitCode()).as(program.errors()).isEqualTo(ExitCode.INTERRUPTED);
            JsonNode rows = JSON.readTree(program.output()).path("rows");
            assertThat(rows).hasSize(2).allMatch(row -> row.path("partial").asBoolean());
            JsonNode record = JSON.readTree(results.resolve("run.json").toFile());
            assertThat(record.path("partial").asBoolean()).isTrue();
            assertThat(record.path("planned").asInt()).isEqualTo(2);
            assertThat(record.path("cells")).hasSize(1);
            assertThat(Files.readString(results.resolve("report.html"))).contains("PARTIAL", "1 of 2 cells");
        }
    }

    /** A closed loop would wait with its next request until the last one returned, and would never see the stall. */
    @Test
    void aStopOfTheWholeProcessShowsInBothModesAsLatencyAndLateness() throws Exception {
        try (Program program = Program.start(
                directory,
                "compare",
                "--consumers",
                "3",
                "--duration",
                "6s",
                "--rate",
                "5/s",
                "--json",
                "--out",
                results.toString())) {
            awaitMeasuring(program);
            Thread.sleep(1_000); // well into the measured time; how far does not matter
            program.signal("STOP");
            Thread.sleep(3_000); // the stall itself
            program.signal("CONT");
            assertThat(program.exitCode()).as(program.errors()).isEqualTo(ExitCode.INVALID);
            assertThat(program.errors()).contains("could not keep pace");
            for (JsonNode row : JSON.readTree(program.output()).path("rows")) {
                assertThat(row.path("latency_max_ms").asDouble())
                        .as(row.path("mode").asText())
                        .isGreaterThan(2_500);
                assertThat(row.path("latency_p95_ms").asDouble())
                        .as("what was due in the stall counts from then, not only what was under way")
                        .isGreaterThan(1_000);
                assertThat(row.path("valid").asBoolean()).isFalse();
                assertThat(row.path("missed").asLong()).isZero();
            }
            assertThat(Files.readString(results.resolve("report.html"))).contains("INVALID");
        }
    }

    @Test
    @Execution(ExecutionMode.SAME_THREAD) // it takes standard output over
    void aFullDiskLeavesTheFiguresOnTheTerminalAndSaysSo() throws Exception {
        Path gone = Files.createDirectory(directory.resolve("gone"));
        List<String> words = List.of("compare --consumers 3 --duration 2s --interval 100ms --json --out".split(" "));
        CompletableFuture<Void> full = CompletableFuture.runAsync(() -> {
            eventually(
                    "it measures",
                    () -> Thread.getAllStackTraces().keySet().stream()
                            .anyMatch(thread -> thread.getName().startsWith("run:harness:")));
            try {
                Files.delete(gone); // like a full disk: nothing more can be written
                Files.writeString(gone, "a file where the folder was");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Said said = Said.by(
                "", Stream.concat(words.stream(), Stream.of(gone.toString())).toList());
        full.join();
        assertThat(said.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(said.errors()).contains("the results could not be written").hasLineCount(1);
        assertThat(JSON.readTree(said.output()).path("rows")).hasSize(2);
    }

    @Test
    void ctrlCDoesNotHideThatTheResultsOfAPartCouldNotBeWritten() throws Exception {
        Path gone = Files.createDirectory(directory.resolve("gone"));
        try (Program program = Program.start(directory, "serve", "--port", "0", "--out", gone.toString())) {
            await(program, () -> program.errors().contains("Serving at"));
            Files.delete(gone); // like a full disk: nothing more can be written
            Files.writeString(gone, "a file where the folder was");
            program.signal("INT");
            assertThat(program.exitCode()).as(program.errors()).isEqualTo(ExitCode.FAILED);
            assertThat(program.errors())
                    .contains("the results could not be written to " + gone, "events not kept")
                    .as("no folder is named that holds nothing")
                    .doesNotContain("Results:");
        }
    }

    /** The measuring threads have started. */
    private static void awaitMeasuring(Program program) throws IOException, InterruptedException {
        await(program, () -> program.hasThread("run:harness:"));
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Program program, Condition condition) throws IOException, InterruptedException {
        long giveUp = System.nanoTime() + GENEROUS_NANOS;
        while (!condition.holds()) {
            assertThat(program.isAlive()).as(program.errors()).isTrue();
            assertThat(System.nanoTime()).as("the program does not begin").isLessThan(giveUp);
            Thread.sleep(20);
        }
    }
}
