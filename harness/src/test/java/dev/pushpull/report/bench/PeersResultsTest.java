package dev.pushpull.report.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.DotChart;
import dev.pushpull.scenario.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeersResultsTest {
    private static final String HEADER =
            "round,driver,server,loop,offered_per_s,requests,seconds,requests_per_s,p50_ms,p99_ms,errors,driver_cpu_us,server_cpu_us\n";

    @TempDir
    private Path folder;

    @Test
    void aRatioIsTakenWithinARoundSoThatTheMachinesDriftCancels() throws Exception {
        StringBuilder rows = new StringBuilder(HEADER);
        for (int round = 1; round <= 8; round++) { // the machine gets twice as slow, but the ratio stays
            double speed = 100_000 / (1 + round / 8.0);
            rows.append(row(round, "wrk", "source", "closed", speed));
            rows.append(row(round, "pushpull", "source", "closed", 0.95 * speed));
        }
        write(rows);
        PeersResults results = PeersResults.write(folder);
        NamedCsvRecord figure = summary().get("polling.pushpull.wrk.requests_per_s");
        assertThat(number(figure, "ratio")).isCloseTo(0.95, within(1e-9));
        assertThat(number(figure, "ratio_high") - number(figure, "ratio_low")).isCloseTo(0, within(1e-9));
        assertThat(figure.getField("rounds")).isEqualTo("8");
        assertThat(figure.getField("met")).isEqualTo("true");
        assertThat(results.everyGoalIsMet()).isTrue();
    }

    @Test
    void stallsAndTheMachinesSpeedOfTheMomentAreNoDriversDoing() throws Exception {
        String header = HEADER.strip() + ",stalled_s,reference_per_s\n";
        StringBuilder rows = new StringBuilder(header);
        for (int round = 1; round <= 8; round++) { // wrk's block on a machine that is slower, ours on one that stalls
            double speed = 1 - round / 20.0;
            rows.append(row(round, "wrk", "source", "closed", 100_000 * speed).strip() + ",0," + 50_000 * speed + "\n");
            rows.append(
                    row(round, "pushpull", "source", "closed", 95_000 * 2.7 / 3).strip() + ",0.3,50000\n");
        }
        write(rows);
        PeersResults.write(folder);
        NamedCsvRecord figure = summary().get("polling.pushpull.wrk.requests_per_s");
        assertThat(number(figure, "ratio")).isCloseTo(0.95, within(1e-9));
        assertThat(number(figure, "ratio_high") - number(figure, "ratio_low")).isCloseTo(0, within(1e-9));
    }

    @Test
    void aGoalIsMissedByTheMedianOfItsRatios() throws Exception {
        write(new StringBuilder(HEADER)
                .append(row(1, "wrk", "source", "closed", 100))
                .append(row(1, "wrk", "nginx", "closed", 200))
                .append(row(1, "wrk", "receiver", "closed", 100))
                .append(row(1, "pushpull", "receiver", "closed", 70)));
        PeersResults results = PeersResults.write(folder);
        assertThat(summary()
                        .get("empty.page.by.wrk.pushpull.nginx.requests_per_s")
                        .getField("met"))
                .isEqualTo("false");
        assertThat(summary().get("webhooks.pushpull.wrk.requests_per_s").getField("met"))
                .isEqualTo("true");
        assertThat(results.everyGoalIsMet()).isFalse();
        assertThat(results.terminal(false, false)).contains(">= 0.85  not met").contains(">= 0.6      met");
    }

    /** The reading test: ten seeds of measurements. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theTitlesAreTrueOfTheRatios(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder rows = new StringBuilder(HEADER);
        for (int round = 1; round <= 6; round++) {
            for (String server : List.of("source", "receiver", "nginx")) {
                rows.append(row(round, "wrk", server, "closed", 100 * (1 + random.nextDouble())));
            }
            for (String server : List.of("source", "receiver")) {
                rows.append(row(round, "pushpull", server, "closed", 100 * (0.2 + random.nextDouble() * 2)));
            }
        }
        write(rows);
        List<PeerFigure> figures = PeerFigure.of(PeerBlock.read(folder));
        List<PeerFigure> goals =
                figures.stream().filter(figure -> figure.goal().isPresent()).toList();
        long met = goals.stream().filter(PeerFigure::isMet).count();

        String title = PeersTitles.page(figures);
        assertThat(title)
                .matches(
                        met == goals.size()
                                ? "All 3 goals are met"
                                : met + " of 3 goals " + (met == 1 ? "is" : "are") + " met; not met: .*");
        goals.forEach(goal -> assertThat(title.contains(goal.contest())).isEqualTo(!goal.isMet()));

        DotChart ratios = PeerRatios.of(figures).orElseThrow();
        double[] medians = figures.stream()
                .filter(figure -> figure.metric() == PeerMetric.REQUESTS)
                .mapToDouble(figure -> figure.ratio().median())
                .sorted()
                .toArray();
        assertThat(ratios.title())
                .startsWith("Requests a second, ours by theirs: " + Decimals.times(medians[0]) + " (")
                .contains(" to " + Decimals.times(medians[medians.length - 1]) + " (");
        assertThat(ratios.rows()).hasSize(medians.length);
    }

    @Test
    void whatOnlyOneSideWasMeasuredForIsNotCompared() throws Exception {
        write(new StringBuilder(HEADER)
                .append(row(1, "pushpull", "source", "closed", 100))
                .append(row(2, "wrk", "source", "closed", 100)));
        assertThat(PeersResults.write(folder).everyGoalIsMet()).isTrue();
        assertThat(summary()).isEmpty();
    }

    @Test
    void theIntervalIsTheNarrowestOfOrderStatisticsThatHoldsTheMedianInNineteenOfTwenty() {
        PairedRatio five = ratio(5);
        assertThat(List.of(five.low(), five.median(), five.high())).containsExactly(1.0, 3.0, 5.0);
        assertThat(five.coverage()).as("1 - 2/2^5").isCloseTo(0.9375, within(1e-12));
        PairedRatio eight = ratio(8);
        assertThat(List.of(eight.low(), eight.median(), eight.high())).containsExactly(1.0, 4.5, 8.0);
        assertThat(eight.coverage()).as("1 - 2/2^8").isCloseTo(0.9921875, within(1e-12));
        PairedRatio nine = ratio(9);
        assertThat(List.of(nine.low(), nine.high())).containsExactly(2.0, 8.0);
        assertThat(nine.coverage()).as("1 - 2 (1 + 9)/2^9").isCloseTo(0.9609375, within(1e-12));
        assertThat(ratio(1).coverage()).as("one round says nothing").isZero();
    }

    @Test
    void blocksOfOneDriverAreMergedAsHistograms() throws Exception {
        write(new StringBuilder(HEADER)
                .append(row(1, "pushpull", "source", "open", 100))
                .append(row(1, "hyperfoil", "source", "open", 100)));
        Files.createDirectory(folder.resolve("histograms"));
        log("pushpull-1", 1_000_000, 1_000);
        log("pushpull-2", 9_000_000, 10);
        log("hyperfoil-1", 2_000_000, 1_000);
        PeersResults.write(folder);
        assertThat(Files.readString(folder.resolve("open-loop-pushpull.hgrm")))
                .contains("Total count    =         1010")
                .contains("Max     =        9.003");
        assertThat(folder.resolve("open-loop-hyperfoil.hgrm")).exists();
        String page = Files.readString(folder.resolve("report.html"));
        assertThat(page).contains("\"name\":\"hyperfoil\"").contains("\"name\":\"pushpull\"");
        assertThat(page).as("asks no network").doesNotContain("src=").doesNotContain("@import");
    }

    @Test
    void notesAreToldAndEscaped() throws Exception {
        write(new StringBuilder(HEADER).append(row(1, "wrk", "source", "closed", 100)));
        Files.writeString(folder.resolve("notes.txt"), "hey could not be had <and is left out>.\n");
        assertThat(PeersResults.write(folder).terminal(false, false)).contains("hey could not be had");
        assertThat(Files.readString(folder.resolve("report.html"))).contains("&lt;and is left out&gt;");
    }

    @Test
    void aFolderWithoutBlocksIsRefusedInOneLine() throws Exception {
        assertThatThrownBy(() -> PeersResults.write(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("peers.csv");
        write(new StringBuilder("round,driver\n1,wrk\n"));
        assertThatThrownBy(() -> PeersResults.write(folder)).isInstanceOf(InvalidInputException.class);
    }

    private static PairedRatio ratio(int rounds) {
        return PairedRatio.of(
                IntStream.rangeClosed(1, rounds).mapToObj(i -> (double) i).toList());
    }

    private static String row(int round, String driver, String server, String loop, double requestsPerSecond) {
        return round + "," + driver + "," + server + "," + loop + ",,1000,3," + requestsPerSecond + ",1,2,0,5,6\n";
    }

    private void write(StringBuilder rows) throws IOException {
        Files.writeString(folder.resolve("peers.csv"), rows);
    }

    private void log(String name, long nanos, int count) throws IOException {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(nanos, count);
        HistogramLogWriter log = new HistogramLogWriter(
                folder.resolve("histograms/open-loop-" + name + ".hlog").toFile());
        log.outputIntervalHistogram(histogram);
        log.close();
    }

    private Map<String, NamedCsvRecord> summary() throws IOException {
        Map<String, NamedCsvRecord> rows = new HashMap<>();
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(folder.resolve("summary.csv"))) {
            csv.forEach(row -> rows.put(row.getField("figure"), row));
        }
        return rows;
    }

    private static double number(NamedCsvRecord row, String column) {
        return Double.parseDouble(row.getField(column));
    }

    @Test
    void oneRoundHasRatiosWithoutIntervals(@TempDir Path alone) throws Exception {
        Files.writeString(
                alone.resolve("peers.csv"),
                HEADER + "1,pushpull,source,closed,,1000,1,1000,1,2,0,10,10\n"
                        + "1,wrk,source,closed,,2000,1,2000,1,2,0,10,10\n");
        PeersResults.write(alone);

        assertThat(Files.readString(alone.resolve("report.html")))
                .contains("One round: no ratio has an interval.", "<td>0.500</td>")
                .doesNotContain("(0.500 to 0.500)");
    }
}
