package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.report.run.RunResults;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Metric;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario.Leg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateCommandTest {
    @TempDir
    private Path directory;

    private Path results;

    @BeforeEach
    void nameResults() {
        results = directory.resolve("results");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --horizon 1h --outage 10m@2h           | --outage: '10m@2h' is not accepted; accepted: LENGTH@START that lies within the horizon of 1h
        --horizon 1h --outage 40m@30m          | within the horizon
        --outage 10m                           | LENGTH@START
        --outage 0s@1h                         | --outage
        --outage @                             | --outage
        --outage 10m/10m                       | --outage: '10m/10m' is not accepted; accepted: LENGTH/PERIOD with a LENGTH below the PERIOD
        --horizon 1h --outage 1m/1h            | within the horizon of 1h
        --horizon 1h --outage 1m/2m/3m         | LENGTH/PERIOD
        --horizon 365d --outage 1s/2s          | at most 1,000,000 times
        --duplicate-rate 1                     | --duplicate-rate: '1' is not accepted; accepted: a number from 0 to 1, below 1
        --failure-rate 1.0                     | --failure-rate: '1.0' is not accepted; accepted: a number from 0 to 1, below 1
        --duplicate-rate=-0.1                  | --duplicate-rate
        --mean-up 5m                           | --mean-down
        --mean-down 5m                         | --mean-up
        --mean-up 0s --mean-down 1s            | --mean-up
        --failure-rate 1.01                    | --failure-rate: '1.01' is not accepted; accepted: a number from 0 to 1
        --failure-rate=-0.1                    | --failure-rate
        --interval 2d                          | no longer than the run of 1d
        --horizon 0s                           | --horizon
        --horizon 100000d                      | a hundred years
        --trials 0                             | --trials
        --trials 1000000                       | MiB of memory
        --consumers 1000000001                 | --consumers
        --consumers 1000000000 --horizon 365d  | deliveries in all
        --consumers 1000000000 --rate 1/d --interval 1ns | polls
        --poll-leg soon                        | --poll-leg
        --webhook-leg=-1s                      | --webhook-leg
        --calibrate nowhere                    | --calibrate: RUN: 'nowhere' is not accepted
        --calibrate . --poll-leg 1ms           | --poll-leg
        """)
    void aFlagThatCannotBeHonouredIsRefusedInOneLine(String arguments, String named) {
        Said said = run("", arguments.split(" "));
        assertThat(said.errors()).contains(named).startsWith("pushpull: ").hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.output()).isEmpty();
        assertThat(results).doesNotExist();
    }

    @Test
    void aSimulationWritesWhatARunWritesAndReadsItBack() throws IOException {
        Said said = run("", "--horizon", "2h", "--interval", "10s", "--rate", "2/m", "--outage", "10m@1h");
        assertThat(said.errors()).isEmpty();
        assertThat(said.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(said.output()).contains("simulate: Poisson events at", "Cross-checks");
        assertThat(said.output().lines()).as("80 columns").allMatch(line -> line.length() <= 80 || line.contains("/"));
        assertThat(results.resolve("report.html")).isNotEmptyFile();
        assertThat(results.resolve("latency-polling.hgrm")).isNotEmptyFile();
        List<String> summary = Files.readAllLines(results.resolve("summary.csv"));
        assertThat(summary.get(0))
                .isEqualTo(String.join(
                        ",", Metrics.SUMMARY.stream().map(Metric::column).toList()));
        RunRecord read = RunResults.read(results);
        assertThat(read.scenario().faults().outages()).hasSize(1);
        assertThat(read.scenario().run().durationNanos()).isEqualTo(7_200_000_000_000L);
        assertThat(read.outcome("polling").orElseThrow().counts().polls()).isEqualTo(20 * (720 - 60));
    }

    @Test
    void jsonHasTheColumnsThatMeanSomethingInVirtualTime() throws IOException {
        Said said = run("", "--horizon", "1h", "--trials", "2", "--json");
        JsonNode rows = new ObjectMapper().readTree(said.output()).path("rows");
        assertThat(rows).hasSize(4);
        List<String> columns = new ArrayList<>();
        rows.get(0).fieldNames().forEachRemaining(columns::add);
        List<String> wanted =
                new ArrayList<>(Metrics.SUMMARY.stream().map(Metric::column).toList());
        wanted.removeAll(Set.of(
                "provider_cpu_ms",
                "consumer_cpu_ms",
                "connections_opened",
                "processed_p50_ms",
                "noise",
                "steadiness",
                "last_third_ratio",
                "sender",
                "clock_bound_ms"));
        assertThat(columns).isEqualTo(wanted);
        assertThat(rows.get(2).path("trial").asInt()).isEqualTo(2);
        assertThat(rows.get(2).path("events")).isNotEqualTo(rows.get(0).path("events"));
        assertThat(said.errors()).isEmpty();
    }

    @Test
    void legsAreDrawnFromWhatALiveRunMeasured() throws IOException {
        RunRecord measured = Runs.ordinary().consumers(200).run();
        Path live = Files.createDirectory(directory.resolve("live"));
        RunResults.write(measured, live);
        Said said = run("", "--calibrate", live.toString(), "--horizon", "10h");
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        RunRecord simulated = RunResults.read(results);
        Distribution webhooks = measured.outcome("webhook").orElseThrow().latency();
        Distribution drawn = simulated.outcome("webhook").orElseThrow().latency();
        for (double p : new double[] {0.01, 0.5, 0.9, 0.99}) {
            assertThat((double) drawn.valueAt(p))
                    .as("p = %s of %d", p, drawn.count())
                    .isCloseTo(webhooks.valueAt(p), withinPercentage(1));
        }
        Distribution roundTrips = measured.outcome("polling").orElseThrow().roundTrip();
        double legMillis = roundTrips.sumNanos() / roundTrips.count() / 2e6;
        assertThat(simulated.outcome("polling").orElseThrow().latency().meanMillis())
                .hasValueCloseTo(250 + legMillis, within(0.7)); // 720,000 deliveries: 5 standard errors
        assertThat(simulated.scenario().network().drawn()).hasSize(2);
    }

    @Test
    void latenciesInWhichEventsWaitedForEachOtherAreNoLegs() throws IOException {
        RunRecord measured = Runs.ordinary().consumers(200).run();
        ModeTraits gathering =
                new ModeTraits(ModeTraits.Begins.PROVIDER, Set.of(ModeTraits.Trait.GATHERS), "batches", true, "", 0);
        Path live = Files.createDirectory(directory.resolve("live"));
        RunResults.write(
                measured.withOutcomes(List.of(
                        measured.outcome("polling").orElseThrow(),
                        measured.outcome("webhook").orElseThrow().declared(gathering))),
                live);
        assertThat(run("", "--calibrate", live.toString(), "--horizon", "10m").exitCode())
                .isEqualTo(ExitCode.DONE);
        assertThat(RunResults.read(results).scenario().network().drawn()).containsOnlyKeys(Leg.POLL_RESPONSE);
    }

    @Test
    void aSweepIsNoRunToDrawLegsFrom() {
        Path sweep = directory.resolve("sweep");
        Said swept = Said.by(
                "",
                List.of(
                        "sweep",
                        "--simulate",
                        "--duration",
                        "10m",
                        "--rate",
                        "1/s",
                        "--out",
                        sweep.toString(),
                        "--quiet"));
        assertThat(swept.exitCode()).isEqualTo(ExitCode.DONE);
        Said said = run("", "--calibrate", sweep.toString());
        assertThat(said.errors())
                .hasLineCount(1)
                .startsWith("pushpull: --calibrate: RUN: '" + sweep + "' is not accepted")
                .contains("this is a sweep's");
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(results).doesNotExist();
    }

    @Test
    void quietPrintsNothing() {
        Said said = run("", "--horizon", "10m", "--quiet");
        assertThat(said).isEqualTo(new Said(ExitCode.DONE, "", ""));
    }

    /** Ten commits a second apart, then nothing for nearly an hour, ten times; newest first, as git lists them. */
    @Test
    void aTraceFromStandardInputSaysHowBurstyItIs() {
        String trace = IntStream.range(0, 100)
                .mapToObj(i -> String.valueOf(1_700_000_000L + (99 - i) / 10 * 3_600 + (99 - i) % 10))
                .reduce("", (text, line) -> text + line + "\n");
        Said said = run(trace, "--trace", "-", "--interval", "5m", "--consumers", "50");
        assertThat(said.errors()).isEqualTo("pushpull: trace: one a line, 100 times, epoch seconds, newest first\n");
        assertThat(said.output())
                .contains("Burstiness of the gaps: cv²", "Burstiness of the counts", "Waste of this trace", "e^(-λT)");
        RunRecord read = RunResults.read(results);
        assertThat(read.findings()).hasSize(4);
        double wasted = read.findings().get(2).value();
        assertThat(wasted).isCloseTo(1 - 9 * 309.0 / 32_409, within(0.001));
        var counts = read.outcome("polling").orElseThrow().counts();
        assertThat((double) counts.emptyPolls() / counts.polls())
                .as("simulated over fifty phases")
                .isCloseTo(wasted, within(0.003));
    }

    private Said run(String input, String... arguments) {
        List<String> all = new ArrayList<>(List.of("simulate"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--out", results.toString()));
        return Said.by(input, all);
    }
}
