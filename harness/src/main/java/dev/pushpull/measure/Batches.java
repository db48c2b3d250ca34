package dev.pushpull.measure;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pushpull.scenario.Estimate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The sums from which confidence intervals of correlated figures are estimated (theory.md section 11): by consumer,
 * where the consumers' streams are independent of each other, and by stretches of time. Guarded by the recorder that
 * owns it.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class Batches {
    /** With thirty batch means, intervals keep their coverage even for bursty arrivals. */
    private static final int STRETCHES = 30;

    private static final int MOST_GROUPS = 200;
    private static final int LEAST_CONSUMERS = 20;

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

    /** Sums by consumer, or by stretch of time where consumers depend on each other. */
    public Batches(int consumers) {
        byConsumer = new double[Sum.values().length][Math.min(consumers, MOST_GROUPS)];
    }

    @JsonCreator
    private Batches(
            @JsonProperty("byConsumer") double[][] byConsumer,
            @JsonProperty("byTime") double[][] byTime,
            @JsonProperty("durationNanos") long durationNanos) {
        this.byConsumer = byConsumer;
        this.durationNanos = durationNanos;
        for (int sum = 0; sum < byTime.length; sum++) {
            this.byTime[sum] = byTime[sum];
        }
    }

    /** The sums of two recorders. */
    Batches plus(Batches other) {
        Batches sum = copy();
        sum.add(other);
        return sum;
    }

    void start(long durationNanos) {
        this.durationNanos = durationNanos;
    }

    void delivered(int consumer, long atNanos, long latencyNanos) {
        add(Sum.DELIVERIES, consumer, atNanos, 1);
        add(Sum.LATENCY_MILLIS, consumer, atNanos, latencyNanos / 1e6);
    }

    void request(int consumer, long atNanos) {
        add(Sum.REQUESTS, consumer, atNanos, 1);
    }

    void bytes(int consumer, long atNanos, long bytes) {
        add(Sum.BYTES, consumer, atNanos, bytes);
    }

    void poll(int consumer, long atNanos, boolean empty) {
        add(Sum.POLLS, consumer, atNanos, 1);
        add(Sum.EMPTY_POLLS, consumer, atNanos, empty ? 1 : 0);
    }

    /** The number of stretches that the time is cut into. */
    public static int stretches() {
        return STRETCHES;
    }

    /** Whether there are enough independent consumers to estimate from. */
    public static boolean enough(int consumers) {
        return consumers >= LEAST_CONSUMERS;
    }

    /** What happened to a consumer, or in a stretch of time, in a simulation. */
    public record Share(
            long deliveries, double latencyMillis, long requests, double bytes, long polls, long emptyPolls) {}

    /** Adds everything about one consumer. */
    public void addConsumer(int consumer, Share share) {
        add(byConsumer, consumer % byConsumer[0].length, share);
    }

    /** Adds what happened to one consumer in one stretch of time. */
    public void addStretch(int stretch, Share share) {
        add(byTime, stretch, share);
    }

    /** Adds the sums of other consumers. */
    public void add(Batches other) {
        for (int sum = 0; sum < byTime.length; sum++) {
            for (int group = 0; group < byConsumer[sum].length; group++) {
                byConsumer[sum][group] += other.byConsumer[sum][group];
            }
            for (int group = 0; group < STRETCHES; group++) {
                byTime[sum][group] += other.byTime[sum][group];
            }
        }
    }

    /** Writes the sums, bit by bit. */
    public void write(DataOutput out) throws IOException {
        for (double[][] sums : List.of(byConsumer, byTime)) {
            for (double[] row : sums) {
                for (double sum : row) {
                    out.writeDouble(sum);
                }
            }
        }
    }

    /** Takes what was written of sums for as many consumers. */
    public void read(DataInput in) throws IOException {
        for (double[][] sums : List.of(byConsumer, byTime)) {
            for (double[] row : sums) {
                for (int group = 0; group < row.length; group++) {
                    row[group] = in.readDouble();
                }
            }
        }
    }

    private static void add(double[][] sums, int group, Share share) {
        sums[Sum.DELIVERIES.ordinal()][group] += share.deliveries();
        sums[Sum.LATENCY_MILLIS.ordinal()][group] += share.latencyMillis();
        sums[Sum.REQUESTS.ordinal()][group] += share.requests();
        sums[Sum.BYTES.ordinal()][group] += share.bytes();
        sums[Sum.POLLS.ordinal()][group] += share.polls();
        sums[Sum.EMPTY_POLLS.ordinal()][group] += share.emptyPolls();
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
        double[][] sums = independentConsumers && enough(byConsumer[0].length) ? byConsumer : byTime;
        return Intervals.ratio(sums[numerator.ordinal()], sums[denominator.ordinal()]);
    }
}
