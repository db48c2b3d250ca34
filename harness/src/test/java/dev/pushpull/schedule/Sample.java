package dev.pushpull.schedule;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Numbers drawn in a test, and statistics of them. */
record Sample(double[] values) {
    /** The Kolmogorov distance times the root of n that 1 % of samples exceed. */
    private static final double KOLMOGOROV_ONE_PERCENT = 1.628;

    int size() {
        return values.length;
    }

    double mean() {
        return Arrays.stream(values).average().orElseThrow();
    }

    double variance() {
        double mean = mean();
        return Arrays.stream(values)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / (values.length - 1);
    }

    double standardErrorOfMean() {
        return Math.sqrt(variance() / values.length);
    }

    /** The largest distance between the empirical distribution and {@code cdf}. */
    double kolmogorovDistance(DoubleUnaryOperator cdf) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double distance = 0;
        for (int i = 0; i < sorted.length; i++) {
            double expected = cdf.applyAsDouble(sorted[i]);
            distance = Math.max(distance, expected - (double) i / sorted.length);
            distance = Math.max(distance, (i + 1.0) / sorted.length - expected);
        }
        return distance;
    }

    double kolmogorovCriticalValue() {
        return KOLMOGOROV_ONE_PERCENT / Math.sqrt(values.length);
    }

    double correlationWith(Sample other) {
        double product = 0;
        double mean = mean();
        double otherMean = other.mean();
        for (int i = 0; i < values.length; i++) {
            product += (values[i] - mean) * (other.values[i] - otherMean);
        }
        return product / (values.length - 1) / Math.sqrt(variance() * other.variance());
    }

    /** The gaps between the first {@code count} times, starting with the gap before the first. */
    static Sample ofGaps(ArrivalTimes times, int count) {
        double[] gaps = new double[count];
        long before = 0;
        for (int i = 0; i < count; i++) {
            long now = times.nextNanos();
            gaps[i] = now - before;
            before = now;
        }
        return new Sample(gaps);
    }

    /** How many of the times fall into each of the consecutive windows from the start. */
    static Sample ofCounts(ArrivalTimes times, long windowNanos, int windows) {
        double[] counts = new double[windows];
        for (long nanos = times.nextNanos(); nanos < windows * windowNanos; nanos = times.nextNanos()) {
            counts[(int) (nanos / windowNanos)]++;
        }
        return new Sample(counts);
    }
}
