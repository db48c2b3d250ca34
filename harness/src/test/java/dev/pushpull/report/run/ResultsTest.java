package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.schedule.TraceArrivals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    @TempDir
    Path folder;

    @Test
    void writesEveryFileOfTheResultsFolderAndNoOther() throws IOException {
        RunResults.write(Runs.ordinary().run(), folder);

        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "report.html",
                            "summary.csv",
                            "table.md",
                            "timeline.csv",
                            "latency-polling.hgrm",
                            "latency-webhook.hgrm",
                            "latency.hlog",
                            "run.json");
        }
    }

    @Test
    void heedsTheContractOfTheSummarysColumns() throws IOException {
        RunResults.write(Runs.ordinary().run(), folder);

        assertThat(lines("summary.csv").get(0))
                .isEqualTo("run_id,trial,mode,arrivals,rate_per_s,interval_s,consumers,duration_s,seed,events,"
                        + "expected_deliveries,delivered,missed,duplicates,requests,empty_requests,wasted_ratio,"
                        + "requests_per_delivery,bytes_to_provider,bytes_to_consumer,bytes_per_delivery,"
                        + "latency_mean_ms,latency_p50_ms,latency_p90_ms,latency_p99_ms,latency_p999_ms,"
                        + "latency_max_ms,provider_cpu_ms,consumer_cpu_ms,connections_opened,valid,partial,"
                        + "polls,attempts,skipped_polls,drain_requests,reconfirmed,out_of_order,processed_p50_ms,monthly_bill,noise,lost,pending,monthly_requests,"
                        + "steadiness,last_third_ratio,sender,connections_per_delivery,connection_seconds_per_delivery,"
                        + "frames_per_delivery,reconnects,lost_in_gap,held_connections,monthly_fixed_sum,monthly_total,currency,latency_p95_ms,"
                        + "slots_occupied,slots_occupied_max,slot_wait_mean_ms,clock_bound_ms");
    }

    @Test
    void givesTheSummaryOneRowAModeWithEmptyCellsForWhatDoesNotExist() throws IOException {
        RunResults.write(Runs.ordinary().run(), folder);

        assertThat(lines("summary.csv"))
                .hasSize(3)
                .element(2)
                .asString()
                .startsWith("2026-11-23T13-52-22-compare,1,webhook,poisson,1,0.5,20,30,1,600,600,600,0,0,600,0,,1,");
    }

    @Test
    void saysInTheSummaryWhetherLatenciesWereSteady() throws IOException {
        RunResults.write(Runs.ordinary().stillWarming().run(), folder);
        assertThat(lines("summary.csv").get(1)).contains(",still warming,0.64,,");

        RunResults.write(Runs.ordinary().run(), folder);
        assertThat(lines("summary.csv").get(1))
                .as("a run in which nobody looked")
                .contains(",,,,0.0");
    }

    @Test
    void saysInEveryOutputWhatSentTheWebhooks() throws IOException {
        RunRecord run = Runs.ordinary().run();
        RunResults.write(run, folder);
        assertThat(lines("summary.csv").get(2)).contains(",own,");
        Files.writeString(
                folder.resolve("run.json"), text("run.json").replace("\"sender\":\"OWN\"", "\"sender\":\"OKHTTP\""));

        RunRecord byOkHttp = RunResults.read(folder);
        RunResults.write(byOkHttp, folder);

        assertThat(lines("summary.csv").get(1)).as("polling sends nothing").endsWith(",");
        assertThat(lines("summary.csv").get(2)).contains(",okhttp,");
        assertThat(text("report.html")).contains("<dt>Webhooks sent by</dt><dd>OkHttp</dd>");
        assertThat(TerminalReport.render(byOkHttp, Optional.empty(), false, true)
                        .replaceAll("\\s+", " "))
                .contains("webhooks sent by OkHttp");
        RunRecord polled = Runs.ordinary().modes("polling").run();
        assertThat(TerminalReport.render(polled, Optional.empty(), false, true)).doesNotContain("sent by");
    }

    @Test
    void ordersTheTimelineByTimeAndAddsUpToTheSummary() throws IOException {
        RunResults.write(Runs.ordinary().run(), folder);

        List<String> lines = lines("timeline.csv");
        assertThat(lines.get(0))
                .isEqualTo(
                        "second,mode,events,deliveries,requests,empty_requests,bytes_to_provider,bytes_to_consumer,trial,"
                                + "held_connections");
        assertThat(lines.get(1)).startsWith("0,polling,");
        assertThat(lines.get(2)).startsWith("0,webhook,");
        assertThat(lines.stream()
                        .filter(line -> line.contains(",polling,"))
                        .mapToLong(line -> Long.parseLong(line.split(",")[4]))
                        .sum())
                .isEqualTo(1_200);
    }

    @Test
    void writesALogThatHdrHistogramsOwnReaderReadsAndThatAddsUpToTheTotal() throws IOException {
        RunRecord run = Runs.ordinary().webhooksMissed(40).run();
        RunResults.write(run, folder);

        Map<String, Histogram> byTag = new HashMap<>();
        try (HistogramLogReader reader =
                new HistogramLogReader(folder.resolve("latency.hlog").toFile())) {
            while (reader.hasNext()) {
                Histogram interval = (Histogram) reader.nextIntervalHistogram();
                assertThat(interval.getEndTimeStamp() - interval.getStartTimeStamp())
                        .isEqualTo(1_000);
                byTag.computeIfAbsent(interval.getTag(), tag -> new Histogram(3))
                        .add(interval);
            }
            assertThat(reader.getStartTimeSec()).isCloseTo(1_795_441_942.0, within(1e-3));
        }

        assertThat(byTag).containsOnlyKeys("polling", "webhook");
        for (Outcome outcome : run.outcomes()) {
            assertThat(byTag.get(outcome.mode())).isEqualTo(outcome.latency().histogram());
        }
    }

    @Test
    void writesPercentilesInMilliseconds() throws IOException {
        RunResults.write(Runs.ordinary().run(), folder);

        String last = lines("latency-polling.hgrm").stream()
                .filter(line -> line.contains("1.000000000000"))
                .findFirst()
                .orElseThrow();
        assertThat(Double.parseDouble(last.strip().split("\\s+")[0])).isBetween(400.0, 510.0);
    }

    @Test
    void leavesTheTimesOfATraceOutOfTheRecord() throws IOException {
        long[] times = {1_000_000_000L, 2_000_000_000L, 4_000_000_000L};
        RunResults.write(
                Runs.ordinary()
                        .arrivals(TraceArrivals.of("commits.txt", 0, times, 1, 0))
                        .run(),
                folder);

        assertThat(text("run.json")).doesNotContain("original_epoch_nanos");
        assertThat(RunResults.read(folder).scenario().events().arrivals().ratePerSecond())
                .isEqualTo(1);
    }

    @Test
    void holdsNanosecondsAsIntegersAndNamesInSnakeCase() throws IOException {
        RunResults.write(Runs.ordinary().run(), folder);

        assertThat(text("run.json"))
                .startsWith("{\"schema_version\":7,\"run_id\":\"2026-11-23T13-52-22-compare\",")
                .contains("\"interval_nanos\":500000000,", "\"kind\":\"poisson\",\"rate_per_second\":1")
                .doesNotContain("intervalNanos");
    }

    @Test
    void traitsAreStoredWithEachModeAndReadBack() throws IOException {
        RunRecord run = Runs.ordinary().modes("hybrid", "long-polling").run();
        RunResults.write(run, folder);

        assertThat(text("run.json"))
                .contains("\"traits\":{\"begins\":\"BOTH\",\"has\":[\"LISTENS\"],")
                .contains("\"traits\":{\"begins\":\"CONSUMER\",\"has\":[\"HOLDS_CONNECTIONS\"],");
        assertThat(RunResults.read(folder).outcomes())
                .extracting(Outcome::traits)
                .containsExactlyElementsOf(
                        run.outcomes().stream().map(Outcome::traits).toList());
    }

    @Test
    void keepsTheFileThatWasThereWhenWritingFails() throws IOException {
        Files.createDirectory(folder.resolve("summary.csv"));
        Files.createFile(folder.resolve("summary.csv/in-the-way"));

        assertThatIOException()
                .isThrownBy(() -> RunResults.write(Runs.ordinary().run(), folder));

        assertThat(folder.resolve("run.json")).exists();
        try (var files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".tmp"));
        }
    }

    @Test
    void copesWithARunInWhichNothingArrived() throws IOException {
        RunResults.write(Runs.ordinary().consumers(1).seconds(1).rate(0.01).run(), folder);

        assertThat(lines("summary.csv")).hasSize(3);
        assertThat(lines("latency.hlog")).noneMatch(line -> line.startsWith("Tag="));
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file), StandardCharsets.UTF_8);
    }

    private String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }
}
