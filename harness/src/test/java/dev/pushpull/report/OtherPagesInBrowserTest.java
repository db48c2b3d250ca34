package dev.pushpull.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.bench.JmhReport;
import dev.pushpull.report.bench.PeersResults;
import dev.pushpull.report.capacity.CapacityResults;
import dev.pushpull.report.claims.ClaimsResults;
import dev.pushpull.report.folder.ResultsIndex;
import dev.pushpull.report.shared.Browser;
import dev.pushpull.report.shared.Sweeps;
import dev.pushpull.report.sweep.SweepResults;
import dev.pushpull.scenario.CapacityAnswer;
import dev.pushpull.scenario.CapacityFinding;
import dev.pushpull.scenario.CapacityMeans;
import dev.pushpull.scenario.CapacityRecord;
import dev.pushpull.scenario.CapacityStep;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimsRecord;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Slo;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All pages except a run's, as their readers see them. */
class OtherPagesInBrowserTest extends Browser {
    private static final String MARKUP = "<script>alert(1)</script>";

    @TempDir
    Path results;

    private void openSweep() throws IOException {
        SweepResults.write(Sweeps.grid(List.of(250L, 500L, 2_000L), List.of(0.5, 1.0, 2.0, 4.0)), results);
        open(Files.readString(results.resolve("report.html")));
        await("document.documentElement.dataset.drawn !== undefined");
    }

    private void openClaims() throws IOException {
        ClaimFinding finding = new ClaimFinding(
                Claim.EFFORT,
                ClaimFinding.Verdict.HOLDS_WHEN,
                "lambda*T < 1.0",
                "polling asked " + MARKUP,
                List.of(ClaimFinding.Figure.of("requests", "requests", 2, 1, "evidence/effort.csv: a")
                        .predicted(2.1, 1)),
                List.of(new EvidenceTable("effort", List.of("a", "b"), List.of(List.of(1.5, MARKUP)))));
        ClaimsResults.write(
                new ClaimsRecord(
                        RunRecord.SCHEMA_VERSION,
                        "some-claims",
                        "claims",
                        List.of("pushpull", "claims"),
                        "2026-11-23T13:52:22Z",
                        Map.of("processors", "2"),
                        1,
                        true,
                        false,
                        List.of(finding)),
                results);
        open(Files.readString(results.resolve("report.html")));
        await("document.documentElement.dataset.drawn !== undefined");
    }

    @Test
    void aSweepHasItsMapsAndCurvesDrawn() throws IOException {
        openSweep();

        assertQuiet();
        assertThat(all("svg.heat")).hasSize(3);
        assertThat(all("svg.heat rect.cell"))
                .hasSize(3 * 12)
                .allSatisfy(cell -> assertThat(cell.getCssValue("fill")).isNotEqualTo("rgb(0, 0, 0)"));
        assertThat(all("svg.heat path.crossing:not(.predicted)")).hasSize(3);
        assertThat(paintedPixels(find("#waste canvas"))).isGreaterThan(3_000);
        assertThat(paintedPixels(find("#load canvas"))).isGreaterThan(3_000);
        assertThat(find("#downloads").getText()).contains("summary.csv", "run.json");
        assertReadableEverywhere();
    }

    @Test
    void claimsShowWhatTheyRestOn() throws IOException {
        openClaims();

        assertQuiet();
        assertThat(find(".statements .badge").getText()).isEqualTo("HOLDS WHEN λT < 1.0");
        find("details:not(.long) summary").click();
        assertThat(find(".evidence").getText()).contains(MARKUP);
        assertThat(find("#downloads").getText()).contains("claims.csv", "run.json");
        assertReadableEverywhere();
    }

    private static CapacityStep step(double offeredPerSecond, boolean sustained) {
        OptionalDouble p50 = OptionalDouble.of(0.2 + offeredPerSecond / 100_000);
        OptionalDouble p99 = OptionalDouble.of(sustained ? 5 : 50);
        return new CapacityStep(
                "poll-empty",
                "undertow",
                offeredPerSecond,
                offeredPerSecond,
                p50,
                p99,
                OptionalDouble.of(0.1),
                0,
                sustained,
                p50,
                p99,
                OptionalDouble.of(10),
                OptionalDouble.of(9),
                false,
                new CapacityStep.Circumstances(
                        "exceeded",
                        sustained ? "sustained" : "exceeded",
                        false,
                        OptionalDouble.of(0.03),
                        OptionalDouble.of(0),
                        p99,
                        OptionalDouble.of(90_000)));
    }

