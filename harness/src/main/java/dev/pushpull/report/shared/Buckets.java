package dev.pushpull.report.shared;

import java.util.ArrayList;
import java.util.List;

/**
 * A long series in fewer pieces than a screen has pixels. Each piece keeps its smallest and largest value, because the
 * peaks of a run are what readers look for.
 *
 * @param width how many values a bucket covers; the last may cover fewer
 * @param buckets in order
 */
record Buckets(int width, List<Bucket> buckets) {
    /** A few neighbouring values. */
    record Bucket(double mean, double least, double greatest) {}

    /**
     * @param values in order, at equal distances
     * @param most buckets at most; at least 1
     */
    static Buckets of(double[] values, int most) {
        int width = Math.max(1, (values.length + most - 1) / most);
        List<Bucket> buckets = new ArrayList<>();
        for (int from = 0; from < values.length; from += width) {
            int until = Math.min(values.length, from + width);
            double sum = 0;
            double least = Double.POSITIVE_INFINITY;
            double greatest = Double.NEGATIVE_INFINITY;
            for (int i = from; i < until; i++) {
                sum += values[i];
                least = Math.min(least, values[i]);
                greatest = Math.max(greatest, values[i]);
            }
            buckets.add(new Bucket(sum / (until - from), least, greatest));
        }
        return new Buckets(width, List.copyOf(buckets));
    }
}
