package dev.pushpull.trace;

import dev.pushpull.schedule.BurstyArrivals;
import java.util.Optional;

/**
 * Fits an interrupted Poisson process to the gaps between events. Its gaps are those of a mixture of two exponentials
 * (A. Kuczura, "The interrupted Poisson process as an overflow process", 1973), which expectation maximisation fits: of
 * all such mixtures nearly the likeliest, and with the very mean of the gaps. The gaps are sorted into narrow classes
 * first, so that ten million take no longer than a thousand.
 */
final class BurstyFit {
    private static final int CLASSES_AN_OCTAVE = 8;
    private static final int CLASSES = 64 * CLASSES_AN_OCTAVE;
    private static final int STEPS = 2_000;
    private static final double ENOUGH = 1e-9;

    /** Below this many gaps a law says nothing. */
    private static final int LEAST_GAPS = 10;

    /** Bursts of a rate this close to the mean's are no bursts. */
    private static final double LEAST_RATIO = 1.05;

    /** What a rate may be at most, in events a second, on the command line. */
    private static final double MOST_RATE = 1e9;

    private final double[] sums = new double[CLASSES];
    private final long[] counts = new long[CLASSES];
    private long gaps;
    private long leastGap = Long.MAX_VALUE;
    private long zeros;
    private double total;

    /** @param epochNanos in order */
    BurstyFit(long[] epochNanos) {
        for (int i = 1; i < epochNanos.length; i++) {
            long gap = epochNanos[i] - epochNanos[i - 1];
            gaps++;
            total += gap;
            if (gap == 0) {
                zeros++;
                continue;
            }
            leastGap = Math.min(leastGap, gap);
            int octave = 63 - Long.numberOfLeadingZeros(gap);
            double within = (double) gap / (1L << octave) - 1;
            int index = octave * CLASSES_AN_OCTAVE + (int) (within * CLASSES_AN_OCTAVE);
            counts[index]++;
            sums[index] += gap;
        }
    }

    /** The law, when the gaps are burstier than a Poisson process would have them. */
    Optional<BurstyArrivals> law() {
        if (gaps < LEAST_GAPS || gaps == zeros) {
            return Optional.empty();
        }
        double mean = total / gaps;
        double shortMean = mean / 10;
        double longMean = mean * 10;
        double shortShare = 0.9;
        for (int step = 0; step < STEPS; step++) {
            double shortGaps = 0;
            double shortSum = 0;
            for (int i = -1; i < CLASSES; i++) {
                double count = i < 0 ? zeros : counts[i];
                if (count > 0) {
                    // clocks are coarse: gaps that read 0 were shorter than the shortest that did not
                    double gap = i < 0 ? leastGap / 4.0 : sums[i] / counts[i];
                    double inShort = shortShare / shortMean * Math.exp(-gap / shortMean);
                    double inLong = (1 - shortShare) / longMean * Math.exp(-gap / longMean);
                    double share = inShort + inLong > 0 ? inShort / (inShort + inLong) : 0;
                    shortGaps += share * count;
                    shortSum += share * count * gap;
                }
            }
            double nextShare = shortGaps / gaps;
            if (!(nextShare > 0 && nextShare < 1)) {
                return Optional.empty();
            }
            double nextShort = shortSum / shortGaps;
            double nextLong = (total + zeros * (leastGap / 4.0) - shortSum) / (gaps - shortGaps);
            boolean isSettled =
                    Math.abs(nextShort / shortMean - 1) < ENOUGH && Math.abs(nextLong / longMean - 1) < ENOUGH;
            shortShare = nextShare;
            shortMean = nextShort;
            longMean = nextLong;
            if (isSettled) {
                break;
            }
        }
        return law(mean, shortShare, 1 / shortMean, 1 / longMean);
    }

    /** Kuczura's law from the mixture; the silences are as long as the trace's own rate requires. */
    private static Optional<BurstyArrivals> law(double meanNanos, double share, double fast, double slow) {
        double burstRate = share * fast + (1 - share) * slow;
        double leaveSilence = fast * slow / burstRate;
        double leaveBurst = fast + slow - burstRate - leaveSilence;
        double ratio = burstRate * meanNanos;
        if (!(leaveBurst > 0) || !(ratio > LEAST_RATIO) || burstRate * 1e9 > MOST_RATE) {
            return Optional.empty();
        }
        return Optional.of(BurstyArrivals.ofBurstLength(1e9 / meanNanos, burstRate * 1e9, 1 / leaveBurst));
    }
}