    private void openCapacity() throws IOException {
        CapacityResults.write(
                new CapacityRecord(
                        RunRecord.SCHEMA_VERSION,
                        "some-capacity",
                        "capacity",
                        List.of("pushpull", "capacity"),
                        "2026-11-23T13:52:22Z",
                        Map.of("processors", "2"),
                        Slo.parse("--slo", "p99<20ms"),
                        "undertow",
                        64,
                        1_000_000_000,
                        1024,
                        false,
                        new CapacityMeans(CapacityMeans.POSTERIOR, OptionalDouble.of(100_000), "2 pinned threads"),
                        List.of(),
                        List.of(new CapacityFinding(
                                "poll-empty",
                                "polls that bring nothing " + MARKUP,
                                CapacityFinding.Limit.BOUND,
                                List.of(step(10_000, true), step(20_000, true), step(40_000, false)),
                                CapacityAnswer.of(
                                        new CapacityAnswer.Rate(30_000, 25_000, 36_000),
                                        20_000,
                                        List.of(
                                                new CapacityAnswer.Point(25_000, 0.1),
                                                new CapacityAnswer.Point(30_000, 0.8),
                                                new CapacityAnswer.Point(36_000, 0.1)))))),
                results);
        open(Files.readString(results.resolve("report.html")));
        await("document.documentElement.dataset.drawn !== undefined");
    }

    @Test
    void capacityDrawsLatencyAgainstLoad() throws IOException {
        openCapacity();

        assertQuiet();
        assertThat(find(".capacity tbody").getText()).contains("30,000", MARKUP);
        assertThat(paintedPixels(find("#curves canvas"))).isGreaterThan(1_000);
        assertThat(paintedPixels(find("#beliefs canvas"))).isGreaterThan(1_000);
        assertThat(find(".capacity tbody").getText()).contains("25,000 to 36,000", "changed 2 verdicts");
        assertThat(find("#downloads").getText()).contains("capacity.csv");
        assertReadableEverywhere();
    }

    @Test
    void peersLayTheirLatenciesOverEachOther() throws IOException {
        StringBuilder blocks = new StringBuilder("round,driver,server,loop,offered_per_s,requests,seconds,"
                + "requests_per_s,p50_ms,p99_ms,errors,driver_cpu_us,server_cpu_us\n");
        Files.createDirectories(results.resolve("histograms"));
        for (int round = 1; round <= 3; round++) {
            for (String driver : List.of("pushpull", "wrk", "hyperfoil")) {
                blocks.append(round + "," + driver + ",source,closed,,1000,1,1000,1,2,0,10,10\n");
            }
        }
        for (String driver : List.of("pushpull", "hyperfoil")) {
            blocks.append("1," + driver + ",source,open,500,500,1,500,1,2,0,10,10\n");
            try (PrintStream out = new PrintStream(
                    results.resolve("histograms/open-loop-" + driver + "-1.hlog")
                            .toFile(),
                    StandardCharsets.UTF_8)) {
                Histogram latencies = new Histogram(3);
                LongStream.rangeClosed(1, 1_000).forEach(i -> latencies.recordValue(i * 1_000));
                new HistogramLogWriter(out).outputIntervalHistogram(latencies);
            }
        }
        Files.writeString(results.resolve("peers.csv"), blocks);
        PeersResults.write(results);
        open(Files.readString(results.resolve("report.html")));

        await("document.querySelector('#spectrum canvas') !== null");
        assertQuiet();
        assertThat(find("table.numbers").getText()).contains("1.00 (1.00 to 1.00)");
        assertThat(all("#others + details:not([open]) tbody tr"))
                .as("the other ratios, folded")
                .isNotEmpty();
        assertThat(paintedPixels(find("#spectrum canvas"))).isGreaterThan(1_000);
        assertReadableEverywhere();
    }

    @Test
    void benchmarksHaveTheirBars() throws IOException {
        Path json = results.resolve("jmh.json");
        try (InputStream fixture = getClass().getResourceAsStream("bench/jmh.json")) {
            Files.copy(fixture, json);
        }
        JmhReport.write(json, results.resolve("report.html"));
        open(Files.readString(results.resolve("report.html")));

        assertQuiet();
        assertThat(all(".bar svg")).isNotEmpty();
        assertReadableEverywhere();
    }

    @Test
    void theListOfRunsLeadsToThem() throws IOException {
        Path run = Files.createDirectories(results.resolve("some-claims"));
        Files.writeString(run.resolve("run.json"), MARKUP);
        ResultsIndex.write(results);
        open(Files.readString(results.resolve("index.html")));

        assertQuiet();
        assertThat(find(".runs th a").getText()).isEqualTo("some-claims");
        assertReadableEverywhere();
    }
}
