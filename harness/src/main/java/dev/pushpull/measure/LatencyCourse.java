package dev.pushpull.measure;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

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

    /**
     * By how much the share of latencies up to the p-quantile varies more between stretches than if none depended on its
     * neighbours: what delays one event also delays those around it. 1 or more, by the residuals of that share over
     * thirty stretches (theory.md section 11).
     *
     * @param p 0 to 1
     */
    public double designEffect(double p) {
        int[] all = new int[0];
        long count = 0;
        for (int[] stretch : counts) {
            all = all.length < stretch.length ? Arrays.copyOf(all, stretch.length) : all;
            for (int bucket = 0; bucket < stretch.length; bucket++) {
                all[bucket] += stretch[bucket];
                count += stretch[bucket];
            }
        }
        int quantile = 0;
        long upTo = all.length == 0 ? 0 : all[0];
        while (upTo < p * count) {
            upTo += all[++quantile];
        }
        double share = count == 0 ? 0 : (double) upTo / count;
        double squares = 0;
        int filled = 0;
        for (int stretch = 0; stretch < STRETCHES; stretch += TOGETHER) {
            long below = 0;
            long here = 0;
            for (int[] part : Arrays.asList(counts).subList(stretch, stretch + TOGETHER)) {
                for (int bucket = 0; bucket < part.length; bucket++) {
                    below += bucket <= quantile ? part[bucket] : 0;
                    here += part[bucket];
                }
            }
            squares += (below - share * here) * (below - share * here);
            filled += here > 0 ? 1 : 0;
        }
        double independent = share * (1 - share) * count;
        return filled < 2 || independent == 0 ? 1 : Math.max(1, squares * filled / (filled - 1) / independent);
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
