package dev.pushpull.measure;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/**
 * How late the events of each stretch of the measured time were, by the time at which they were to occur: sixty stretches,
 * each with counts of latencies in buckets that are equally wide in the logarithm. It takes some hundred kilobytes however
 * many events there are. Guarded by the recorder that owns it.
 */
public final class LatencyCourse {
    /** Into how many stretches the time is cut. */
    static final int STRETCHES = 60;

    /** Buckets by which a latency is e times another: half a percent each. */
    static final int BUCKETS_AN_E_FOLD = 200;

    /** What is less is counted as so much. */
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

    /** The measured time is to last so long. */
    public void start(long nanos) {
        durationNanos = nanos;
    }

    /**
     * An event arrived.
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

    /** What two have counted of one time. */
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

    private static int bucket(long latencyNanos) {
        return (int) (Math.log(Math.max(LEAST_NANOS, latencyNanos) / LEAST_NANOS) * BUCKETS_AN_E_FOLD);
    }

    /** The middle of a bucket. */
    static double millis(int bucket) {
        return LEAST_NANOS * factor(bucket + 0.5) / 1e6;
    }

    /** How many times as late something is that lies so many buckets higher. */
    static double factor(double buckets) {
        return Math.exp(buckets / BUCKETS_AN_E_FOLD);
    }
}
