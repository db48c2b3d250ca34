package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.ComparisonTest;
import dev.pushpull.report.run.RunResults;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.testing.ExtraModes;
import dev.pushpull.testing.PageText;
import dev.pushpull.testing.SharedClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mode unknown to the program runs in every command, and every output says what is true of it. */
@Tag("live")
@ExtendWith(SharedClasses.ForTheProgram.class)
class ExtraModeEverywhereTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long GENEROUS_NANOS = 60_000_000_000L;

    private final DeliveryMode mode = ExtraModes.all().get(0);

    @TempDir
    private Path directory;

    private Path results;

    @BeforeEach
    void chooseFolder() {
        results = directory.resolve("run");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compare --duration 1s --rate 5/s --consumers 5",
                "compare --duration 1s --rate 5/s --consumers 3 --tls --rtt 40ms",
                "compare --duration 1s --rate 5/s --consumers 2 --processes separate"
            })
    void aMeasuredRunBalancesItsBooksAndSaysWhatIsTrue(String command) throws IOException {
        Said said = run(command);

        Outcome outcome = outcome();
        ComparisonTest.assertBalanced(outcome);
        assertThat(outcome.counts().delivered())
                .isPositive()
                .isEqualTo(outcome.counts().expected());
        assertThat(said.exitCode())
                .as(said.errors())
                .isEqualTo(outcome.invalid().isEmpty() ? ExitCode.DONE : ExitCode.INVALID);
        assumeThat(outcome.invalid())
                .as("a machine that was too busy has no headline")
                .isEmpty();
        assertTrueOfTheModeAlone(said.output());
        assertTheHeadlineIsOfIt(said.output());
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "watches the program's threads in /proc")
    void anInterruptedRunBalancesItsBooks() throws Exception {
        List<String> command = command("compare --duration 10m --rate 2/s --consumers 5");
        try (Program program = Program.start(directory, command.toArray(String[]::new))) {
            long giveUp = System.nanoTime() + GENEROUS_NANOS;
            while (!program.hasThread("run:harness:")) {
                assertThat(program.isAlive()).as(program.errors()).isTrue();
                assertThat(System.nanoTime()).as("it does not begin").isLessThan(giveUp);
                Thread.sleep(20);
            }
            Thread.sleep(1_000); // into the measured time, while streams last; how far does not matter
            program.signal("INT");

            assertThat(program.exitCode()).as(program.errors()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(RunResults.read(results).partial()).isTrue();
            ComparisonTest.assertBalanced(outcome());
            if (outcome().invalid().isEmpty()) {
                assertTrueOfTheModeAlone(program.output());
            } else { // a second of a cold program on a busy machine
                assertThat(oneLine(program.output())).contains("This run is invalid", "Cross-checks");
            }
        }
    }

    @Test
    void aSimulatedRunBalancesItsBooksAndIsWrittenAgainFromItsRecord() throws IOException {
        Said said = run("simulate --horizon 1h --webhook-leg 5ms");

        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        assertThat(outcome().ledger().unbalanced()).isEmpty();
        assertThat(outcome().latency().meanMillis()).hasValue(5);
        assertTrueOfTheModeAlone(said.output());
        assertTheHeadlineIsOfIt(said.output());

        Path again = directory.resolve("again");
        Said report = Said.by("", List.of("report", results.toString(), "--out", again.toString()));
        assertThat(report.exitCode()).as(report.errors()).isEqualTo(ExitCode.DONE);
        for (String file : List.of("summary.csv", "table.md", "report.html")) {
            assertThat(again.resolve(file)).hasSameTextualContentAs(results.resolve(file));
        }
        results = again;
        assertTrueOfTheModeAlone(report.output());
    }

    @Test
    void aPredictionHasItsClosedForms() throws IOException {
        Said said = Said.by("", List.of("predict", "--mode", mode.name()));

        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        assertThat(said.output()).contains("\n" + mode.name() + "\n").contains("requests per delivered event");
        assertCalledNothingElse(said.output());
    }

    @Test
    void aSweepHasItInEveryCell() throws IOException {
        Said said = run("sweep --simulate --interval 10s,1m --rate 1/m,10/m --horizon 1h --json");

        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        JsonNode rows = JSON.readTree(said.output()).path("rows");
        assertThat(rows)
                .hasSize(4)
                .allSatisfy(row -> assertThat(row.path("mode").asText()).isEqualTo(mode.name()))
                .allSatisfy(row -> assertThat(row.path("missed").asLong()).isZero());
        assertThat(results.resolve("report.html")).content().contains(mode.name());
    }

    /** Beside the two modes that the claims are about, it has a block of its own. */
    @Test
    void besidesPollingAndWebhooksItIsRankedAndDescribed() throws IOException {
        Said said = Said.by(
                "",
                List.of(
                        "simulate",
                        "--mode",
                        "polling,webhook," + mode.name(),
                        "--horizon",
                        "1h",
                        "--out",
                        results.toString()));

        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        for (String text : List.of(said.output(), table(), page())) {
            assertThat(oneLine(text))
                    .contains(mode.traits().sentence())
                    .containsIgnoringCase(mode.traits().called());
        }
    }

    private void assertTrueOfTheModeAlone(String terminal) throws IOException {
        assertThat(oneLine(terminal)).contains("Cross-checks");
        for (String text : List.of(terminal, table(), page())) {
            assertThat(oneLine(text))
                    .contains(
                            "Only " + mode.traits().called() + " was run: ",
                            mode.traits().sentence())
                    .doesNotContain("Four common claims");
        }
        assertCalledNothingElse(terminal.replace(directory.toString(), ""));
        assertCalledNothingElse(table());
        assertThat(Files.readString(results.resolve("summary.csv"))).contains("," + mode.name() + ",");
    }

    private void assertTheHeadlineIsOfIt(String terminal) throws IOException {
        for (String text : List.of(terminal, table(), page())) {
            assertThat(oneLine(text)).contains("Only " + mode.traits().called() + " was run: ");
        }
    }

    /**
     * The page explains what a poll and a webhook are. The other outputs mention only what ran alone, except for a
     * count of 0 and the process of polling consumers.
     */
    private static void assertCalledNothingElse(String text) {
        assertThat(text.replaceAll("empty polls +0|process poller", ""))
                .doesNotContainIgnoringCase("poll")
                .doesNotContainIgnoringCase("webhook");
    }

    private Outcome outcome() {
        RunRecord record = RunResults.read(results);
        assertThat(record.outcomes()).hasSize(1);
        Outcome outcome = record.outcome(mode.name()).orElseThrow();
        assertThat(outcome.traits()).isEqualTo(mode.traits());
        return outcome;
    }

    private String table() throws IOException {
        return Files.readString(results.resolve("table.md"));
    }

    private String page() throws IOException {
        return PageText.of(Files.readString(results.resolve("report.html")));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private Said run(String command) {
        return Said.by("", command(command));
    }

    private List<String> command(String command) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(List.of("--mode", mode.name(), "--out", results.toString()));
        return words;
    }
}
