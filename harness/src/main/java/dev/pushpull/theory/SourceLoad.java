package dev.pushpull.theory;

import org.apache.commons.statistics.distribution.PoissonDistribution;

/** The load that many consumers put on one source (docs/theory.md section 10). */
public final class SourceLoad {
    private SourceLoad() {}

    /**
     * Mean of the busiest second of an interval in which this many consumers each poll once, at a random moment:
     * approximately the largest of as many independent Poisson numbers as the interval has seconds.
     *
     * @param interval seconds, at least 1
     */
    public static double busiestSecond(int consumers, double interval) {
        PoissonDistribution second = PoissonDistribution.of(consumers / interval);
        double mean = consumers / interval;
        int surely = (int) Math.ceil(mean); // fewer seconds than that cannot hold all polls
        double busiest = surely;
        for (int most = surely; most < consumers; most++) {
            double exceeded = -Math.expm1(interval * Math.log1p(-second.survivalProbability(most)));
            if (exceeded < 1e-12) {
                break;
            }
            busiest += exceeded;
        }
        return busiest;
    }
}
