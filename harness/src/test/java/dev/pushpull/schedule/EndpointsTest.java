package dev.pushpull.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.schedule.Endpoints.Dead;
import dev.pushpull.schedule.Endpoints.Slow;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointsTest {
    private static Endpoints of(long seed) {
        return new Endpoints(
                List.of(new Slow(0.05, 2), new Slow(0.1, 3)),
                List.of(new Dead(0.01, 0), new Dead(0.02, 7)),
                seed,
                false);
    }

    private static long count(int consumers, IntStream which) {
        return which.filter(consumer -> consumer < consumers).count();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 12_345})
    void eachShareIsAnExactNumberOfConsumersAndNoneIsInTwo(int consumers) {
        Endpoints endpoints = of(1);
        long[] after = IntStream.range(0, consumers)
                .mapToLong(consumer -> endpoints.answerNanos(consumer, consumers))
                .toArray();
        long[] from = IntStream.range(0, consumers)
                .mapToLong(consumer -> endpoints.deadFromNanos(consumer, consumers))
                .toArray();
        assertThat(count(consumers, IntStream.range(0, consumers).filter(c -> after[c] == 2)))
                .isEqualTo(Endpoints.count(0, 0.05, consumers));
        assertThat(count(consumers, IntStream.range(0, consumers).filter(c -> after[c] == 3)))
                .isEqualTo(Endpoints.count(0.05, 0.1, consumers));
        assertThat(count(consumers, IntStream.range(0, consumers).filter(c -> from[c] == 0)))
                .isEqualTo(Math.round(0.16 * consumers) - Math.round(0.15 * consumers));
        assertThat(count(consumers, IntStream.range(0, consumers).filter(c -> from[c] == 7)))
                .isEqualTo(Math.round(0.18 * consumers) - Math.round(0.16 * consumers));
        assertThat(IntStream.range(0, consumers).filter(c -> after[c] > 0 && from[c] != Endpoints.NEVER))
                .isEmpty();
    }

    @Test
    void whichTheyAreDependsOnTheSeedAlone() {
        assertThat(slow(1)).isEqualTo(slow(1)).isNotEqualTo(slow(2));
    }

    private static BitSet slow(long seed) {
        BitSet slow = new BitSet();
        IntStream.range(0, 1_000)
                .filter(consumer -> of(seed).answerNanos(consumer, 1_000) > 0)
                .forEach(slow::set);
        return slow;
    }

    @Test
    void everyConsumerIsSlowAsOftenAsAnother() {
        int seeds = 4_000;
        int consumers = 20;
        int[] slow = new int[consumers];
        for (int seed = 0; seed < seeds; seed++) {
            Endpoints endpoints = of(seed);
            for (int consumer = 0; consumer < consumers; consumer++) {
                slow[consumer] += endpoints.answerNanos(consumer, consumers) > 0 ? 1 : 0;
            }
        }
        double share = 3.0 / consumers;
        double deviation = Math.sqrt(seeds * share * (1 - share));
        assertThat(IntStream.of(slow)).allMatch(times -> Math.abs(times - seeds * share) < 4.5 * deviation);
    }

    @Test
    void aSingleConsumerMayBeSlow() {
        Endpoints all = new Endpoints(List.of(new Slow(1, 5)), List.of(), 3, false);
        assertThat(all.answerNanos(0, 1)).isEqualTo(5);
    }
}
