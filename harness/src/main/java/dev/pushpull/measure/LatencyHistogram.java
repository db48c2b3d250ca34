package dev.pushpull.measure;

import dev.pushpull.scenario.Distribution;
import org.HdrHistogram.Histogram;

/** Collects durations in nanoseconds with their exact sum. Not thread-safe. */
public final class LatencyHistogram {
    private final Histogram histogram = new Histogram(3);
    private double sumNanos;

    /** @param nanos not negative */
    public void record(long nanos) {
        histogram.recordValue(nanos);
        sumNanos += nanos;
    }

    /** Forgets everything. */
    public void reset() {
        histogram.reset();
        sumNanos = 0;
    }

    long count() {
        return histogram.getTotalCount();
    }

    /** Everything recorded so far. */
    public Distribution distribution() {
        return new Distribution(histogram, sumNanos);
    }
}
