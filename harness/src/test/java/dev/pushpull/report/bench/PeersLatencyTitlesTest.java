package dev.pushpull.report.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.scenario.Distribution;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The reading test: the title of the latencies is true of all requests, and of the line that is drawn of them; the table
 * has the medians of the rounds, and the page says which is which.
 */
class PeersLatencyTitlesTest {
    private static final int SEEDS = 10;
    private static final String OURS = "pushpull";

    /** Half of the last of three digits, and a histogram's bucket. */
    private static final Percentage SHOWN = Percentage.withPercentage(0.7);

    private static final Map<String, Double> MILLIS = Map.of("µs", 1e-3, "ms", 1.0, "s", 1e3);

    /** Six measurements at the same rate. */
    enum Measured {
        ONE_ROUND(1, 2_000, OURS, "hyperfoil"),
        TWO_ROUNDS(2, 2_000, OURS, "hyperfoil"),
        EIGHT_ROUNDS(8, 500, OURS, "hyperfoil"),
        THREE_DRIVERS(3, 800, OURS, "hyperfoil", "hey"),
        ONE_DRIVER(3, 800, OURS),
        FEW_REQUESTS(2, 40, OURS, "hyperfoil");

        private final int rounds;
        private final int requests;
        private final List<String> drivers;

        Measured(int rounds, int requests, String... drivers) {
            this.rounds = rounds;
            this.requests = requests;
            this.drivers = List.of(drivers);
        }

        /** Milliseconds by driver and round: every round has its own speed, so that the rounds' medians are no others'. */
        Map<String, List<double[]>> latencies(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            Map<String, List<double[]>> byDriver = new LinkedHashMap<>();
            for (String driver : drivers) {
                byDriver.put(
                        driver,
                        IntStream.range(0, rounds)
                                .mapToObj(round -> {
                                    double typical = Math.exp(3 * random.nextDouble() - 2);
                                    return IntStream.range(0, requests)
                                            .mapToDouble(i -> typical * Math.exp(random.nextGaussian()))
                                            .sorted()
                                            .toArray();
                                })
                                .toList());
            }
            return byDriver;
        }
    }

