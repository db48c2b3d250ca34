package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.PredictedMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictCommandTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "predict",
                "predict --interval 1m --rate 40/d --consumers 1000 --quota 5000/h",
                "predict --arrivals bursty --phase aligned",
                "predict --arrivals periodic --page-limit 1 --retention 1",
                "predict --streams shared --retry none --rate 1000/s --consumers 100000"
            })
    void everyLineFitsTheTerminalAndEveryFigureHasItsAssumption(String arguments) {
        Said said = run(arguments.split(" "));
        assertThat(said.exitCode()).as(said.errors()).isZero();
        assertThat(said.errors()).isEmpty();
        assertThat(said.output().lines())
                .allSatisfy(line -> assertThat(line.codePointCount(0, line.length()))
                        .as(line)
                        .isLessThanOrEqualTo(80));
        assertThat(said.output()).contains("\npolling\n", "\nwebhook\n", "\nAssumptions\n[1] ", "Requests a month");
    }

    @Test
    void theAnswerStandsInWords() {
        String said = run("predict", "--interval", "1m", "--rate", "40/d", "--quota", "5000/h")
                .output()
                .replaceAll("\\s+", " ");
        assertThat(said)
                .contains("fewer requests than webhooks from", "1.00 (T = 36.0 min) on")
                .contains("one consumer uses 1.20 % of the quota")
                .contains("an interval of 720 ms is the shortest that fits it");
    }

    /** Below the quota's own interval, bursts change nothing: one page a poll, so T = 1/Q as with Poisson arrivals. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --arrivals bursty --rate 1/s --interval 1m    --quota 5000/h | an interval of 720 ms is the shortest that fits it
        --arrivals bursty --rate 1/s --interval 100ms --quota 5000/h | an interval of 720 ms is the shortest that fits it
        --arrivals bursty --rate 1/s --interval 100ms --quota 1/d    | no interval fits it unless events are lost
        --arrivals bursty --rate 1/s --interval 1h    --quota 5000/h | an interval of 720 ms is the shortest that fits it
        --mode long-polling --rate 1/d --interval 1s  --quota 5000/h | any interval fits it
        --mode long-polling --rate 9/s --interval 1s  --quota 5/h    | no interval fits it unless events are lost
        """)
    void theShortestIntervalOfAQuotaIsFoundWhateverTheArrivals(String arguments, String words) {
        Said said = run(("predict " + arguments).split(" +"));
        assertThat(said.output().replaceAll("\\s+", " ")).contains(words);
    }

    @Test
    void faultsAndLegsEnterThePrediction() throws IOException {
        Said said = run(
                "predict",
                "--json",
                "--failure-rate",
                "0.1",
                "--retry",
                "0s,5s,1m",
                "--retry-jitter",
                "0",
                "--poll-leg",
                "3ms");
        JsonNode polling =
                new ObjectMapper().readTree(said.output()).path("rows").get(0);
        JsonNode webhook =
                new ObjectMapper().readTree(said.output()).path("rows").get(1);
        assertThat(polling.path("crossover_requests_load_factor").asDouble()).isCloseTo(1 / 1.11, within(1e-12));
        assertThat(polling.path("latency_mean_ms").asDouble()).isCloseTo(253, within(1e-9));
        assertThat(webhook.path("lost_ratio").asDouble()).isCloseTo(0.001, within(1e-12));
    }

    @Test
    void asJsonItHasTheSummarysColumnsThenItsOwn() throws IOException {
        Said said = run("predict", "--json", "--quota", "1/s", "--rate", "0.5/s", "--interval", "1s");
        assertThat(said.output()).hasLineCount(1);
        JsonNode json = new ObjectMapper().readTree(said.output());
        assertThat(json.path("schema_version").asInt()).isEqualTo(1);
        assertThat(json.path("command").asText()).isEqualTo("predict");
        assertThat(json.path("rows")).hasSize(2);
        JsonNode polling = json.path("rows").get(0);
        List<String> columns = new ArrayList<>();
        polling.fieldNames().forEachRemaining(columns::add);
        List<String> own =
                PredictedMetrics.FURTHER.stream().map(metric -> metric.column()).toList();
        List<String> expected = new ArrayList<>(Metrics.SUMMARY.stream()
                .map(metric -> metric.column())
                .filter(column -> columns.contains(column) && !own.contains(column))
                .toList());
        expected.addAll(own);
        assertThat(columns).containsExactlyElementsOf(expected).contains("mode", "arrivals", "latency_p999_ms");
        assertThat(polling.path("mode").asText()).isEqualTo("polling");
        assertThat(polling.path("wasted_ratio").asDouble()).isCloseTo(Math.exp(-0.5), within(1e-12));
        assertThat(polling.path("quota_share_one").asDouble()).isEqualTo(1);
        assertThat(polling.path("quota_share_all").asDouble()).isEqualTo(20);
        assertThat(polling.path("shortest_interval_ms").asDouble()).isEqualTo(1000);
        JsonNode webhook = json.path("rows").get(1);
        assertThat(webhook.path("wasted_ratio").isNull()).isTrue();
        assertThat(webhook.path("latency_mean_ms").isNull()).isTrue();
        assertThat(webhook.path("requests_per_delivery").asDouble()).isEqualTo(1);
        assertThat(webhook.path("quota_share_one").isNull()).isTrue();
    }

    @Test
    void aTraceIsPredictedFromItsOwnTimes(@TempDir Path directory) throws IOException {
        Path trace = Files.writeString(directory.resolve("trace.txt"), "1000\n1001\n1001.5\n1010\n");
        Said said = run("predict", "--json", "--trace", trace.toString(), "--trace-unit", "s", "--interval", "2s");
        JsonNode polling =
                new ObjectMapper().readTree(said.output()).path("rows").get(0);
        assertThat(polling.path("wasted_ratio").asDouble()).isCloseTo(0.65, within(1e-12));
        assertThat(polling.path("requests_per_delivery").asDouble()).isCloseTo(1.25, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --quota 0/h                  | --quota
        --quota 5000                 | --quota
        --quota=-1/h                 | --quota
        --quota many                 | --quota
        --quota 5/h --mode webhook   | --quota
        --quota                      | --quota
        --interval 31d               | no longer than the run
        --interval 0s                | --interval
        --rate 0/s                   | --rate
        --retention 0                | --retention
        --page-limit 0               | --page-limit
        --burst-rate 5/s             | --burst-rate
        --arrivals poison            | did you mean 'poisson'?
        --mode poling                | did you mean 'polling'?
        --mode webhook,webhook       | each mode once
        --qota 5/h                   | did you mean '--quota'?
        stray                        | stray
        """)
    void aFlagThatCannotBeHonouredIsRefusedInOneLine(String arguments, String named) {
        Said said = run(("predict " + arguments).split(" "));
        assertThat(said.errors()).contains(named).startsWith("pushpull: ").hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.output()).isEmpty();
    }

    private static Said run(String... arguments) {
        return Said.by("", Main.commandLine(), List.of(arguments));
    }
}
