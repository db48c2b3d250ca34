package dev.pushpull.report.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.HistogramLogReader;

/** The latencies of open loops, in nanoseconds; the blocks of one driver are merged as histograms. */
final class PeerSpectra {
    private static final String FOLDER = "histograms";
    private static final Pattern BLOCK = Pattern.compile("open-loop-([A-Za-z0-9-]+)-\\d+\\.hlog");
    private static final int TICKS_PER_HALF_DISTANCE = 5;

    private PeerSpectra() {}

    /**
     * A curve of latency by percentile.
     *
     * @param x one divided by the share that took longer
     * @param y milliseconds
     */
    record Curve(String name, List<Double> x, List<Double> y) {}

    /** By driver; empty when no open loop ran. */
    static Map<String, Histogram> read(Path folder) throws IOException {
        Map<String, Histogram> byDriver = new TreeMap<>();
        if (!Files.isDirectory(folder.resolve(FOLDER))) {
            return byDriver;
        }
        try (Stream<Path> files = Files.list(folder.resolve(FOLDER))) {
            for (Path file : files.sorted().toList()) {
                Matcher name = BLOCK.matcher(file.getFileName().toString());
                if (name.matches()) {
                    add(file, byDriver.computeIfAbsent(name.group(1), driver -> new Histogram(3)));
                }
            }
        }
        return byDriver;
    }

    /** @throws IOException also for a file of another kind, on which HdrHistogram throws anything */
    private static void add(Path file, Histogram sum) throws IOException {
        try (HistogramLogReader log = new HistogramLogReader(file.toFile())) {
            for (EncodableHistogram one = log.nextIntervalHistogram(); one != null; one = log.nextIntervalHistogram()) {
                if (one instanceof Histogram histogram) {
                    sum.add(histogram);
                }
            }
        } catch (RuntimeException e) {
            throw new IOException(file + " is no log of histograms", e);
        }
    }

    static Curve curve(String name, Histogram latency) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (HistogramIterationValue step : latency.percentiles(TICKS_PER_HALF_DISTANCE)) {
            if (step.getPercentileLevelIteratedTo() < 100) {
                x.add(1 / (1 - step.getPercentileLevelIteratedTo() / 100));
                y.add(step.getValueIteratedTo() / 1e6);
            }
        }
        return new Curve(name, x, y);
    }
}
