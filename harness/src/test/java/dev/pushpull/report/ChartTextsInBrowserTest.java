package dev.pushpull.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.bench.PeersResults;
import dev.pushpull.report.capacity.CapacityResults;
import dev.pushpull.report.claims.ClaimsResults;
import dev.pushpull.report.compared.ComparedResults;
import dev.pushpull.report.compared.RunComparison;
import dev.pushpull.report.shared.Browser;
import dev.pushpull.report.shared.Capacities;
import dev.pushpull.report.shared.EveryMode;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.report.shared.Sweeps;
import dev.pushpull.report.stored.StoredRun;
import dev.pushpull.report.sweep.SweepResults;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import dev.pushpull.scenario.ClaimsRecord;
import dev.pushpull.scenario.RunRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text in any chart is cut off or lies on another, in a wide window, on a telephone, and at twice the size. */
class ChartTextsInBrowserTest extends Browser {
    @TempDir
    Path results;

    @Test
    void ofASweep() throws IOException {
        SweepResults.write(
                Sweeps.grid(List.of(100L, 250L, 500L, 2_000L), List.of(0.05, 0.5, 1.0, 2.0, 4.0, 30.0)), results);
        open(Files.readString(results.resolve("report.html")));
        await("document.documentElement.dataset.drawn !== undefined");

        assertEveryTextIsClear();
        assertThat(script("""
                return [...document.querySelectorAll('svg.heat')].flatMap(svg => {
                    const plates = [...svg.querySelectorAll('.plate')].map(e => e.getBoundingClientRect());
                    const lines = [...svg.querySelectorAll('.crossing')];
                    const texts = [...svg.querySelectorAll('.over')];
                    const behind = texts.every(t => lines.every(l => l.compareDocumentPosition(t) & Node.DOCUMENT_POSITION_FOLLOWING));
                    const bare = texts.map(t => t.getBoundingClientRect()).filter(t => !plates.some(p =>
                        p.left <= t.left && p.right >= t.right && p.top <= t.top + 2 && p.bottom >= t.bottom - 2));
                    return behind && !bare.length ? [] : [svg.getAttribute('aria-label')];
                })"""))
                .as("maps whose lines strike a text: each has a plate between")
                .isEqualTo(List.of());
        assertThat(
                        script(
                                "return document.querySelector('svg.heat').clientWidth / document.querySelector('main').clientWidth > 0.9"))
                .as("as wide as the page")
                .isEqualTo(true);
    }

    @Test
    void ofASearchForCapacity() throws IOException {
        CapacityResults.write(Capacities.drawn(5, "p99<20ms"), results);
        open(Files.readString(results.resolve("report.html")));
        await("document.documentElement.dataset.drawn !== undefined");

        assertThat(all(".dots circle, .dots rect").size()).isGreaterThan(3);
        assertThat(all(".badge.holds")).as("a limit is no good news").isEmpty();
        assertThat((Boolean) script("""
                return [...document.querySelectorAll('#beliefs .chart')].every(host => {
                  const u = host.chart, likely = pushpull.data.beliefs.find(one => one.title === host.querySelector('h3').textContent);
                  const best = likely.rate[likely.probability.indexOf(Math.max(...likely.probability))];
                  return u.valToPos(best, 'x') > 0.1 * u.bbox.width / devicePixelRatio;
                })"""))
                .as("a rate that is hardly likely presses nothing against the edge")
                .isTrue();
        assertEveryTextIsClear();
    }

