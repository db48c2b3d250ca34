package dev.pushpull.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * Measured durations: an HdrHistogram of nanoseconds with 3 significant digits, and their exact sum. A quantile is
 * given only when its two-sided 95 % interval is finite (theory.md section 11): 368 samples for p99, 3,688 for p99.9.
 */
public final class Distribution {
    /** 1 - the confidence level of one side. */
    private static final double TAIL = 0.025;

    private static final int DIGITS = 3;

    private static final Distribution EMPTY = new Distribution(new Histogram(DIGITS), 0);

    /** Null when only the packed form is kept. */
    private final Histogram histogram;

    private final byte[] packed;
    private final double sumNanos;

    /** The number of samples: asked for so often that unpacking them each time would take most of a report's time. */
    private final long count;

    /** Made when first needed. */
    private volatile Ranks ranks;

    /** @param histogram nanoseconds; copied */
    public Distribution(Histogram histogram, double sumNanos) {
        this(histogram.copy(), new byte[0], histogram.getTotalCount(), sumNanos);
    }

    private Distribution(Histogram histogram, byte[] packed, long count, double sumNanos) {
        this.histogram = histogram;
        this.packed = packed;
        this.count = count;
        this.sumNanos = sumNanos;
    }

    /** The same in a few hundred bytes instead of a few hundred kilobytes, but slower to read: for one of many. */
    public Distribution compact() {
        return new Distribution(null, pack(), count, sumNanos);
    }

