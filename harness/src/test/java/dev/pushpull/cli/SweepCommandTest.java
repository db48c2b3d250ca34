package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.scenario.Metric;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("live")
class SweepCommandTest {
    private static final String SUMMARY_HEADER =
            String.join(",", Metrics.SUMMARY.stream().map(Metric::column).toList());

    @TempDir
    private Path directory;

    private Path results;

    @BeforeEach
    void nameResults() {
        results = directory.resolve("results");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --interval 100ms,,2s                 | --interval: '100ms,,2s' is not accepted; accepted: a list without empty elements
        --rate 1/s,                          | --rate: '1/s,' is not accepted
        --rate 1/s,fast,2/s                  | --rate: 'fast' is not accepted
        --rate 1/s,0/s                       | --rate: '0/s' is not accepted
        --interval 1s,1h                     | --interval: '1h' is not accepted; accepted: an interval no longer than the run of 30s
        --simulate --interval 1s,2d          | no longer than the run of 1d
        --interval 100ms,0.1s                | each value once
        --rate 30/m,0.5/s                    | each value once
        --webhook-leg 1ms                    | --webhook-leg: it is not accepted here; accepted: with --simulate
        --failure-rate 1                     | --failure-rate: '1' is not accepted; accepted: a number from 0 to 1, below 1
        --outage 5s@28s                      | --outage: '5s@28s' is not accepted; accepted: LENGTH@START that lies within the run of 30s
        --mean-up 5s                         | --mean-up: '5s' is not accepted alone; give --mean-up and --mean-down together
        --slow 5                             | --slow: '5' is not accepted; accepted: SHARE@TIME such as 5%@2s
        --dead 1%                            | --dead: '1%' is not accepted; accepted: a share that is at least one of the 20 consumers
        --behind nowhere                     | nowhere
        --simulate --isolate                 | --isolate
        --simulate --duration 100000d        | --duration: '100000d' is not accepted; accepted: up to a hundred years
        --assert hybrid.latency_p99_ms<1     | hybrid
        --trials 3                           | unknown flag '--trials'
        """)
    void badInputIsRefusedInOneLineBeforeAnythingRuns(String arguments, String named) {
        Said said = run("", arguments.split(" "));
        assertThat(said.errors()).contains(named).startsWith("pushpull: ").hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.output()).isEmpty();
        assertThat(results).doesNotExist();
    }

    @Test
    void aSimulatedSweepFindsWherePollingBecomesCheaper() throws IOException {
        Said said = run("", "--simulate", "--duration", "1h");
        assertThat(said.errors()).isEmpty();
        assertThat(said.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(said.output().lines()).as("80 columns").allMatch(line -> line.length() <= 80 || line.contains("/"));
        String words = said.output().replaceAll("\\s+", " ").replace("lambda*", "λ");
        assertThat(load(words, "needs fewer requests than webhooks from")).isCloseTo(1, within(0.02));
        assertThat(load(words, "needs fewer bytes than webhooks from")).isCloseTo(0.85, within(0.1));
        assertThat(load(words, "polls are empty): holds up to")).isCloseTo(Math.log(2), within(0.1));
        assertThat(words)
                .contains("predicted: λT = 1.00 (1/E[attempts])")
                .contains("holds at every rate at T = 100 ms, 500 ms, 2 s.");

        List<String> summary = Files.readAllLines(results.resolve("summary.csv"));
        assertThat(summary).hasSize(1 + 9 * 2).first().isEqualTo(SUMMARY_HEADER);
        assertThat(summary.get(1)).startsWith("results,1,polling,poisson,0.5,0.1,20,3600,");
        assertThat(summary.get(18)).startsWith("results,1,webhook,poisson,10,2,20,3600,");
        assertThat(results.resolve("agreement.csv"))
                .as("nothing was measured live")
                .doesNotExist();
        JsonNode record =
                new ObjectMapper().readTree(results.resolve("run.json").toFile());
        assertThat(record.path("schema_version").asInt()).isEqualTo(RunRecord.SCHEMA_VERSION);
        assertThat(record.path("command").asText()).isEqualTo("sweep");
        assertThat(record.path("cells")).hasSize(9);
        assertThat(record.path("partial").asBoolean(true)).isFalse();
        assertThat(Files.readString(results.resolve("table.md"))).contains("fewest requests: **webhook**");
        assertThat(Files.readString(results.resolve("report.html")))
                .contains(
                        "needs fewer requests than webhooks from λT", "Fewest bytes", "sweep --simulate --duration 1h");
    }

    @Test
    void jsonHasTheRowsOfTheSummary() throws IOException {
        Said said = run("", "--simulate", "--duration", "10m", "--interval", "1s", "--rate", "1/s,2/s", "--json");
        JsonNode all = new ObjectMapper().readTree(said.output());
        assertThat(all.path("command").asText()).isEqualTo("sweep");
        assertThat(all.path("rows")).hasSize(4);
        List<String> columns = new ArrayList<>();
        all.path("rows").get(0).fieldNames().forEachRemaining(columns::add);
        assertThat(String.join(",", columns)).isEqualTo(SUMMARY_HEADER);
        assertThat(said.errors()).isEmpty();
    }

    @Test
    void longPollingAsksAsOftenAsWebhooksAreSent() {
        Said said = run(
                "",
                "--simulate",
                "--duration",
                "2h",
                "--interval",
                "1s",
                "--rate",
                "1/s,2/s",
                "--poll-leg",
                "1ms",
                "--mode",
                "long-polling,webhook");
        assertThat(said.output().replaceAll("\\s+", " "))
                .contains("Long polling needs as many requests as webhooks everywhere in this grid (within 3 %;")
                .contains("T = 1 s long-polling = webhook");
    }

    @Test
    void aGridOnOneSideOfTheCrossoverSaysSo() {
        Said said = run("", "--simulate", "--duration", "1h", "--interval", "1s,2s", "--rate", "1/m");
        assertThat(said.output().replaceAll("\\s+", " "))
                .contains("needs fewer requests than webhooks nowhere in this grid")
                .contains("sent): holds in every cell");
    }

    @Test
    void withoutWebhooksThereAreOnlyFigures() {
        Said said = run("", "--simulate", "--duration", "1h", "--mode", "polling,long-polling");
        assertThat(said.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(said.output())
                .contains("No crossover", "only sends", "long-polling")
                .doesNotContain("Efficiency (");
    }

    @Test
    void failingWebhooksMoveTheCrossover() {
        Said said = run("", "--simulate", "--duration", "1h", "--failure-rate", "0.5", "--retry", "0s,1s,1s,1s,1s,1s");
        String words = said.output().replaceAll("\\s+", " ").replace("lambda*", "λ");
        assertThat(load(words, "needs fewer requests than webhooks from")).isCloseTo(0.51, within(0.03));
    }

    @Test
    void anAssertionMustHoldInEveryCell() {
        Said said = run(
                "",
                "--simulate",
                "--duration",
                "1h",
                "--interval",
                "1s,10s",
                "--rate",
                "1/m",
                "--quiet",
                "--assert",
                "polling.latency_mean_ms<1000");
        assertThat(said.exitCode()).isEqualTo(ExitCode.ASSERTION_FAILED);
        assertThat(said.errors()).contains("(at --interval 10s --rate 1/m)").hasLineCount(1);
        assertThat(said.output()).isEmpty();
    }

    @Test
    void aTraceFromStandardInputIsReadOnceForAllIntervals() throws IOException {
        Said said = run("1700000000\n1700000100\n1700000250\n", "--simulate", "--trace", "-", "--interval", "5s,50s");
        assertThat(said.errors()).isEqualTo("pushpull: trace: one a line, 3 times, epoch seconds\n");
        assertThat(Files.readAllLines(results.resolve("summary.csv"))).hasSize(1 + 2 * 2);
    }

    @Test
    void whatWasTypedCannotBecomeMarkup() throws IOException {
        run("", "--simulate", "--duration", "10m", "--event-type", "<img src=x onerror=alert(1)>");
        assertThat(Files.readString(results.resolve("report.html")))
                .contains("&lt;img src")
                .doesNotContain("<img");
    }

    @Test
    void aLiveSweepSetsThreeAnswersSideBySideInEachCell() throws IOException {
        Said said = run(
                "",
                "--interval",
                "50ms,100ms",
                "--rate",
                "5/s",
                "--consumers",
                "5",
                "--duration",
                "1s",
                "--drain",
                "1s");
        assertThat(said.exitCode()).as(said.errors()).isIn(ExitCode.DONE, ExitCode.INVALID); // on a busy machine
        assertThat(Files.readAllLines(results.resolve("summary.csv"))).hasSize(1 + 2 * 2);
        List<String> agreement = Files.readAllLines(results.resolve("agreement.csv"));
        assertThat(agreement.get(0))
                .isEqualTo("mode,metric,measured,ci_low,ci_high,simulated,predicted,tolerance,verdict,"
                        + "interval_s,rate_per_s");
        assertThat(agreement).anyMatch(line -> line.startsWith("polling,wasted_ratio,") && line.endsWith(",0.05,5"));
        assertThat(agreement).anyMatch(line -> line.startsWith("polling,wasted_ratio,") && line.endsWith(",0.1,5"));
    }

    @Test
    void aLiveSweepHasTheFaultsThatACompareHas() throws IOException {
        Said said = run(
                "",
                "--mode webhook,sse --interval 100ms --rate 20/s,40/s --consumers 4 --duration 1s --drain 1s --retry 0s,500ms,500ms"
                        .concat(
                                " --outage 300ms@400ms --failure-rate 0.1 --duplicate-rate 0.1 --slow 25%@50ms --dead 25%")
                        .concat(" --behind google-lb --quiet")
                        .split(" "));
        assertThat(said.exitCode()).as(said.errors()).isIn(ExitCode.DONE, ExitCode.INVALID); // on a busy machine
        assertThat(said.errors()).doesNotContain("books", "ledger");
        JsonNode cells = new ObjectMapper()
                .readTree(results.resolve("run.json").toFile())
                .path("cells");
        assertThat(cells).hasSize(2);
        for (JsonNode cell : cells) {
            JsonNode webhook = cell.path("outcomes").get(0).path("counts");
            JsonNode sse = cell.path("outcomes").get(1).path("counts");
            assertThat(cell.path("scenario").path("faults").path("outages")).hasSize(1);
            assertThat(webhook.path("duplicates").asLong())
                    .as("answered as failed")
                    .isPositive();
            assertThat(webhook.path("missed")).as("sent to the dead endpoint").isNotEmpty();
            assertThat(webhook.path("slots").path("seconds").asDouble())
                    .as("of the slow one")
                    .isPositive();
            assertThat(sse.path("held").path("reconnects").asLong())
                    .as("after the outage")
                    .isPositive();
        }
        assertThat(cells.get(0).path("warnings").toString())
                .contains("sse: --slow and --dead change nothing", "webhook: it holds no connection open");
    }

    private static double load(String words, String after) {
        Matcher figure =
                Pattern.compile(Pattern.quote(after) + " λT = ([0-9.]+)").matcher(words);
        assertThat(figure.find()).as(words).isTrue();
        return Double.parseDouble(figure.group(1));
    }

    private Said run(String input, String... arguments) {
        List<String> all = new ArrayList<>(List.of("sweep"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--out", results.toString()));
        return Said.by(input, all);
    }
}
