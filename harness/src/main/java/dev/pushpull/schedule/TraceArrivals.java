package dev.pushpull.schedule;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Recorded event times, replayed. The first event is time zero; nothing is random.
 *
 * @param source the file it was read from, for people
 * @param from number of events of the file skipped before the first
 * @param events number of events
 * @param speedup how much faster than recorded the trace is replayed
 * @param spanNanos from the first event to the last, after the speed-up
 * @param ratePerSecond events divided by span
 * @param originalEpochNanos the recorded times, in order; empty when read back from a results folder
 */
public record TraceArrivals(
        String source,
        long from,
        long events,
        double speedup,
        long spanNanos,
        @JsonProperty("rate_per_second") double ratePerSecond,
        @JsonIgnore long[] originalEpochNanos)
        implements ArrivalProcess {
    /**
     * @param epochNanos recorded times in order, at least one
     * @param durationNanos the divisor when the span is zero, or 0
     */
    public static TraceArrivals of(String source, long from, long[] epochNanos, double speedup, long durationNanos) {
        long spanNanos = Math.round((epochNanos[epochNanos.length - 1] - epochNanos[0]) / speedup);
        double rate = epochNanos.length * 1e9 / (spanNanos > 0 ? spanNanos : durationNanos);
        return new TraceArrivals(source, from, epochNanos.length, speedup, spanNanos, rate, epochNanos);
    }

    /** The same with its recorded times, which its JSON leaves out. */
    public TraceArrivals replaying(long[] epochNanos) {
        return new TraceArrivals(source, from, events, speedup, spanNanos, ratePerSecond, epochNanos);
    }

    public TraceArrivals {
        originalEpochNanos = originalEpochNanos == null ? new long[0] : originalEpochNanos;
    }

    @Override
    public String kind() {
        return "trace";
    }

    @Override
    public ArrivalTimes times(RandomGenerator random) {
        return new ArrivalTimes() {
            private int next;

            @Override
            public long nextNanos() {
                return next == originalEpochNanos.length
                        ? NONE
                        : Math.round((originalEpochNanos[next++] - originalEpochNanos[0]) / speedup);
            }
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TraceArrivals that
                && source.equals(that.source)
                && from == that.from
                && speedup == that.speedup
                && Arrays.equals(originalEpochNanos, that.originalEpochNanos);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(originalEpochNanos);
    }
}