    private Histogram unpacked() {
        if (histogram != null) {
            return histogram;
        }
        try {
            return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(packed), 0);
        } catch (DataFormatException e) {
            throw new IllegalStateException("what was packed here cannot be unpacked", e);
        }
    }

    private byte[] pack() {
        if (histogram == null) {
            return packed;
        }
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Arrays.copyOf(buffer.array(), length);
    }

    /** @throws IllegalArgumentException when it is not a histogram made by {@link #encoded} */
    @JsonCreator
    static Distribution decoded(
            @JsonProperty("sum_nanos") double sumNanos, @JsonProperty("histogram") String compressedBase64) {
        Histogram read;
        byte[] packed;
        try {
            packed = Base64.getDecoder().decode(compressedBase64);
            read = Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(packed), 0);
            read.getValueAtPercentile(100); // reads everything, so that it fails now rather than later
        } catch (DataFormatException | RuntimeException e) { // the library trusts every length and index that it reads
            throw new IllegalArgumentException("this is no histogram", e);
        }
        if (read.getNumberOfSignificantValueDigits() != DIGITS) { // 5 digits take 50 MB, packed into a few bytes
            throw new IllegalArgumentException("this is no histogram with " + DIGITS + " significant digits");
        }
        return new Distribution(null, packed, read.getTotalCount(), sumNanos);
    }

    /** Without samples. */
    public static Distribution empty() {
        return EMPTY;
    }

    /** @param histogram nanoseconds; nobody else may go on recording into it */
    public static Distribution of(Histogram histogram, double sumNanos) {
        return new Distribution(histogram, new byte[0], histogram.getTotalCount(), sumNanos);
    }

    /** Both together: histograms are merged, percentiles never. */
    public Distribution plus(Distribution other) {
        Histogram merged = histogram();
        merged.add(other.unpacked());
        return new Distribution(merged, sumNanos + other.sumNanos);
    }

    /** Without those of an earlier recording of the same, all of which it holds. */
    public Distribution minus(Distribution earlier) {
        Histogram rest = histogram();
        rest.subtract(earlier.unpacked());
        return new Distribution(rest, sumNanos - earlier.sumNanos);
    }

    /** Each of them shorter by this much, but none below 0. */
    public Distribution shortened(long nanos) {
        Histogram shorter = new Histogram(DIGITS);
        double shorterNanos = 0;
        Ranks known = ranks();
        long before = 0;
        for (int bucket = 0; bucket < known.upTo.length; bucket++) {
            long rest = Math.max(0, known.middleNanos[bucket] - nanos);
            shorter.recordValueWithCount(rest, known.upTo[bucket] - before);
            shorterNanos += (double) rest * (known.upTo[bucket] - before);
            before = known.upTo[bucket];
        }
        return of(shorter, shorterNanos);
    }

    /** All of them together. */
    public static Distribution sum(Collection<Distribution> all) {
        Histogram merged = new Histogram(DIGITS);
        double sumNanos = 0;
        for (Distribution one : all) {
            merged.add(one.unpacked());
            sumNanos += one.sumNanos;
        }
        return of(merged, sumNanos);
    }

    @JsonProperty("sum_nanos")
    public double sumNanos() {
        return sumNanos;
    }

    /** The form in {@code run.json}: HdrHistogram's compressed form in Base64. */
    @JsonProperty("histogram")
    String encoded() {
        return Base64.getEncoder().encodeToString(pack());
    }

    /** A copy for any use. */
    public Histogram histogram() {
        return unpacked().copy();
    }

    public long count() {
        return count;
    }

    /** Exact, not computed from buckets; empty without samples. */
    public OptionalDouble meanMillis() {
        return count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(sumNanos / count() / 1e6);
    }

    public OptionalDouble maxMillis() {
        return count() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(unpacked().getMaxValue() / 1e6);
    }

    /** The p-quantile, 0 &lt; p &lt; 1; empty when there are too few samples. */
    public OptionalDouble quantileMillis(double p) {
        return count() < samplesNeeded(p) ? OptionalDouble.empty() : OptionalDouble.of(valueAt(p) / 1e6);
    }

    /** The median as a leg for predictions; 0 when there are too few samples. */
    public long medianNanos() {
        return count() < samplesNeeded(0.5) ? 0 : valueAt(0.5);
    }

    /** The least number of samples from which a two-sided 95 % interval of the p-quantile is finite. */
    public static long samplesNeeded(double p) {
        return (long) Math.ceil(Math.log(TAIL) / Math.log(Math.max(p, 1 - p)));
    }

    /**
     * The value that the share {@code p} of all samples does not exceed, in nanoseconds, however few samples there are.
     */
    public long valueAt(double p) {
        if (histogram == null) {
            return unpacked().getValueAtPercentile(100 * p); // ranks would take the memory that packing saves
        }
        return ranks().highest(p);
    }

    /**
     * The sample with this rank, in nanoseconds to 3 digits; fast, for drawing one at random.
     *
     * @param rank from 0, the smallest, to {@link #count} - 1
     */
    public long valueOfRank(long rank) {
        return ranks().value(rank);
    }

    private Ranks ranks() {
        Ranks made = ranks;
        if (made == null) {
            made = Ranks.of(unpacked());
            ranks = made;
        }
        return made;
    }

    /** As many samples drawn from these, each as often as chance will: what might as well have been measured. */
    public Distribution resampled(RandomGenerator random) {
        Histogram drawn = new Histogram(DIGITS);
        double drawnNanos = 0;
        for (long sample = 0; sample < count; sample++) {
            long nanos = valueOfRank(random.nextLong(count));
            drawn.recordValue(nanos);
            drawnNanos += nanos;
        }
        return of(drawn, drawnNanos);
    }

    /** The buckets that hold samples, in rising order: their middle, their end, and how many samples do not exceed it. */
    private record Ranks(long leastNanos, long[] middleNanos, long[] highestNanos, long[] upTo) {
        static Ranks of(Histogram histogram) {
            LongStream.Builder middle = LongStream.builder();
            LongStream.Builder highest = LongStream.builder();
            LongStream.Builder upTo = LongStream.builder();
            long soFar = 0;
            long least = histogram.getValueAtPercentile(0);
            long nanos = histogram.lowestEquivalentValue(least);
            long width = 0;
            long wider = 0;
            while (soFar < histogram.getTotalCount()) { // the library's own iterators take several times as long
                if (nanos >= wider) { // buckets grow wider only at powers of two
                    width = histogram.sizeOfEquivalentValueRange(nanos);
                    wider = 2 * Long.highestOneBit(nanos);
                }
                long count = histogram.getCountAtValue(nanos);
                if (count > 0) {
                    soFar += count;
                    middle.add(nanos + width / 2);
                    highest.add(nanos + width - 1);
                    upTo.add(soFar);
                }
                nanos += width;
            }
            return new Ranks(
                    least,
                    middle.build().toArray(),
                    highest.build().toArray(),
                    upTo.build().toArray());
        }

        long value(long rank) {
            return middleNanos[bucket(rank + 1)];
        }

        /** Exactly what {@link Histogram#getValueAtPercentile} says, whose rounding this repeats, without a walk. */
        long highest(double p) {
            if (upTo.length == 0 || p == 0) {
                return leastNanos;
            }
            double percentile = Math.min(Math.max(Math.nextDown(100 * p), 0), 100);
            long wanted = (long) Math.ceil(percentile * upTo[upTo.length - 1] / 100);
            return highestNanos[bucket(Math.max(wanted, 1))];
        }

        private int bucket(long samples) {
            int found = Arrays.binarySearch(upTo, samples);
            return found >= 0 ? found : -found - 1;
        }
    }

    /** How many samples do not exceed {@code nanos}. */
    public long countUpTo(long nanos) {
        return count() == 0 ? 0 : unpacked().getCountBetweenValues(0, nanos);
    }

    /** The share of samples above {@code nanos}; 0 without samples. */
    public double shareAbove(long nanos) {
        return count() == 0 ? 0 : (double) (count() - countUpTo(nanos)) / count();
    }
}