    @Test
    void ofTestedClaims() throws IOException {
        SplittableRandom random = new SplittableRandom(4);
        List<ClaimFinding> findings = List.of(
                finding(Claim.EFFORT, "requests_per_delivery_at_load_", List.of("0.10", "0.30", "1.0", "3.0"), random),
                finding(
                        Claim.INSTANT_UPDATES,
                        "latency_p90_",
                        List.of(
                                "receiver_busy_30_percent_poisson",
                                "receiver_busy_120_percent_poisson",
                                "beside_a_slow_one_in_flight_64_each_8"),
                        random),
                finding(Claim.EFFICIENCY, "wasted_ratio_at_load_", List.of("0.10", "0.60", "3.0"), random));
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
                        findings),
                results);
        open(Files.readString(results.resolve("report.html")));
        await("document.documentElement.dataset.drawn !== undefined");

        assertThat(all("figure.dots svg.plot")).hasSize(3);
        assertEveryTextIsClear();
    }

    private static ClaimFinding finding(Claim claim, String prefix, List<String> cases, SplittableRandom random) {
        return new ClaimFinding(
                claim,
                ClaimFinding.Verdict.HOLDS,
                "",
                "it does",
                cases.stream()
                        .map(name -> Figure.of(
                                        prefix + name,
                                        "ms",
                                        Math.exp(6 * random.nextDouble() - 4),
                                        Math.exp(6 * random.nextDouble() - 4),
                                        "evidence/x.csv: a")
                                .predicted(1, 1))
                        .toList(),
                List.of());
    }

    @ParameterizedTest
    @ValueSource(longs = {500, 250})
    void ofTwoRunsOfEveryModeCompared(long intervalMillis) throws IOException {
        RunRecord first = EveryMode.in(Runs.ordinary()).run();
        RunRecord second =
                EveryMode.in(Runs.ordinary()).intervalMillis(intervalMillis).run();
        ComparedResults.write(RunComparison.of(stored(first), stored(second)), results);
        open(Files.readString(results.resolve("compared.html")));
        await("document.documentElement.dataset.drawn !== undefined");

        assertLinesLabelled("spectrum", "timelines");
        assertThat(script("return document.querySelector('#spectrum canvas').texts"
                        + ".filter(t => /(ms|µs| s)$/.test(t.text)).length >= 4"))
                .as("marks on the axis of delays")
                .isEqualTo(true);
        assertEveryTextIsClear();
        assertLinesLabelled("spectrum", "timelines");
        assertThat((List<?>) script("""
                return ['spectrum', 'timelines'].flatMap(id => {
                    const host = document.getElementById(id), labels = host.labels;
                    return labels.filter(one => labels.some(other => one !== other && one.pair.of === other.pair.of
                        && Math.abs(one.anchor.y - other.anchor.y) < 15)).map(one => id + ': ' + one.lines.join(''));
                });"""))
                .as("lines of a mode that end together and have a label each")
                .isEmpty();
    }

    private StoredRun stored(RunRecord run) throws IOException {
        Path folder = Files.createTempDirectory(results, "run");
        Files.writeString(folder.resolve(RunJson.FILE), RunJson.render(run));
        return StoredRun.read(folder);
    }

    @Test
    void ofPeers() throws IOException {
        StringBuilder blocks = new StringBuilder("round,driver,server,loop,offered_per_s,requests,seconds,"
                + "requests_per_s,p50_ms,p99_ms,errors,driver_cpu_us,server_cpu_us\n");
        for (int round = 1; round <= 6; round++) {
            for (String driver : List.of("pushpull", "wrk", "hey", "hyperfoil")) {
                for (String server : List.of("source", "receiver")) {
                    blocks.append(round + "," + driver + "," + server + ",closed,,1000,1," + (900 + 100 * round)
                            + ",1,2,0,10,10\n");
                }
            }
        }
        Files.createDirectories(results.resolve("histograms"));
        for (String driver : List.of("pushpull", "hyperfoil", "wrk2")) {
            try (PrintStream out = new PrintStream(
                    results.resolve("histograms/open-loop-" + driver + "-1.hlog")
                            .toFile(),
                    StandardCharsets.UTF_8)) {
                Histogram latencies = new Histogram(3);
                for (long i = 1; i <= 1_000; i++) {
                    latencies.recordValue(i * 1_000 * driver.length());
                }
                new HistogramLogWriter(out).outputIntervalHistogram(latencies);
            }
        }
        Files.writeString(results.resolve("peers.csv"), blocks);
        PeersResults.write(results);
        open(Files.readString(results.resolve("report.html")));
        await("document.querySelector('#spectrum canvas') !== null");

        assertLinesLabelled("spectrum");
        assertEveryTextIsClear();
    }

    private void assertEveryTextIsClear() {
        for (int width : new int[] {1200, 600, 375}) {
            window(width, 900);
            assertChartTextsReadable();
        }
    }
}
