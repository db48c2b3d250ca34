package dev.pushpull.measure;

import dev.pushpull.scenario.SteadinessVerdict;
import dev.pushpull.scenario.SteadinessVerdict.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Tests whether latencies stayed the same: the rank test of Mann and Whitney between the first and the last third of the
 * time. Stretches of time are clusters, because what delays one event also delays its neighbours (N. A. Obuchowski,
 * Nonparametric analysis of clustered ROC curve data, 1997). The interval of the change contains every factor that the test
 * does not reject after multiplying the latencies of the first third by it. Ranks do not depend on the distribution, so
 * waits that are uniform over a poll interval raise no more false alarms than others.
 */
public final class Steadiness {
    private static final int SLICES = 12;

    /** With fewer clusters in each third, their variance is too uncertain. */
    private static final int LEAST_CLUSTERS = 5;

    /** Upper tail of a 95 % interval, as everywhere. */
    private static final double UPPER_TAIL = 0.975;

    /** That of a 99 % interval: with each mode of each run tested, people would soon ignore an alarm that is false one time in twenty. */
    private static final double ALARM_TAIL = 0.995;

    /** The largest ratio that is looked for, in buckets: a factor of a thousand. */
    private static final int MOST_BUCKETS = (int) (LatencyCourse.BUCKETS_AN_E_FOLD * Math.log(1000));

    private final Third first;
    private final Third last;
    private final double quantile;
    private final double alarmQuantile;

    private Steadiness(Third first, Third last) {
        this.first = first;
        this.last = last;
        TDistribution errors = TDistribution.of(Math.max(1, first.filled() + last.filled() - 2));
        quantile = errors.inverseCumulativeProbability(UPPER_TAIL);
        alarmQuantile = errors.inverseCumulativeProbability(ALARM_TAIL);
    }

    /**
     * @param measuredNanos the time that was measured, perhaps less than planned
     * @param rhythmNanos the period with which latencies rise and fall by themselves, such as a poll interval; no cluster
     *     is shorter; 0 for none
     */
    public static SteadinessVerdict of(LatencyCourse course, long measuredNanos, long rhythmNanos) {
        int measured = (int) Math.min(
                LatencyCourse.STRETCHES,
                Math.round((double) measuredNanos / course.durationNanos() * LatencyCourse.STRETCHES));
        int[][] counts = Arrays.copyOf(course.counts(), measured);
        double stretchNanos = (double) course.durationNanos() / LatencyCourse.STRETCHES;
        List<Slice> slices = slices(counts, stretchNanos);
        int stretches = Math.max(1, (int) Math.ceil(rhythmNanos / stretchNanos));
        int clusters = measured / stretches / 3;
        if (clusters >= LEAST_CLUSTERS) {
            int third = clusters * stretches;
            Steadiness test = new Steadiness(
                    Third.of(Arrays.copyOf(counts, third), stretches),
                    Third.of(Arrays.copyOfRange(counts, measured - third, measured), stretches));
            if (test.first.count() > 0 && test.last.count() > 0) {
                return test.verdict(slices);
            }
        }
        return new SteadinessVerdict(
                SteadinessVerdict.Level.TOO_FEW_EVENTS,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                slices);
    }

    private SteadinessVerdict verdict(List<Slice> slices) {
        int above = firstWhere(-MOST_BUCKETS, shift -> later(shift) <= 0.5);
        double before = later(above - 1);
        double behind = later(above);
        double ratio = LatencyCourse.factor(above - (before > behind ? (0.5 - behind) / (before - behind) : 0));
        if (!refused(-MOST_BUCKETS) || !refused(MOST_BUCKETS)) {
            return new SteadinessVerdict(
                    SteadinessVerdict.Level.TOO_FEW_EVENTS,
                    OptionalDouble.of(ratio),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    slices);
        }
        double low = LatencyCourse.factor(firstWhere(-MOST_BUCKETS, shift -> shift >= above || !refused(shift)) - 1.0);
        double high = LatencyCourse.factor(firstWhere(above, this::refused));
        return new SteadinessVerdict(
                SteadinessVerdict.level(ratio, low, high, refused(0, alarmQuantile)),
                OptionalDouble.of(ratio),
                OptionalDouble.of(low),
                OptionalDouble.of(high),
                slices);
    }

    private interface Condition {
        boolean holds(int shift);
    }