    @ParameterizedTest
    @EnumSource
    void areTrueOfEveryRequest(Measured measured, @TempDir Path folder) throws IOException {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Map<String, List<double[]>> latencies = measured.latencies(seed);
            write(latencies, folder);
            PeersResults.write(folder);
            String page =
                    Files.readString(folder.resolve("report.html")).replaceAll("(?s)<(style|script).*?</\\1>", "");

            assertTitle(first("<h3>(At the same rate, .*?)</h3>", page), measured, latencies, folder);
            assertThat(page.contains("the tables have the median of what each round says"))
                    .isEqualTo(measured.rounds > 1);
            for (String driver : measured.drivers) {
                if (!driver.equals(OURS)) {
                    assertRow(page, "p50", 0.5, latencies.get(OURS), latencies.get(driver), driver);
                    assertRow(page, "p99", 0.99, latencies.get(OURS), latencies.get(driver), driver);
                }
            }
        }
    }

    private static void assertTitle(String title, Measured measured, Map<String, List<double[]>> latencies, Path folder)
            throws IOException {
        String start = first("(At the same rate, p\\d+(?: of all rounds together)? is ).*", title);
        int percent = Integer.parseInt(first("p(\\d+)", start));
        assertThat(start.contains("of all rounds together")).as(title).isEqualTo(measured.rounds > 1);
        int all = measured.rounds * measured.requests;
        assertThat(percent)
                .as(title)
                .isEqualTo(all >= Distribution.samplesNeeded(0.99) ? 99 : 90); // the highest that so many can tell
        List<String> said = Arrays.asList(title.substring(start.length()).split(", "));
        assertThat(said).as(title).hasSameSizeAs(measured.drivers);
        for (String one : said) {
            Matcher read = Pattern.compile("([\\d.,]+) (µs|ms|s) by (.*)").matcher(one);
            assertThat(read.matches()).as(title).isTrue();
            double millis = Double.parseDouble(read.group(1).replace(",", "")) * MILLIS.get(read.group(2));
            double[] together = latencies.get(read.group(3)).stream()
                    .flatMapToDouble(Arrays::stream)
                    .sorted()
                    .toArray();
            assertThat(millis).as(title).isCloseTo(quantile(together, percent / 100.0), SHOWN);
            assertDrawn(title, folder, read.group(3), percent, millis);
        }
    }

    /** Between the points of its line on either side. */
    private static void assertDrawn(String title, Path folder, String driver, int percent, double millis)
            throws IOException {
        PeerSpectra.Curve curve =
                PeerSpectra.curve(driver, PeerSpectra.read(folder).get(driver));
        double x = 1 / (1 - percent / 100.0);
        int after = IntStream.range(0, curve.x().size())
                .filter(i -> curve.x().get(i) >= x * (1 - 1e-9))
                .findFirst()
                .orElseThrow();
        assertThat(millis)
                .as(title)
                .isBetween(0.993 * curve.y().get(after - 1), 1.007 * curve.y().get(after));
    }

    private static void assertRow(
            String page, String name, double p, List<double[]> ours, List<double[]> theirs, String driver) {
        String row = first(
                "<th scope=\"row\">open loop: pushpull / " + driver + ", " + name + "</th>((?:<td>.*?</td>)*)</tr>",
                page);
        List<String> cells = new ArrayList<>();
        Pattern.compile("<td>(.*?)</td>").matcher(row).results().forEach(cell -> cells.add(cell.group(1)));
        double[] of = ours.stream().mapToDouble(round -> quantile(round, p)).toArray();
        double[] by = theirs.stream().mapToDouble(round -> quantile(round, p)).toArray();
        double[] ratios = IntStream.range(0, of.length)
                .mapToDouble(round -> of[round] / by[round])
                .toArray();
        assertThat(cells.subList(0, 2))
                .as(row)
                .containsExactly(Decimals.milliseconds(median(of)), Decimals.milliseconds(median(by)));
        assertThat(Double.parseDouble(cells.get(2).replaceAll(" .*", "").replace(",", "")))
                .as(row)
                .isCloseTo(median(ratios), SHOWN);
    }

    private static double quantile(double[] sorted, double p) {
        return sorted[(int) Math.ceil(p * sorted.length) - 1];
    }

    private static double median(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static String first(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(pattern + " in " + text).isTrue();
        return found.group(1);
    }

    private static void write(Map<String, List<double[]>> latencies, Path folder) throws IOException {
        StringBuilder rows = new StringBuilder("round,driver,server,loop,offered_per_s,requests,seconds,"
                + "requests_per_s,p50_ms,p99_ms,errors,driver_cpu_us,server_cpu_us\n");
        Files.createDirectories(folder.resolve("histograms"));
        for (Map.Entry<String, List<double[]>> driver : latencies.entrySet()) {
            for (int round = 1; round <= driver.getValue().size(); round++) {
                double[] millis = driver.getValue().get(round - 1);
                rows.append("%d,%s,source,open,500,%d,1,500,%s,%s,0,10,10\n"
                        .formatted(
                                round, driver.getKey(), millis.length, quantile(millis, 0.5), quantile(millis, 0.99)));
                Histogram histogram = new Histogram(3);
                Arrays.stream(millis).forEach(each -> histogram.recordValue(Math.round(1e6 * each)));
                try (PrintStream out = new PrintStream(
                        folder.resolve("histograms/open-loop-" + driver.getKey() + "-" + round + ".hlog")
                                .toFile(),
                        StandardCharsets.UTF_8)) {
                    new HistogramLogWriter(out).outputIntervalHistogram(histogram);
                }
            }
        }
        Files.writeString(folder.resolve(PeerBlock.FILE), rows);
    }
}
