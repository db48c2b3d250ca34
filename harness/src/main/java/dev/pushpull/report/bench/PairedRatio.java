package dev.pushpull.report.bench;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The median of ratios, each taken within one round so that changes between rounds cancel, and its interval from order
 * statistics: of n independent ratios, the number below their median is distributed like heads in n tosses of a coin.
 *
 * @param coverage of the interval: the smallest above 95 % that order statistics allow, or less where even the smallest
 *     and largest ratios cover less (fewer than six rounds)
 */
record PairedRatio(double median, double low, double high, double coverage, int rounds) {
    private static final double UNCERTAINTY = 0.05;

    /** @throws IllegalArgumentException when there is no ratio */
    static PairedRatio of(List<Double> ratios) {
        if (ratios.isEmpty()) {
            throw new IllegalArgumentException("no ratio has no median");
        }
        double[] sorted = ratios.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int n = sorted.length;
        BinomialDistribution below = BinomialDistribution.of(n, 0.5);
        int rank = 1; // the interval goes from the rank-th smallest to the rank-th largest
        while (2 * (rank + 1) <= n && 2 * below.cumulativeProbability(rank) <= UNCERTAINTY) {
            rank++;
        }
        double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        double coverage = Math.max(0, 1 - 2 * below.cumulativeProbability(rank - 1));
        return new PairedRatio(median, sorted[rank - 1], sorted[n - rank], coverage, n);
    }
}
