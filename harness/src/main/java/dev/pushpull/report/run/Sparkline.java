package dev.pushpull.report.run;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.LatencyLogs;
import dev.pushpull.scenario.RunRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A distribution in one line of a terminal: how many samples lie where between the smallest and the largest latency.
 */
final class Sparkline {
    private static final int CELLS = 36;
    private static final String BARS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";

    private Sparkline() {}

    /** The latencies of each mode that has some to draw. */
    static Map<String, String> byMode(RunRecord run) {
        Map<String, String> lines = new LinkedHashMap<>();
        LatencyLogs.byMode(run).forEach((mode, latency) -> lines.put(mode, of(latency, leastNanos(run, mode))));
        lines.values().removeIf(String::isEmpty);
        return lines;
    }

    private static double leastNanos(RunRecord run, String mode) {
        return run.outcomes().stream()
                .filter(outcome -> outcome.mode().equals(mode))
                .mapToDouble(outcome -> 1e6 * outcome.conditions().clock().leastMillis())
                .max()
                .orElse(0);
    }

    /**
     * Nanoseconds as {@code 0.1 ms ▁▂█▁ 3 ms}. Cells are equally wide on a logarithmic scale, because latencies span
     * decades; a cell without samples is blank.
     *
     * @param leastNanos shorter ones are not drawn
     * @return empty when there are no samples or all are equal
     */
    static String of(Histogram latency, double leastNanos) {
        double least = Math.max(Math.max(1, leastNanos), latency.getMinNonZeroValue());
        double most = latency.getMaxValue();
        if (!(most > least)) {
            return "";
        }
        long[] counts = new long[CELLS];
        long highest = 0;
        double width = Math.log(most / least) / CELLS;
        for (HistogramIterationValue step : latency.recordedValues()) {
            if (step.getValueIteratedTo() < leastNanos) {
                continue;
            }
            double value = Math.max(least, step.getValueIteratedTo());
            int cell = Math.min(CELLS - 1, (int) (Math.log(value / least) / width));
            counts[cell] += step.getCountAddedInThisIterationStep();
            highest = Math.max(highest, counts[cell]);
        }
        StringBuilder line = new StringBuilder();
        for (long count : counts) {
            line.append(count == 0 ? ' ' : BARS.charAt((int) ((BARS.length() - 1) * count / highest)));
        }
        return Decimals.milliseconds(least / 1e6) + " " + line + " " + Decimals.milliseconds(most / 1e6);
    }
}
