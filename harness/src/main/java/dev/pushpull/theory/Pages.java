package dev.pushpull.theory;

import org.apache.commons.statistics.distribution.PoissonDistribution;

/**
 * Pages of at most P events, under Poisson arrivals of which each poll finds μ on average (docs/theory.md section 3).
 */
public final class Pages {
    private static final double NEGLIGIBLE = 1e-16;

    private Pages() {}

    /**
     * Requests of a poll whose consumer continues while the answer says there is more: E[max(1, ceil(min(N, B) / P))].
     *
     * @param mean μ, above 0
     * @param retention B: the most events that can be fetched
     */
    public static double requestsWhileMore(double mean, int pageLimit, long retention) {
        PoissonDistribution found = PoissonDistribution.of(mean);
        double requests = found.probability(0);
        for (long before = 0; before < retention; before += pageLimit) {
            double more = before > Integer.MAX_VALUE - 1 ? 0 : found.survivalProbability((int) before);
            if (more < NEGLIGIBLE) {
                break;
            }
            requests += more;
        }
        return requests;
    }

    /** Requests of a poll whose consumer continues until a page is not full: E[floor(N / P)] + 1. */
    public static double requestsUntilShortPage(double mean, int pageLimit) {
        PoissonDistribution found = PoissonDistribution.of(mean);
        double requests = 1;
        for (long full = pageLimit; full < Integer.MAX_VALUE; full += pageLimit) {
            double reached = found.survivalProbability((int) full - 1);
            if (reached < NEGLIGIBLE) {
                break;
            }
            requests += reached;
        }
        return requests;
    }

    /**
     * A consumer that takes one page a poll and leaves the rest for the next poll.
     *
     * @param meanBacklog events left over after a poll, E[B]
     * @param wasted share of polls that find nothing
     */
    public record OnePageAPoll(double meanBacklog, double wasted) {
        /** Mean wait in seconds, first come first served (Little): T/2 + E[B]/λ. */
        public double meanWait(double rate, double interval) {
            return interval / 2 + meanBacklog / rate;
        }
    }

    /**
     * One page a poll, computed from the roots of {@code z^P = e^(μ(z-1))} within the unit circle.
     *
     * @param mean μ, below {@code pageLimit}, otherwise the backlog grows without limit
     * @throws IllegalArgumentException when it is not
     */
    public static OnePageAPoll onePageAPoll(double mean, int pageLimit) {
        if (!(mean < pageLimit)) {
            throw new IllegalArgumentException("%s events a poll do not fit pages of %d".formatted(mean, pageLimit));
        }
        double backlog = -(pageLimit * (pageLimit - 1.0) - mean * mean) / (2 * (pageLimit - mean));
        double[] quotient = {1, 0}; // the product of -z / (1 - z), whose factors come in conjugate pairs
        for (int k = 1; k < pageLimit; k++) {
            double[] z = root(k, mean, pageLimit);
            double square = (1 - z[0]) * (1 - z[0]) + z[1] * z[1];
            double[] inverse = {(1 - z[0]) / square, z[1] / square};
            backlog += inverse[0];
            quotient = times(quotient, times(new double[] {-z[0], -z[1]}, inverse));
        }
        return new OnePageAPoll(backlog, (pageLimit - mean) * quotient[0]);
    }

    /** z = e^(2 pi i k / P) e^(μ (z - 1) / P), a contraction. */
    private static double[] root(int k, double mean, int pageLimit) {
        double angle = 2 * Math.PI * k / pageLimit;
        double[] z = {0, 0};
        double moved = 1;
        for (int step = 0; step < 100_000 && moved > NEGLIGIBLE; step++) {
            double size = Math.exp(mean * (z[0] - 1) / pageLimit);
            double turn = angle + mean * z[1] / pageLimit;
            double[] next = {size * Math.cos(turn), size * Math.sin(turn)};
            moved = Math.hypot(next[0] - z[0], next[1] - z[1]);
            z = next;
        }
        return z;
    }

    private static double[] times(double[] x, double[] y) {
        return new double[] {x[0] * y[0] - x[1] * y[1], x[0] * y[1] + x[1] * y[0]};
    }
}
