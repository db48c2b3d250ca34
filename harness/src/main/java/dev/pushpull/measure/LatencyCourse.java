package dev.pushpull.measure;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The latencies of sixty stretches of the measured time, by the time at which their events were due. Each stretch counts
 * latencies in logarithmic buckets, which take a few hundred kilobytes however many events there are. Guarded by the
 * recorder that owns it.
 */
public final class LatencyCourse {
    /** Number of stretches. */
    static final int STRETCHES = 60;

    /** Number of buckets from a latency to e times that latency; each is half a percent wide. */
    static final int BUCKETS_AN_E_FOLD = 200;

    /** So many stretches are one cluster of latencies that depend on each other. */
    private static final int TOGETHER = 2;

    /** Shorter latencies count as this one. */
    private static final double LEAST_NANOS = 1_000;

    private final int[][] counts;
    private long durationNanos = 1;

    public LatencyCourse() {
        counts = new int[STRETCHES][0];
    }

    @JsonCreator
    LatencyCourse(@JsonProperty("counts") int[][] counts, @JsonProperty("durationNanos") long durationNanos) {
        this.counts = counts;
        this.durationNanos = durationNanos;
    }

    /** Starts, with the planned length of the measured time. */
    public void start(long nanos) {
        durationNanos = nanos;
    }

    /**
     * Counts the arrival of an event.
     *
     * @param sinceStartNanos when it was to occur
     * @param latencyNanos not negative
     */
    public void delivered(long sinceStartNanos, long latencyNanos) {
        int stretch = (int) Math.min(STRETCHES - 1, Math.max(0, (double) sinceStartNanos / durationNanos * STRETCHES));
        int bucket = bucket(latencyNanos);
        if (bucket >= counts[stretch].length) {
            counts[stretch] = Arrays.copyOf(counts[stretch], Math.max(bucket + 1, 2 * counts[stretch].length));
        }
        counts[stretch][bucket]++;
    }

    /** Both counts, of the same time. */
    LatencyCourse plus(LatencyCourse other) {
        LatencyCourse sum = new LatencyCourse(new int[STRETCHES][], Math.max(durationNanos, other.durationNanos));
        for (int stretch = 0; stretch < STRETCHES; stretch++) {
            int[] more = other.counts[stretch];
            int[] both = Arrays.copyOf(counts[stretch], Math.max(counts[stretch].length, more.length));
            for (int bucket = 0; bucket < more.length; bucket++) {
                both[bucket] += more[bucket];
            }
            sum.counts[stretch] = both;
        }
        return sum;
    }

    LatencyCourse copy() {
        return plus(new LatencyCourse());
    }

    @JsonProperty("counts")
    int[][] counts() {
        return counts;
    }

    @JsonProperty("durationNanos")
    long durationNanos() {
        return durationNanos;
    }

    /** Which part of the time is left out. */
    public interface LeftOut {
        /** Whether any of what lies between is. */
        boolean any(long fromNanos, long untilNanos);
    }

    /**
     * By how much the share of latencies up to the p-quantile varies more between stretches than if none depended on its
     * neighbours: what delays one event also delays those around it. 1 or more, by the residuals of that share over up to
     * thirty stretches (theory.md section 11).
     *
     * @param p 0 to 1
     * @param outages stretches that everybody knows to be late, which is no chance
     */
    public double designEffect(double p, LeftOut outages) {
        int quantile = bucketOf(p);
        List<long[]> clusters = new ArrayList<>();
        long below = 0;
        long count = 0;
        for (int stretch = 0; stretch < STRETCHES; stretch += TOGETHER) {
            long[] cluster = cluster(stretch, quantile);
            if (cluster[1] > 0 && !outages.any(beginNanos(stretch), beginNanos(stretch + TOGETHER))) {
                clusters.add(cluster);
                below += cluster[0];
                count += cluster[1];
            }
        }
        double share = count == 0 ? 0 : (double) below / count;
        double independent = share * (1 - share) * count;
        if (clusters.size() < 2 || independent == 0) {
            return 1;
        }
        double squares = 0;
        for (long[] cluster : clusters) {
            double residual = cluster[0] - share * cluster[1];
            squares += residual * residual;
        }
        return Math.max(1, squares * clusters.size() / (clusters.size() - 1) / independent);
    }

    private int bucketOf(double p) {
        int most = 0;
        long count = 0;
        for (int[] stretch : counts) {
            most = Math.max(most, stretch.length);
            count += Arrays.stream(stretch).sum();
        }
        int bucket = -1;
        for (long upTo = 0; upTo < p * count && bucket < most; ) {
            bucket++;
            for (int[] stretch : counts) {
                upTo += bucket < stretch.length ? stretch[bucket] : 0;
            }
        }
        return bucket;
    }

    /** How many of the latencies from this stretch on are up to a bucket, and how many there are. */
    private long[] cluster(int stretch, int bucket) {
        long below = 0;
        long all = 0;
        for (int part = stretch; part < stretch + TOGETHER; part++) {
            for (int i = 0; i < counts[part].length; i++) {
                below += i <= bucket ? counts[part][i] : 0;
                all += counts[part][i];
            }
        }
        return new long[] {below, all};
    }

    private long beginNanos(int stretch) {
        return (long) ((double) durationNanos / STRETCHES * stretch);
    }

    private static int bucket(long latencyNanos) {
        return (int) (Math.log(Math.max(LEAST_NANOS, latencyNanos) / LEAST_NANOS) * BUCKETS_AN_E_FOLD);
    }

    /** The middle of a bucket. */
    static double millis(int bucket) {
        return LEAST_NANOS * factor(bucket + 0.5) / 1e6;
    }

    /** The factor between two latencies that lie this many buckets apart. */
    static double factor(double buckets) {
        return Math.exp(buckets / BUCKETS_AN_E_FOLD);
    }
}
