package dev.pushpull.report.run;

import dev.pushpull.report.shared.Decimals;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A distribution in one line of a terminal: how many samples lie where between the smallest and the largest latency.
 */
final class Sparkline {
    private static final int CELLS = 36;
    private static final String BARS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";

    private Sparkline() {}

    /**
     * Nanoseconds as {@code 0.1 ms ▁▂█▁ 3 ms}. Cells are equally wide on a logarithmic scale, because latencies span
     * decades; a cell without samples is blank.
     *
     * @return empty when there are no samples or all are equal
     */
    static String of(Histogram latency) {
        double least = Math.max(1, latency.getMinNonZeroValue());
        double most = latency.getMaxValue();
        if (!(most > least)) {
            return "";
        }
        long[] counts = new long[CELLS];
        long highest = 0;
        double width = Math.log(most / least) / CELLS;
        for (HistogramIterationValue step : latency.recordedValues()) {
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