    /** The first shift at which a condition holds that holds for all later ones, by bisection. */
    private static int firstWhere(int from, Condition condition) {
        int low = from - 1;
        int high = MOST_BUCKETS;
        while (high - low > 1) {
            int middle = Math.floorDiv(low + high, 2);
            if (condition.holds(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    /** The chance that an event of the last third is more than {@code shift} buckets later than one of the first. */
    private double later(int shift) {
        double sum = 0;
        for (int bucket : first.buckets()) {
            sum += first.all()[bucket] * (1 - last.upTo(bucket + shift));
        }
        return sum / first.count();
    }

    /** Whether the test rejects that the last third has the latencies of the first, moved up by {@code shift} buckets. */
    private boolean refused(int shift) {
        return refused(shift, quantile);
    }

    private boolean refused(int shift, double quantile) {
        double later = later(shift);
        double ofFirst = first.variance(later, bucket -> 1 - last.upTo(bucket + shift));
        double ofLast = last.variance(later, bucket -> first.upTo(bucket - shift));
        // clusters that happen to be alike must not count for more than independent events
        double independent = (first.count() + last.count() + 1.0) / (12.0 * first.count() * last.count());
        return Math.abs(later - 0.5) > quantile * Math.sqrt(Math.max(independent, ofFirst + ofLast));
    }

    private interface Placement {
        /** The share of the other third's events on one side of this bucket, plus half of those in it. */
        double of(int bucket);
    }

    /**
     * The events of one third.
     *
     * @param clusters counts by bucket
     * @param all the sum of them
     * @param buckets those with events, which are few
     * @param bucketsOfClusters the same of each cluster
     * @param upToMiddle the share of events below each bucket, and half of those in it
     * @param filled how many clusters have events
     */
    private record Third(
            int[][] clusters,
            int[] all,
            int[] buckets,
            int[][] bucketsOfClusters,
            double[] upToMiddle,
            long count,
            int filled) {
        static Third of(int[][] stretches, int together) {
            int[][] clusters = new int[stretches.length / together][];
            for (int cluster = 0; cluster < clusters.length; cluster++) {
                clusters[cluster] = sum(stretches, cluster * together, (cluster + 1) * together);
            }
            int[] all = sum(stretches, 0, stretches.length);
            long count = Arrays.stream(all).asLongStream().sum();
            double[] upToMiddle = new double[all.length];
            long below = 0;
            for (int bucket = 0; bucket < all.length; bucket++) {
                upToMiddle[bucket] = (below + all[bucket] / 2.0) / count;
                below += all[bucket];
            }
            int[][] ofClusters = Arrays.stream(clusters).map(Third::withEvents).toArray(int[][]::new);
            int filled = (int)
                    Arrays.stream(ofClusters).filter(some -> some.length > 0).count();
            return new Third(clusters, all, withEvents(all), ofClusters, upToMiddle, count, filled);
        }

        private static int[] withEvents(int[] counts) {
            return IntStream.range(0, counts.length)
                    .filter(bucket -> counts[bucket] > 0)
                    .toArray();
        }

        double upTo(int bucket) {
            return bucket < 0 ? 0 : bucket >= upToMiddle.length ? 1 : upToMiddle[bucket];
        }

        /** The variance of the mean placement, from the differences between clusters. */
        double variance(double mean, Placement placement) {
            double[] placements = new double[all.length];
            for (int bucket : buckets) {
                placements[bucket] = placement.of(bucket) - mean;
            }
            double squares = 0;
            for (int cluster = 0; cluster < clusters.length; cluster++) {
                double residual = 0;
                for (int bucket : bucketsOfClusters[cluster]) {
                    residual += clusters[cluster][bucket] * placements[bucket];
                }
                squares += residual * residual;
            }
            return filled < 2 ? 0 : squares * filled / (filled - 1) / count / count;
        }
    }

    private static int[] sum(int[][] stretches, int from, int until) {
        int[] sum = new int[0];
        for (int stretch = from; stretch < until; stretch++) {
            int[] more = stretches[stretch];
            sum = Arrays.copyOf(sum, Math.max(sum.length, more.length));
            for (int bucket = 0; bucket < more.length; bucket++) {
                sum[bucket] += more[bucket];
            }
        }
        return sum;
    }

    private static List<Slice> slices(int[][] stretches, double stretchNanos) {
        int slices = Math.min(SLICES, stretches.length);
        List<Slice> all = new ArrayList<>();
        for (int slice = 0; slice < slices; slice++) {
            int from = slice * stretches.length / slices;
            int until = (slice + 1) * stretches.length / slices;
            int[] counts = sum(stretches, from, until);
            long count = Arrays.stream(counts).asLongStream().sum();
            all.add(new Slice(
                    Math.round(from * stretchNanos), Math.round(until * stretchNanos), count, median(counts, count)));
        }
        return List.copyOf(all);
    }

    private static OptionalDouble median(int[] counts, long count) {
        long below = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            below += counts[bucket];
            if (2 * below >= count && below > 0) {
                return OptionalDouble.of(LatencyCourse.millis(bucket));
            }
        }
        return OptionalDouble.empty();
    }
}
