package dev.pushpull.report.shared;

import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.TerminalText;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** Latencies in HdrHistogram's own formats, for its tools. */
public final class LatencyLogs {
    private static final int TICKS_PER_HALF_DISTANCE = 5;
    private static final double NANOS_PER_MILLI = 1e6;

    private LatencyLogs() {}

    /** The percentile distribution of each mode, by the name of its file. */
    public static Map<String, ResultFiles.Printed> files(RunRecord run) {
        Map<String, ResultFiles.Printed> files = new LinkedHashMap<>();
        byMode(run)
                .forEach((mode, latency) ->
                        files.put("latency-" + fileName(mode) + ".hgrm", out -> percentiles(latency, out)));
        return files;
    }

    /** All latencies of each mode; trials are merged as histograms, never as percentiles. */
    public static Map<String, Histogram> byMode(RunRecord run) {
        Map<String, Histogram> merged = new LinkedHashMap<>();
        for (Outcome outcome : run.outcomes()) {
            merged.computeIfAbsent(outcome.mode(), mode -> new Histogram(3))
                    .add(outcome.latency().histogram());
        }
        return merged;
    }

    /** The percentile distribution in milliseconds. */
    public static void percentiles(Histogram latency, PrintStream out) {
        latency.outputPercentileDistribution(out, TICKS_PER_HALF_DISTANCE, NANOS_PER_MILLI);
    }

    /** One histogram a second and mode, tagged with the mode, trial after trial; maxima in milliseconds. */
    public static void log(RunRecord given, PrintStream out) {
        RunRecord run = given.pooled();
        record Interval(String mode, Outcome.LatencySecond latency) {}
        List<Interval> intervals = new ArrayList<>();
        for (Outcome outcome : run.outcomes()) {
            outcome.latencyBySecond().forEach(second -> intervals.add(new Interval(outcome.mode(), second)));
        }
        intervals.sort(Comparator.comparingLong(interval -> interval.latency().second()));
        long startMillis = Instant.parse(run.startedAt()).toEpochMilli();
        HistogramLogWriter log = new HistogramLogWriter(out);
        log.outputComment("[delivery latencies of run " + printable(run.runId()) + ", nanoseconds]");
        log.outputLogFormatVersion();
        log.outputStartTime(startMillis);
        log.setBaseTime(startMillis);
        log.outputBaseTime(startMillis);
        log.outputLegend();
        for (Interval interval : intervals) {
            Histogram histogram = interval.latency().latency().histogram();
            histogram.setTag(fileName(interval.mode()));
            histogram.setStartTimeStamp(startMillis + 1000 * interval.latency().second());
            histogram.setEndTimeStamp(histogram.getStartTimeStamp() + 1000);
            log.outputIntervalHistogram(histogram);
        }
    }

    /** A mode's name made fit for a file name and a tag, even if {@code run.json} was tampered with. */
    public static String fileName(String mode) {
        return mode.replaceAll("[^A-Za-z0-9_-]", "_");
    }

    private static String printable(String text) {
        return TerminalText.unbounded(text);
    }
}
