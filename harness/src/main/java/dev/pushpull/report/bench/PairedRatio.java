package dev.pushpull.report.bench;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * The median of ratios that were each taken within one round, so that what changes from round to round cancels, and the
 * order statistics around it: of n independent ratios as many lie below their median as heads come in n tosses of a coin.
 *
 * @param coverage of the interval: as near to 95 % from above as order statistics come, less where even the least and the
 *     greatest cover less (fewer than six rounds)
 */
record PairedRatio(double median, double low, double high, double coverage, int rounds) {
    private static final double UNCERTAINTY = 0.05;

    /** @throws IllegalArgumentException when there is none */
    static PairedRatio of(List<Double> ratios) {
        if (ratios.isEmpty()) {
            throw new IllegalArgumentException("no ratio has no median");
        }
        double[] sorted = ratios.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int n = sorted.length;
        BinomialDistribution below = BinomialDistribution.of(n, 0.5);
        int rank = 1; // the interval reaches from the rank-th least to the rank-th greatest
        while (2 * (rank + 1) <= n && 2 * below.cumulativeProbability(rank) <= UNCERTAINTY) {
            rank++;
        }
        double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        double coverage = Math.max(0, 1 - 2 * below.cumulativeProbability(rank - 1));
        return new PairedRatio(median, sorted[rank - 1], sorted[n - rank], coverage, n);
    }
}
