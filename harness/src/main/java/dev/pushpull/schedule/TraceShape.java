package dev.pushpull.schedule;

/**
 * How bursty the times of one stream are, and how much polling them wastes.
 *
 * @param gapVariation squared coefficient of variation of the gaps between events: 1 for Poisson arrivals, 0 for
 *     periodic ones; NaN with fewer than two gaps
 * @param dispersion index of dispersion of counts in windows of the poll interval, variance over mean: 1 for Poisson
 *     arrivals; NaN with fewer than two windows
 * @param wasted the exact share of empty polls over a random phase: an event makes the polls of the following T find
 *     something, up to the next event (docs/theory.md section 2)
 * @param poissonWasted what Poisson arrivals of the same rate would waste, e^(-lambda*T)
 */
public record TraceShape(double gapVariation, double dispersion, double wasted, double poissonWasted) {
    /**
     * @param times in order
     * @param durationNanos length of the polling, above 0
     * @param intervalNanos T, above 0
     */
    public static TraceShape of(ArrivalTimes times, long durationNanos, long intervalNanos) {
        Moments gaps = new Moments();
        long events = 0;
        double coveredNanos = 0;
        double squaredCounts = 0;
        long windows = durationNanos / intervalNanos;
        long windowed = 0;
        long inWindow = 0;
        long window = 0;
        long before = 0;
        for (long at = times.nextNanos(); at <= durationNanos && at != ArrivalTimes.NONE; at = times.nextNanos()) {
            if (events > 0) {
                gaps.add(at - before);
                coveredNanos += Math.min(at - before, intervalNanos);
            }
            if (at / intervalNanos != window) {
                squaredCounts += (double) inWindow * inWindow;
                inWindow = 0;
                window = at / intervalNanos;
            }
            if (window < windows) { // the last one is cut short and not counted
                inWindow++;
                windowed++;
            }
            before = at;
            events++;
        }
        squaredCounts += (double) inWindow * inWindow;
        coveredNanos += events == 0 ? 0 : Math.min(durationNanos - before, intervalNanos);
        double mean = (double) windowed / windows;
        double variance = (squaredCounts - windows * mean * mean) / (windows - 1);
        return new TraceShape(
                gaps.squaredVariation(),
                variance / mean,
                1 - coveredNanos / durationNanos,
                Math.exp(-(double) events * intervalNanos / durationNanos));
    }

    /** Mean and variance in one pass (Welford 1962). */
    private static final class Moments {
        private long count;
        private double mean;
        private double squares;

        void add(double value) {
            count++;
            double off = value - mean;
            mean += off / count;
            squares += off * (value - mean);
        }

        double squaredVariation() {
            return count < 2 ? Double.NaN : squares / (count - 1) / (mean * mean);
        }
    }
}
