package dev.pushpull.measure;

import dev.pushpull.scenario.Estimate;
import java.util.Optional;

/**
 * The sums from which intervals of correlated figures are estimated (theory.md section 11): by consumer, where the
 * consumers' streams are independent of each other, and by stretches of time. Guarded by the recorder that owns it.
 */
public final class Batches {
    /** Thirty batch means keep their coverage for bursty arrivals. */
    private static final int STRETCHES = 30;

    private static final int MOST_GROUPS = 200;

    private enum Sum {
        DELIVERIES,
        LATENCY_MILLIS,
        REQUESTS,
        BYTES,
        POLLS,
        EMPTY_POLLS
    }

    private final double[][] byConsumer;
    private final double[][] byTime = new double[Sum.values().length][STRETCHES];
    private long durationNanos = 1;

    Batches(int consumers) {
        byConsumer = new double[Sum.values().length][Math.min(consumers, MOST_GROUPS)];
    }

    void start(long durationNanos) {
        this.durationNanos = durationNanos;
    }

    void delivered(int consumer, long atNanos, long latencyNanos) {
        add(Sum.DELIVERIES, consumer, atNanos, 1);
        add(Sum.LATENCY_MILLIS, consumer, atNanos, latencyNanos / 1e6);
    }

    void request(int consumer, long atNanos, long bytes) {
        add(Sum.REQUESTS, consumer, atNanos, 1);
        add(Sum.BYTES, consumer, atNanos, bytes);
    }

    void poll(int consumer, long atNanos, boolean empty) {
        add(Sum.POLLS, consumer, atNanos, 1);
        add(Sum.EMPTY_POLLS, consumer, atNanos, empty ? 1 : 0);
    }

    private void add(Sum sum, int consumer, long atNanos, double value) {
        byConsumer[sum.ordinal()][consumer % byConsumer[0].length] += value;
        int stretch = (int) Math.min(STRETCHES - 1, Math.max(0, (double) atNanos / durationNanos * STRETCHES));
        byTime[sum.ordinal()][stretch] += value;
    }

    Batches copy() {
        Batches copy = new Batches(byConsumer[0].length);
        copy.durationNanos = durationNanos;
        for (int i = 0; i < byTime.length; i++) {
            copy.byConsumer[i] = byConsumer[i].clone();
            copy.byTime[i] = byTime[i].clone();
        }
        return copy;
    }

    /** Mean latency in milliseconds. */
    public Optional<Estimate> meanLatencyMillis(boolean independentConsumers) {
        return ratio(Sum.LATENCY_MILLIS, Sum.DELIVERIES, independentConsumers);
    }

    /** Empty polls per poll. */
    public Optional<Estimate> wastedRatio(boolean independentConsumers) {
        return ratio(Sum.EMPTY_POLLS, Sum.POLLS, independentConsumers);
    }

    /** Requests per delivery. */
    public Optional<Estimate> requestsPerDelivery(boolean independentConsumers) {
        return ratio(Sum.REQUESTS, Sum.DELIVERIES, independentConsumers);
    }

    /** Bytes both ways per delivery. */
    public Optional<Estimate> bytesPerDelivery(boolean independentConsumers) {
        return ratio(Sum.BYTES, Sum.DELIVERIES, independentConsumers);
    }

    private Optional<Estimate> ratio(Sum numerator, Sum denominator, boolean independentConsumers) {
        double[][] sums = independentConsumers && byConsumer[0].length >= 20 ? byConsumer : byTime;
        return Intervals.ratio(sums[numerator.ordinal()], sums[denominator.ordinal()]);
    }
}
