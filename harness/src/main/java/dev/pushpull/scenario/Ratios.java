package dev.pushpull.scenario;

import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/** The ratio estimator over batches or replicates (theory.md section 11). */
public final class Ratios {
    private static final double UPPER_TAIL = 0.975;
    private static final double ROUNDING = 1e-12;

    private Ratios() {}

    /**
     * The 95 % interval of a ratio of sums over groups. The groups must be independent of each other, but values within
     * one may be correlated: r = sum y / sum c, its error from the residuals y_k - r c_k, Student's t. Empty when too
     * few groups hold anything.
     *
     * @param least the number of groups required, at least 2
     * @param groups what the groups are called
     */
    public static Optional<Estimate> estimate(double[] numerators, double[] denominators, int least, String groups) {
        int filled = 0;
        double sumNumerators = 0;
        double sumDenominators = 0;
        for (int k = 0; k < numerators.length; k++) {
            if (denominators[k] != 0) {
                filled++;
            }
            sumNumerators += numerators[k];
            sumDenominators += denominators[k];
        }
        if (filled < least) {
            return Optional.empty();
        }
        double ratio = sumNumerators / sumDenominators;
        double squares = 0;
        for (int k = 0; k < numerators.length; k++) {
            double residual = numerators[k] - ratio * denominators[k];
            squares += residual * residual;
        }
        double error = Math.sqrt(squares * filled / (filled - 1)) / sumDenominators;
        if (error < ROUNDING * Math.abs(ratio)) {
            error = 0; // the same ratio everywhere: the rest is rounding
        }
        double half = TDistribution.of(filled - 1).inverseCumulativeProbability(UPPER_TAIL) * error;
        return Optional.of(new Estimate(ratio, ratio - half, ratio + half, filled + " " + groups));
    }
}
