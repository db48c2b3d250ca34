package dev.pushpull.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Each figure is told by a value of its own, so that none can be taken for another. */
class BatchesTest {
    private static final long DURATION_NANOS = 30_000;
    private static final int MANY = 40;

    /** What batch k comes to: a different ratio each, so that a sum in the wrong batch shows in the interval. */
    private static final double[] DELIVERIES = sums(k -> 1 + k % 3);

    private static final double[] LATENCY_MILLIS = sums(k -> DELIVERIES[k] * (5 + k % 4));
    private static final double[] REQUESTS = sums(k -> 2 + k % 5);
    private static final double[] BYTES = sums(k -> 100 + 7 * k);
    private static final double[] POLLS = sums(k -> 4 + k % 2);
    private static final double[] EMPTY = sums(k -> k % 5);

    private interface Of {
        double batch(int k);
    }

    private static double[] sums(Of of) {
        double[] sums = new double[MANY];
        for (int k = 0; k < MANY; k++) {
            sums[k] = of.batch(k);
        }
        return sums;
    }

    /** @param at gives the consumer and the time of what belongs to batch k */
    private static void record(Batches batches, int count, BiConsumer<int[], Integer> at) {
        for (int k = 0; k < count; k++) {
            int[] place = new int[2];
            at.accept(place, k);
            for (int i = 0; i < DELIVERIES[k]; i++) {
                batches.delivered(place[0], place[1], (long) (LATENCY_MILLIS[k] / DELIVERIES[k] * 1e6));
            }
            for (int i = 0; i < REQUESTS[k]; i++) {
                batches.request(place[0], place[1]);
            }
            batches.bytes(place[0], place[1], (long) BYTES[k]);
            for (int i = 0; i < POLLS[k]; i++) {
                batches.poll(place[0], place[1], i < EMPTY[k]);
            }
        }
    }

    private static double[] first(double[] sums, int count) {
        return Arrays.copyOf(sums, count);
    }

    private static void assertHolds(Batches batches, boolean independentConsumers, int count) {
        double[] deliveries = first(DELIVERIES, count);
        assertThat(batches.meanLatencyMillis(independentConsumers))
                .isPresent()
                .isEqualTo(Intervals.ratio(first(LATENCY_MILLIS, count), deliveries));
        assertThat(batches.requestsPerDelivery(independentConsumers))
                .isPresent()
                .isEqualTo(Intervals.ratio(first(REQUESTS, count), deliveries));
        assertThat(batches.bytesPerDelivery(independentConsumers))
                .isPresent()
                .isEqualTo(Intervals.ratio(first(BYTES, count), deliveries));
        assertThat(batches.wastedRatio(independentConsumers))
                .isPresent()
                .isEqualTo(Intervals.ratio(first(EMPTY, count), first(POLLS, count)));
    }

    private static Batches overTime() {
        Batches batches = new Batches(1);
        batches.start(DURATION_NANOS);
        record(batches, 30, (place, k) -> place[1] = 1_000 * k + 999);
        return batches;
    }

    private static Batches overConsumers(int consumers) {
        Batches batches = new Batches(consumers);
        batches.start(DURATION_NANOS);
        record(batches, consumers, (place, k) -> place[0] = k);
        return batches;
    }

    @Test
    void ofOneConsumerTheBatchesAreStretchesOfTime() {
        assertHolds(overTime(), true, 30);
        assertHolds(overTime(), false, 30);
    }

    @Test
    void ofManyIndependentConsumersEachIsABatch() {
        assertHolds(overConsumers(MANY), true, MANY);
        assertThat(overConsumers(MANY).meanLatencyMillis(false))
                .as("all in the first stretch of time")
                .isEmpty();
    }

    @Test
    void twentyConsumersAreEnoughAndNineteenAreNot() {
        assertThat(Batches.enough(20)).isTrue();
        assertThat(Batches.enough(19)).isFalse();
        assertHolds(overConsumers(20), true, 20);
        assertThat(overConsumers(19).meanLatencyMillis(true)).isEmpty();
    }

    @Test
    void whatComesBeforeTheStartOrAfterTheEndBelongsToTheFirstAndTheLastStretch() {
        Batches early = new Batches(1);
        early.start(DURATION_NANOS);
        record(early, 30, (place, k) -> place[1] = k == 0 ? -5_000 : k == 29 ? 45_000 : 1_000 * k);
        assertHolds(early, true, 30);
    }

    @Test
    void beyondTwoHundredGroupsConsumersShareOne() {
        Batches batches = new Batches(1_000);
        record(batches, MANY, (place, k) -> place[0] = k + 200 * (1 + k % 4));
        assertHolds(batches, true, MANY);
    }

    @Test
    void aSumOfTwoHoldsBothAndLeavesThemAsTheyWere() {
        Batches firstHalf = new Batches(MANY);
        Batches secondHalf = new Batches(MANY);
        firstHalf.start(DURATION_NANOS);
        secondHalf.start(DURATION_NANOS);
        record(firstHalf, 15, (place, k) -> place[1] = 1_000 * k);
        record(secondHalf, 30, (place, k) -> {
            place[0] = k;
            place[1] = 1_000 * k;
        });
        Batches bothTwice = firstHalf.plus(secondHalf).plus(firstHalf);

        assertThat(firstHalf.meanLatencyMillis(false).orElseThrow().method()).isEqualTo("15 batches");
        assertHolds(secondHalf, false, 30);
        double[] deliveries = first(DELIVERIES, 30);
        double[] requests = first(REQUESTS, 30);
        for (int k = 0; k < 15; k++) {
            deliveries[k] *= 3;
            requests[k] *= 3;
        }
        assertThat(bothTwice.requestsPerDelivery(false)).isEqualTo(Intervals.ratio(requests, deliveries));
    }

    @Test
    void sharesOfASimulationAreAddedToWhatIsThere() {
        Batches byConsumer = new Batches(MANY);
        Batches byStretch = new Batches(MANY);
        for (int half = 0; half < 2; half++) {
            for (int k = 0; k < MANY; k++) {
                byConsumer.addConsumer(k, half(k, half));
                if (k < 30) {
                    byStretch.addStretch(k, half(k, half));
                }
            }
        }
        assertHolds(byConsumer, true, MANY);
        assertHolds(byStretch, false, 30);

        Batches all = new Batches(MANY);
        all.add(byConsumer);
        all.add(byStretch);
        assertHolds(all, true, MANY);
        assertHolds(all, false, 30);
    }

    /** All but one of each in the first half, the rest in the second. */
    private static Batches.Share half(int k, int half) {
        long rest = half;
        return new Batches.Share(
                half == 0 ? (long) DELIVERIES[k] - 1 : rest,
                half == 0 ? LATENCY_MILLIS[k] - 1 : rest,
                half == 0 ? (long) REQUESTS[k] - 1 : rest,
                half == 0 ? BYTES[k] - 1 : rest,
                half == 0 ? (long) POLLS[k] - 1 : rest,
                half == 0 ? (long) EMPTY[k] - 1 : rest);
    }

    @Test
    void anotherProcessReadsWhatThisOneCounted() throws Exception {
        ObjectMapper json = new ObjectMapper();
        Batches read = json.readValue(json.writeValueAsBytes(overTime()), Batches.class);
        assertHolds(read, false, 30);
        read.delivered(0, 29_500, 1);
        assertThat(read.meanLatencyMillis(false)).isNotEqualTo(overTime().meanLatencyMillis(false));
    }
}
