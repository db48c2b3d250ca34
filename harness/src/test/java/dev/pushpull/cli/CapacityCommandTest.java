package dev.pushpull.cli;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.report.capacity.CapacityResults;
import dev.pushpull.scenario.CapacityFinding;
import dev.pushpull.scenario.CapacityFinding.Limit;
import dev.pushpull.scenario.CapacityRecord;
import dev.pushpull.scenario.CapacityStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The capacity command with its processes. Its speed depends on the machine; that its books balance is our
 * responsibility.
 */
@Tag("live")
class CapacityCommandTest {
    private static final String HEADER = "path,driver,offered_per_s,achieved_per_s,latency_p50_ms,latency_p99_ms,"
            + "late_p99_ms,errors,sustained,service_p50_ms,service_p99_ms,driver_cpu_us,server_cpu_us,driver_late";

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
    void stepsRiseUntilOneIsNotSustainedAndAreWrittenInEveryForm() throws IOException {
        Path results = directory.resolve("results");
        Said said = run(results, "--path", "poll-1,webhook-saved", "--step", "200ms", "--slo", "p50<2s", "--json");
        CapacityRecord run = CapacityResults.read(results);
        assertThat(run.invalid()).as("both sides count the same").isEmpty();
        assertThat(said.exitCode()).as("what the steps come to").isEqualTo(exitCode(run));
        assertThat(run.partial()).isFalse();
        assertThat(run.findings()).extracting(finding -> finding.path()).containsExactly("poll-1", "webhook-saved");
        List<CapacityStep> steps = run.findings().stream()
                .flatMap(finding -> finding.steps().stream())
                .toList();
        assertThat(steps).allSatisfy(step -> {
            assertThat(step.driver()).isEqualTo("undertow");
            if (step.sustained()) {
                assertThat(step.errors()).isZero();
                assertThat(step.driverLate()).isFalse();
                assertThat(step.achievedPerSecond()).isGreaterThanOrEqualTo(0.99 * step.offeredPerSecond());
                assertThat(step.latencyP50Millis().orElseThrow()).isLessThan(2000);
                assertThat(step.serviceP50Millis().orElseThrow())
                        .isLessThanOrEqualTo(step.latencyP50Millis().orElseThrow());
            }
        });
        assertThat(steps).as("each path was tried").hasSizeGreaterThanOrEqualTo(2);
        run.findings()
                .forEach(finding -> assertThat(finding.best()
                                .map(CapacityStep::offeredPerSecond)
                                .orElse(0.0))
                        .isGreaterThanOrEqualTo(finding.steps().stream()
                                .filter(CapacityStep::sustained)
                                .mapToDouble(CapacityStep::offeredPerSecond)
                                .max()
                                .orElse(0)));

        // the lowest rate gives enough samples for p99 in a step of 200 ms
        assertThat(steps.get(0).offeredPerSecond()).isEqualTo(2000);
        List<String> csv = Files.readAllLines(results.resolve("capacity.csv"));
        assertThat(csv.get(0)).isEqualTo(HEADER);
        assertThat(csv).hasSize(1 + steps.size());
        JsonNode json = new ObjectMapper().readTree(said.output());
        assertThat(json.path("command").asText()).isEqualTo("capacity");
        assertThat(json.path("rows")).hasSize(steps.size());
        List<String> columns = new ArrayList<>();
        json.path("rows").get(0).fieldNames().forEachRemaining(columns::add);
        assertThat(String.join(",", columns)).isEqualTo(HEADER);
        assertThat(Files.readString(results.resolve("table.md"))).contains("| **poll-1** |", "p50&lt;2s");
        assertThat(Files.readString(results.resolve("report.html"))).contains("webhook-saved", "uPlot");
        try (Stream<Path> files = Files.list(results)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("run.json", "capacity.csv", "table.md", "report.html");
        }
    }

    @Test
    void aBoundThatCannotBeHeldIsToldInOneLine() {
        Said said = run(
                directory.resolve("results"), "--path", "poll-304", "--step", "200ms", "--slo", "p99<1ns", "--quiet");
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
                directory, "capacity", "--path", "poll-empty", "--step", "200ms", "--out", results.toString())) {
            eventually("its first process runs", () -> program.hasThread("lines of Server"));
            program.signal("INT");
            assertThat(program.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
        }
        assertThat(CapacityResults.read(results).partial()).isTrue();
    }

    /** A busy machine may not sustain even the lowest step; the slower of the two sides decides the result. */
    private static int exitCode(CapacityRecord run) {
        List<Limit> without = run.findings().stream()
                .filter(finding -> finding.best().isEmpty())
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
