package dev.pushpull.theory;

import org.apache.commons.statistics.distribution.PoissonDistribution;

/** Losses when only the newest events of a stream are kept (docs/theory.md section 8). */
public final class Retention {
    private Retention() {}

    /**
     * Events lost at each poll, E[(N - B)+] = μ P(N >= B) - B P(N >= B+1), Poisson arrivals.
     *
     * @param mean μ, events in the gap between two polls, above 0
     * @param kept B, at least 1
     */
    public static double lost(double mean, int kept) {
        PoissonDistribution found = PoissonDistribution.of(mean);
        return Math.max(0, mean * found.survivalProbability(kept - 1) - kept * found.survivalProbability(kept));
    }

    /** Events lost when they are kept for this many seconds and nobody polls for {@code outage} seconds. */
    public static double lostByAge(double rate, double outage, double keptSeconds) {
        return rate * Math.max(0, outage - keptSeconds);
    }
}
