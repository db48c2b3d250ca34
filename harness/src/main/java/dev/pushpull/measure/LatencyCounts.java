package dev.pushpull.measure;

import dev.pushpull.scenario.Distribution;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * Counts durations in buckets like HdrHistogram's, in a plain array that grows with the largest duration. Recording
 * takes a few nanoseconds, for simulations that record a hundred million durations. Not thread-safe.
 */
public final class LatencyCounts {
    /** 2^11 sub-buckets give HdrHistogram's 3 significant digits. */
    public static final int THREE_DIGITS = 11;

    /** Four coarse buckets an octave. */
    private static final int COARSE_BITS = 3;

    private final int bits;
    private final long[] coarse = new long[(Long.SIZE + 1) << (COARSE_BITS - 1)];
    private long[] counts = new long[1 << 12];

    /** @param bits binary digits kept of a duration: {@link #THREE_DIGITS}, or more where a test needs them */
    public LatencyCounts(int bits) {
        this.bits = bits;
    }

    /** @param nanos not negative */
    public void record(long nanos) {
        int index = index(nanos);
        if (index >= counts.length) {
            counts = Arrays.copyOf(counts, Math.max(2 * counts.length, index + 1));
        }
        counts[index]++;
        coarse[index >>> (bits - COARSE_BITS)]++;
    }

    /** Takes back a recorded duration. */
    public void withdraw(long nanos) {
        int index = index(nanos);
        counts[index]--;
        coarse[index >>> (bits - COARSE_BITS)]--;
    }

    /**
     * Adds the durations counted since the last call, coarsely, to one of the groups.
     *
     * @return how many durations that were
     */
    public long giveTo(LatencyGroups groups, int group) {
        long count = 0;
        long any = 0;
        for (long some : coarse) {
            count += some;
            any |= some; // what was taken back may belong to another group: the sum can be 0 all the same
        }
        if (any != 0) {
            groups.add(group, coarse);
            Arrays.fill(coarse, 0);
        }
        return count;
    }

    /** Adds the counts of another object with the same buckets. */
    public void add(LatencyCounts other) {
        if (other.counts.length > counts.length) {
            counts = Arrays.copyOf(counts, other.counts.length);
        }
        for (int index = 0; index < other.counts.length; index++) {
            counts[index] += other.counts[index];
        }
    }

    /** Writes the durations; those that were not given to a group yet count in no group of the reader. */
    public void write(DataOutput out) throws IOException {
        SparseCounts.write(counts, out);
    }

    /** Takes what was written of an object with the same buckets. */
    public void read(DataInput in) throws IOException {
        counts = SparseCounts.read(in);
    }

    /** The middle of the bucket that contains the quantile {@code p}; 0 when nothing was recorded. */
    public double quantileNanos(double p) {
        double wanted = p * Arrays.stream(counts).sum();
        long below = 0;
        for (int index = 0; index < counts.length; index++) {
            below += counts[index];
            if (below >= wanted && below > 0) {
                return (lowest(index) + lowest(index + 1) - 1) / 2.0;
            }
        }
        return 0;
    }

    /** The counts as a distribution; only with {@link #THREE_DIGITS}. */
    public Distribution distribution(double sumNanos) {
        Histogram histogram = new Histogram(3);
        for (int index = counts.length - 1; index >= 0; index--) { // the largest first, so that it is sized only once
            if (counts[index] > 0) {
                histogram.recordValueWithCount(lowest(index), counts[index]);
            }
        }
        return Distribution.of(histogram, sumNanos);
    }

    private int index(long nanos) {
        int bucket = Long.SIZE - bits - Long.numberOfLeadingZeros(nanos | ((1L << bits) - 1));
        return (bucket << (bits - 1)) + (int) (nanos >>> bucket);
    }

    private long lowest(int index) {
        int bucket = Math.max(0, (index >>> (bits - 1)) - 1);
        return (long) (index - (bucket << (bits - 1))) << bucket;
    }
}
