package dev.pushpull.measure;

import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.Ratios;
import java.util.Optional;
import java.util.function.DoubleToLongFunction;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** 95 % confidence intervals (theory.md section 11). */
public final class Intervals {
    private static final double UPPER_TAIL = 0.975;
    private static final double Z = NormalDistribution.of(0, 1).inverseCumulativeProbability(UPPER_TAIL);

    /** With fewer batches an interval would say nothing. */
    private static final int LEAST_BATCHES = 10;

    private Intervals() {}

    /**
     * Wilson's interval of a share, for independent trials only; empty when there are no trials.
     *
     * @param hits 0 to trials
     */
    public static Optional<Estimate> wilson(long hits, long trials) {
        if (trials == 0) {
            return Optional.empty();
        }
        double p = (double) hits / trials;
        double centre = (p + Z * Z / (2 * trials)) / (1 + Z * Z / trials);
        double half = Z / (1 + Z * Z / trials) * Math.sqrt(p * (1 - p) / trials + Z * Z / (4.0 * trials * trials));
        return Optional.of(new Estimate(p, Math.max(0, centre - half), Math.min(1, centre + half), "Wilson"));
    }

    /**
     * The interval of a ratio of sums over batches or replicates. They must be independent of each other, but values
     * within one may be correlated: r = sum y / sum c, its error from the residuals y_k - r c_k, Student's t. Empty
     * with fewer than ten batches that hold anything.
     */
    public static Optional<Estimate> ratio(double[] numerators, double[] denominators) {
        return Ratios.estimate(numerators, denominators, LEAST_BATCHES, "batches");
    }

    /** The order-statistics interval of a quantile, in milliseconds; empty when there are too few samples. */
    public static Optional<Estimate> quantileMillis(Distribution distribution, double p) {
        return quantileMillis(distribution, p, 1);
    }

    /**
     * The same for samples that depend on each other.
     *
     * @param designEffect the factor by which that dependence increases the variance of a share of the samples, 1 or
     *     more
     */
    public static Optional<Estimate> quantileMillis(Distribution distribution, double p, double designEffect) {
        return quantileMillis((long) (distribution.count() / designEffect), p, distribution::valueAt)
                .map(known -> designEffect > 1
                        ? new Estimate(
                                known.value(), known.low(), known.high(), "order statistics, as of %,d".formatted((long)
                                                (distribution.count() / designEffect)))
                        : known);
    }

    /**
     * The same for samples in any form.
     *
     * @param count of independent samples
     * @param nanosAt the value that a share of all samples does not exceed
     */
    public static Optional<Estimate> quantileMillis(long count, double p, DoubleToLongFunction nanosAt) {
        if (count < Distribution.samplesNeeded(p)) {
            return Optional.empty();
        }
        int samples = (int) Math.min(count, Integer.MAX_VALUE - 1); // capped: the interval gets slightly too wide
        BinomialDistribution below = BinomialDistribution.of(samples, p);
        double low = below.inverseCumulativeProbability(1 - UPPER_TAIL) / (double) samples;
        double high = Math.min(1, (below.inverseCumulativeProbability(UPPER_TAIL) + 1) / (double) samples);
        return Optional.of(new Estimate(
                nanosAt.applyAsLong(p) / 1e6,
                nanosAt.applyAsLong(low) / 1e6,
                nanosAt.applyAsLong(high) / 1e6,
                "order statistics"));
    }
}
