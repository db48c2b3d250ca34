package dev.pushpull.cli;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.report.capacity.CapacityResults;
import dev.pushpull.scenario.CapacityFinding;
import dev.pushpull.scenario.CapacityFinding.Limit;
import dev.pushpull.scenario.CapacityMeans;
import dev.pushpull.scenario.CapacityRecord;
import dev.pushpull.scenario.CapacityStep;
import dev.pushpull.testing.Children;
import dev.pushpull.testing.SharedClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The capacity command with its processes. Its speed depends on the machine; that its books balance is our
 * responsibility.
 */
@Tag("live")
@ExtendWith(SharedClasses.ForTheProgram.class)
class CapacityCommandTest {
    private static final String HEADER = "path,driver,offered_per_s,achieved_per_s,latency_p50_ms,latency_p99_ms,"
            + "late_p99_ms,errors,sustained,service_p50_ms,service_p99_ms,driver_cpu_us,server_cpu_us,driver_late,"
            + "verdict_raw,verdict_deducted,left_out,stalled_s,paused_s,quiet_p99_ms,reference_per_s,"
            + "answer_per_s,answer_low_per_s,answer_high_per_s,answer_raw_per_s";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --slo fast               | --slo: 'fast' is not accepted; accepted: a quantile and a bound such as p99<20ms
        --slo p99<20             | --slo: 'p99<20' is not accepted
        --driver undertown       | unknown driver 'undertown'; did you mean 'undertow'? accepted: undertow, okhttp
        --driver curl            | unknown driver 'curl'; accepted: undertow, okhttp
        --path poll-emty         | unknown path 'poll-emty'; did you mean 'poll-empty'? accepted: poll-empty, poll-304
        --path poll-1,poll-1     | --path: 'poll-1,poll-1' is not accepted; accepted: each path once
        --connections 0          | --connections: '0' is not accepted; accepted: a whole number from 1 to 10000
        --step 1ms               | --step: '1ms' is not accepted; accepted: a duration from 100ms to 10m
        --payload 2GiB           | --payload: '2GiB' is not accepted
        --nominal fast           | --nominal: 'fast' is not accepted
        --pth poll-1             | unknown flag '--pth'; did you mean '--path'?
        """)
    void badInputIsRefusedInOneLineBeforeAnythingRuns(String arguments, String named) {
        Path results = directory.resolve("results");
        Said said = run(results, arguments.split(" "));
        assertThat(said.errors()).contains(named).startsWith("pushpull: ").hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(results).doesNotExist();
    }

    @Test
    void stepsAreMadeUntilTheSearchIsOverAndAreWrittenInEveryForm() throws IOException {
        Path results = directory.resolve("results");
        Said said = run(results, "--path", "webhook-saved", "--quick", "--step", "100ms", "--slo", "p50<2s", "--json");
        CapacityRecord run = CapacityResults.read(results);
        assertThat(run.invalid()).as("both sides count the same").isEmpty();
        assertThat(said.exitCode()).as("what the steps come to").isEqualTo(exitCode(run));
        assertThat(run.partial()).isFalse();
        assertThat(run.means().search()).isEqualTo(CapacityMeans.BEST_OF_THREE);
        assertThat(run.means().nominalPerSecond().getAsDouble()).isPositive();
        assertThat(run.means().meter()).contains("threads");
        assertThat(run.findings()).extracting(finding -> finding.path()).containsExactly("webhook-saved");
        assertThat(run.findings())
                .allSatisfy(finding -> assertThat(finding.answer().interval())
                        .as("none is claimed")
                        .isEmpty());
        List<CapacityStep> steps = run.findings().stream()
                .flatMap(finding -> finding.steps().stream())
                .toList();
        assertThat(steps).allSatisfy(CapacityCommandTest::assertToldWhole);
        assertThat(steps).as("more than one rate was tried").hasSizeGreaterThanOrEqualTo(2);
        List<String> csv = Files.readAllLines(results.resolve("capacity.csv"));
        assertThat(csv.get(0)).isEqualTo(HEADER);
        assertThat(csv).hasSize(1 + steps.size());
        JsonNode json = new ObjectMapper().readTree(said.output());
        assertThat(json.path("command").asText()).isEqualTo("capacity");
        assertThat(json.path("rows")).hasSize(steps.size());
        List<String> columns = new ArrayList<>();
        json.path("rows").get(0).fieldNames().forEachRemaining(columns::add);
        assertThat(String.join(",", columns)).isEqualTo(HEADER);
        assertThat(Files.readString(results.resolve("table.md"))).contains("| **webhook-saved** |", "p50&lt;2s");
        assertThat(Files.readString(results.resolve("report.html"))).contains("webhook-saved", "uPlot");
        try (Stream<Path> files = Files.list(results)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("run.json", "capacity.csv", "table.md", "report.html");
        }
    }

    private static void assertToldWhole(CapacityStep step) {
        assertThat(step.driver()).isEqualTo("undertow");
        assertThat(step.circumstances().verdictRaw()).isIn("sustained", "exceeded", "driver-late");
        assertThat(step.circumstances().verdictDeducted()).isIn("sustained", "exceeded", "driver-late");
        assertThat(step.circumstances().stalledSeconds().getAsDouble()).isNotNegative();
        assertThat(step.circumstances().referencePerSecond().getAsDouble()).isPositive();
        if (step.sustained()) {
            assertThat(step.errors()).isZero();
            assertThat(step.driverLate()).isFalse();
            assertThat(step.serviceP50Millis().orElseThrow())
                    .isLessThanOrEqualTo(step.latencyP50Millis().orElseThrow());
        }
        if (step.circumstances().verdictRaw().equals("sustained")) {
            assertThat(step.sustained()).isTrue();
            assertThat(step.achievedPerSecond()).isGreaterThanOrEqualTo(0.99 * step.offeredPerSecond());
            assertThat(step.latencyP50Millis().orElseThrow()).isLessThan(2000);
        }
    }

    @Test
    void theAnswerHasAnIntervalAndTheProbabilityThatItComesFrom() throws IOException {
        Path results = directory.resolve("results");
        run(results, "--path", "poll-empty", "--step", "100ms", "--slo", "p50<1s", "--nominal", "50000/s", "--quiet");
        CapacityRecord run = CapacityResults.read(results);
        assertThat(run.means().search()).isEqualTo(CapacityMeans.POSTERIOR);
        assertThat(run.means().nominalPerSecond()).hasValue(50_000);
        CapacityFinding finding = run.findings().get(0);
        finding.answer().interval().ifPresent(rate -> {
            assertThat(rate.perSecond()).isBetween(rate.lowPerSecond(), rate.highPerSecond());
            assertThat(finding.answer().posterior()).hasSizeGreaterThan(5);
        });
        assertThat(finding.answer().interval().isPresent())
                .as("whenever a step was sustained")
                .isEqualTo(finding.steps().stream().anyMatch(CapacityStep::sustained));
        assertThat(Files.readString(results.resolve("table.md"))).contains("95 % interval");
    }

    @Test
    void withoutItsStallMeterNothingCanBeSaid() throws Exception {
        Thread killer = new Thread(() -> {
            while (!Thread.interrupted()) {
                Children.running("MeterProcess").forEach(ProcessHandle::destroyForcibly);
                LockSupport.parkNanos(20_000_000);
            }
        });
        killer.start();
        Said said;
        try {
            said = run(
                    directory.resolve("results"),
                    "--path",
                    "poll-304",
                    "--step",
                    "100ms",
                    "--nominal",
                    "50000/s",
                    "--quick",
                    "--quiet");
        } finally {
            killer.interrupt();
            killer.join();
        }
        assertThat(said.errors()).startsWith("pushpull: ").contains("ended").hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aRunOfOlderTimesIsShownAsItWas() throws IOException {
        Path older = directory.resolve("older");
        Files.createDirectories(older);
        Files.writeString(older.resolve("run.json"), """
                {"schema_version":2,"run_id":"older","command":"capacity","command_line":["pushpull","capacity"],\
                "started_at":"2026-11-25T05:42:41Z","environment":{},"slo":{"quantile":0.99,"bound_nanos":20000000},\
                "driver":"undertow","connections":64,"step_nanos":1000000000,"payload_bytes":1024,"partial":false,\
                "invalid":[],"findings":[{"path":"poll-empty","about":"a poll","limit":"BOUND","steps":[\
                {"path":"poll-empty","driver":"undertow","offered_per_second":400,"achieved_per_second":400,\
                "latency_p50_millis":0.178559,"latency_p99_millis":3.104767,"late_p99_millis":1.140735,"errors":0,\
                "sustained":true,"service_p50_millis":0.080383,"service_p99_millis":1.320959,\
                "driver_cpu_micros":475,"server_cpu_micros":1350,"driver_late":false}]}]}
                """);
        Said said = Said.by("", List.of("report", older.toString()));
        assertThat(said.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(said.output())
                .contains("this machine carries 400/s (poll-empty)")
                .doesNotContain("nominal");
        assertThat(Files.readAllLines(older.resolve("capacity.csv")).get(1)).endsWith(",false,,,,,,,,,,,");
    }

    @Test
    void aBoundThatCannotBeHeldIsToldInOneLine() {
        Said said = run(
                directory.resolve("results"),
                "--path",
                "poll-304",
                "--connections", // with one alone there are few rates to try above the lowest
                "1",
                "--step",
                "100ms",
                "--slo",
                "p99<1ns",
                "--nominal", // measured elsewhere in this class
                "50000/s",
                "--quick",
                "--quiet");
        assertThat(said.output()).isEmpty();
        assertThat(said.errors())
                .startsWith("pushpull: poll-304: ")
                .contains("even at the lowest step")
                .hasLineCount(1);
        // on a busy machine the driver may fail
        assertThat(said.exitCode()).isIn(ExitCode.ASSERTION_FAILED, ExitCode.INVALID);
    }

    @Test
    void whatWasMeasuredUntilCtrlCIsWrittenAndMarkedPartial() throws Exception {
        Path results = directory.resolve("results");
        try (Program program = Program.start(
                directory,
                "capacity",
                "--path",
                "poll-empty",
                "--step",
                "100ms",
                "--nominal",
                "50000/s",
                "--out",
                results.toString())) {
            eventually("its first process runs", () -> program.hasThread("lines of Server"));
            program.signal("INT");
            assertThat(program.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
        }
        assertThat(CapacityResults.read(results).partial()).isTrue();
    }

    /** A busy machine may not sustain even the lowest step; the slower of the two sides decides the result. */
    private static int exitCode(CapacityRecord run) {
        List<Limit> without = run.findings().stream()
                .filter(finding -> finding.perSecond().isEmpty())
                .map(CapacityFinding::limit)
                .toList();
        if (without.isEmpty()) {
            return ExitCode.DONE;
        }
        return without.contains(Limit.DRIVER) ? ExitCode.INVALID : ExitCode.ASSERTION_FAILED;
    }

    private static Said run(Path results, String... arguments) {
        List<String> all = new ArrayList<>(List.of("capacity"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--out", results.toString()));
        return Said.by("", all);
    }
}
