package dev.pushpull.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalDouble;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * Durations that were measured: an HdrHistogram of nanoseconds with 3 significant digits, and their exact sum. A
 * quantile is given only when its two-sided 95 % interval is finite (theory.md section 11): 368 samples for p99, 3,688
 * for p99.9.
 */
public final class Distribution {
    /** 1 - the confidence level of one side. */
    private static final double TAIL = 0.025;

    private final Histogram histogram;
    private final double sumNanos;

    /** @param histogram nanoseconds; copied */
    public Distribution(Histogram histogram, double sumNanos) {
        this.histogram = histogram.copy();
        this.sumNanos = sumNanos;
    }

    @JsonCreator
    static Distribution decoded(
            @JsonProperty("sum_nanos") double sumNanos, @JsonProperty("histogram") String compressedBase64)
            throws DataFormatException {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(compressedBase64));
        return new Distribution(Histogram.decodeFromCompressedByteBuffer(bytes, 0), sumNanos);
    }

    /** Nothing measured. */
    public static Distribution empty() {
        return new Distribution(new Histogram(3), 0);
    }

    /** Both together: histograms are merged, percentiles never. */
    public Distribution plus(Distribution other) {
        Histogram merged = histogram.copy();
        merged.add(other.histogram);
        return new Distribution(merged, sumNanos + other.sumNanos);
    }

    @JsonProperty("sum_nanos")
    public double sumNanos() {
        return sumNanos;
    }

    /** How {@code run.json} holds it: HdrHistogram's compressed form in Base64. */
    @JsonProperty("histogram")
    String encoded() {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    /** A copy to read at will. */
    public Histogram histogram() {
        return histogram.copy();
    }

    public long count() {
        return histogram.getTotalCount();
    }

    /** Exact, not from buckets; empty without samples. */
    public OptionalDouble meanMillis() {
        return count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(sumNanos / count() / 1e6);
    }

    public OptionalDouble maxMillis() {
        return count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(histogram.getMaxValue() / 1e6);
    }

    /** The p-quantile, 0 &lt; p &lt; 1; empty when there are too few samples for one. */
    public OptionalDouble quantileMillis(double p) {
        return count() < samplesNeeded(p) ? OptionalDouble.empty() : OptionalDouble.of(valueAt(p) / 1e6);
    }

    /** The least number of samples from which a two-sided 95 % interval of the p-quantile is finite. */
    public static long samplesNeeded(double p) {
        return (long) Math.ceil(Math.log(TAIL) / Math.log(Math.max(p, 1 - p)));
    }

    /** The value with the share {@code p} of all samples at or below it, in nanoseconds, however few there are. */
    public long valueAt(double p) {
        return histogram.getValueAtPercentile(100 * p);
    }

    /** The share of samples above {@code nanos}, 0 without samples. */
    public double shareAbove(long nanos) {
        return count() == 0 ? 0 : 1 - (double) histogram.getCountBetweenValues(0, nanos) / count();
    }
}
