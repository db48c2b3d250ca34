package dev.pushpull.theory;

/**
 * Polls at a fixed rate: results beyond those of {@link PollCycles} (docs/theory.md sections 1 and 2). Times in
 * seconds.
 */
public final class FixedRate {
    private FixedRate() {}

    /** Distribution function of the delay when the response leg is exponential with mean {@code m}. */
    public static double delayAtMost(double seconds, double interval, double m) {
        return seconds <= interval
                ? (seconds + m * Math.expm1(-seconds / m)) / interval
                : 1 - m / interval * Math.exp(-seconds / m) * Math.expm1(interval / m);
    }

    /** Mean wait of the oldest event that a non-empty poll brings, Poisson arrivals. */
    public static double oldestWait(double rate, double interval) {
        return interval / -Math.expm1(-rate * interval) - 1 / rate;
    }

    /** Mean wait of the newest event that a non-empty poll brings, Poisson arrivals. */
    public static double newestWait(double rate, double interval) {
        return 1 / rate - interval / Math.expm1(rate * interval);
    }

    /** Share of empty polls with one event in each period. */
    public static double wastedPeriodic(double rate, double interval) {
        return Math.max(0, 1 - rate * interval);
    }

    /** Share of empty polls when events come in batches at Poisson times. */
    public static double wastedBatches(double rate, double interval, double meanBatch) {
        return Math.exp(-rate * interval / meanBatch);
    }

    /**
     * Share of empty polls when each poll comes {@code interval} after the answer to the previous one, which took an
     * exponential time; Poisson arrivals.
     */
    public static double wastedFixedDelay(double rate, double interval, double meanRoundTrip) {
        return Math.exp(-rate * interval) / (1 + rate * meanRoundTrip);
    }

    /** Mean wait in that case: E[C^2] / (2 E[C]) of C = T + R. */
    public static double meanWaitFixedDelay(double interval, double meanRoundTrip) {
        double mean = interval + meanRoundTrip;
        return (mean * mean + meanRoundTrip * meanRoundTrip) / (2 * mean);
    }

    /**
     * The b of {@code 1/(λT) = a/b} in lowest terms: the number of different waits with one event in each period; 0
     * when it exceeds {@code most}.
     */
    public static int latticePoints(double loadFactor, int most) {
        for (int points = 1; points <= most; points++) {
            double periods = points / loadFactor;
            if (Math.rint(periods) >= 1 && Math.abs(periods - Math.rint(periods)) < 1e-9 * periods) {
                return points;
            }
        }
        return 0;
    }

    /** Standard deviation of the waits within one run with this many lattice points. */
    public static double spreadWithinRun(double interval, int points) {
        return interval * Math.sqrt(((double) points * points - 1) / (12.0 * points * points));
    }

    /** Standard deviation of a run's mean wait over random phases. */
    public static double spreadBetweenRuns(double interval, int points) {
        return interval / points / Math.sqrt(12);
    }
}
