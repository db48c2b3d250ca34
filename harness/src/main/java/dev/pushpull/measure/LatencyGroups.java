package dev.pushpull.measure;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Coarse counts of durations by group (a consumer, or a stretch of time). They show how much less the dependent samples
 * of a group say about a quantile than independent samples would. Not thread-safe.
 */
public final class LatencyGroups {
    private static final int LEAST_GROUPS = 10;

    private final long[][] counts;

    public LatencyGroups(int groups) {
        counts = new long[groups][];
    }

    /** The number of groups. */
    public int size() {
        return counts.length;
    }

    /** @param buckets counts in rising order of durations, always for the same buckets */
    public void add(int group, long[] buckets) {
        if (counts[group] == null) {
            counts[group] = buckets.clone();
            return;
        }
        for (int bucket = 0; bucket < buckets.length; bucket++) {
            counts[group][bucket] += buckets[bucket];
        }
    }

    /** Adds the counts of other consumers. */
    public void add(LatencyGroups other) {
        for (int group = 0; group < counts.length; group++) {
            if (other.counts[group] != null) {
                add(group, other.counts[group]);
            }
        }
    }

    /** Writes the counts of all groups. */
    public void write(DataOutput out) throws IOException {
        for (long[] group : counts) {
            out.writeBoolean(group != null);
            if (group != null) {
                SparseCounts.write(group, out);
            }
        }
    }

    /** Takes what was written of as many groups. */
    public void read(DataInput in) throws IOException {
        for (int group = 0; group < counts.length; group++) {
            counts[group] = in.readBoolean() ? SparseCounts.read(in) : null;
        }
    }

    /**
     * The factor by which the variance of the share of durations below about the p-quantile exceeds that of independent
     * samples (the ratio estimator of docs/theory.md section 11 over groups, against the binomial). At least 1; exactly
     * 1 when fewer than ten groups hold anything.
     */
    public double designEffect(double p) {
        int bound = boundNear(p);
        int groups = 0;
        double all = 0;
        double allBelow = 0;
        for (long[] group : counts) {
            long count = below(group, Integer.MAX_VALUE);
            groups += count > 0 ? 1 : 0;
            all += count;
            allBelow += below(group, bound);
        }
        double share = allBelow / all;
        if (groups < LEAST_GROUPS || share == 0 || share == 1) {
            return 1;
        }
        double squares = 0;
        for (long[] group : counts) {
            double residual = below(group, bound) - share * below(group, Integer.MAX_VALUE);
            squares += residual * residual;
        }
        return Math.max(1, squares * groups / (groups - 1) / (all * share * (1 - share)));
    }

    /**
     * The bucket bound whose odds of being below are nearest to those of p; 0 when no bound lies between none and all.
     */
    private int boundNear(double p) {
        long[] sums = new long[0];
        for (long[] group : counts) {
            if (group != null) {
                sums = Arrays.copyOf(sums, group.length);
                for (int bucket = 0; bucket < group.length; bucket++) {
                    sums[bucket] += group[bucket];
                }
            }
        }
        double all = below(sums, Integer.MAX_VALUE);
        double below = 0;
        int nearest = 0;
        double distance = Double.POSITIVE_INFINITY;
        for (int bound = 1; bound <= sums.length; bound++) {
            below += sums[bound - 1];
            double off = Math.abs(Math.log(below / (all - below)) - Math.log(p / (1 - p)));
            if (below > 0 && below < all && off < distance) {
                nearest = bound;
                distance = off;
            }
        }
        return nearest;
    }

    private static long below(long[] buckets, int bound) {
        long sum = 0;
        for (int bucket = 0; buckets != null && bucket < Math.min(bound, buckets.length); bucket++) {
            sum += buckets[bucket];
        }
        return sum;
    }
}
