package dev.pushpull.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.Seeds.Purpose;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SeedsTest {
    private static final int GAPS = 10_000;

    static Stream<ArrivalProcess> processes() {
        return Stream.of(new PoissonArrivals(1), new PeriodicArrivals(1), BurstyArrivals.ofMeanRate(1));
    }

    private static long[] times(ArrivalProcess arrivals, RandomGenerator random) {
        ArrivalTimes times = arrivals.times(random);
        return LongStream.generate(times::nextNanos).limit(5).toArray();
    }

    @ParameterizedTest
    @MethodSource("processes")
    void theSameSeedGivesTheSameTimes(ArrivalProcess arrivals) {
        long[] once = times(arrivals, new Seeds(7).generator(Purpose.EVENTS, 3));
        long[] again = times(arrivals, new Seeds(7).generator(Purpose.EVENTS, 3));
        assertThat(again).isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("processes")
    void anotherSeedStreamOrPurposeGivesOtherTimes(ArrivalProcess arrivals) {
        long[] times = times(arrivals, new Seeds(7).generator(Purpose.EVENTS, 3));
        assertThat(times(arrivals, new Seeds(8).generator(Purpose.EVENTS, 3))).isNotEqualTo(times);
        assertThat(times(arrivals, new Seeds(7).generator(Purpose.EVENTS, 4))).isNotEqualTo(times);
        assertThat(times(arrivals, new Seeds(7).generator(Purpose.REPLICATE, 3)))
                .isNotEqualTo(times);
    }

    /** Exactly these values on every JDK: a run is repeated from its seed years later. */
    @Test
    void theTimesOfASeedAreTheSameOnEveryJdk() {
        Seeds seeds = new Seeds(42);
        assertThat(times(new PoissonArrivals(1), seeds.generator(Purpose.EVENTS, 0)))
                .containsExactly(1079441774L, 1845914088L, 3036404437L, 6420146384L, 8733689140L);
        assertThat(times(new PeriodicArrivals(3), seeds.generator(Purpose.EVENTS, 1)))
                .containsExactly(158428095L, 491761428L, 825094761L, 1158428095L, 1491761428L);
        assertThat(times(BurstyArrivals.ofMeanRate(1), seeds.generator(Purpose.EVENTS, 2)))
                .containsExactly(583414327L, 720131306L, 979478940L, 997864169L, 1007088333L);
        assertThat(IntStream.range(0, 3)
                        .mapToLong(consumer -> new FixedPollSchedule(500_000_000, Phase.RANDOM)
                                .start(seeds.generator(Purpose.POLL_PHASE, consumer))
                                .dueNanos()))
                .containsExactly(137220401L, 249159016L, 120660018L);
        assertThat(RetrySchedule.STANDARD_WEBHOOKS.delayNanos(
                        2, OptionalLong.empty(), seeds.generator(Purpose.RETRY_JITTER, 0)))
                .hasValue(5_205_067_759L);
        assertThat(seeds.derive(Purpose.EVENT_ID, 5)).isEqualTo(-7604787781150937598L);
        // far into a stream, where even rare branches of the sampler have been taken
        ArrivalTimes times = new PoissonArrivals(1).times(seeds.generator(Purpose.EVENTS, 0));
        assertThat(LongStream.generate(times::nextNanos)
                        .skip(99_999)
                        .findFirst()
                        .orElseThrow())
                .isEqualTo(100_316_544_454_592L);
    }

    @Test
    void neighbouringStreamsAndPurposesAreUncorrelated() {
        Seeds seeds = new Seeds(1);
        Sample gaps = gaps(seeds, Purpose.EVENTS, 0);
        // the correlation of independent samples has standard error 1 / sqrt(n)
        double bound = 4 / Math.sqrt(GAPS);
        for (Purpose purpose : Purpose.values()) {
            for (long number = 0; number < 5; number++) {
                if (purpose != Purpose.EVENTS || number != 0) {
                    assertThat(gaps.correlationWith(gaps(seeds, purpose, number)))
                            .as("%s %d", purpose, number)
                            .isCloseTo(0, within(bound));
                }
            }
        }
        assertThat(gaps.correlationWith(gaps(new Seeds(2), Purpose.EVENTS, 0))).isCloseTo(0, within(bound));
    }

    private static Sample gaps(Seeds seeds, Purpose purpose, long number) {
        return Sample.ofGaps(new PoissonArrivals(1).times(seeds.generator(purpose, number)), GAPS);
    }

    @Test
    void theFirstDrawsOfNeighbouringNumbersAreUniform() {
        for (Purpose purpose : Purpose.values()) {
            Sample first = new Sample(IntStream.range(0, 10_000)
                    .mapToDouble(
                            number -> new Seeds(0).generator(purpose, number).nextDouble())
                    .toArray());
            assertThat(first.kolmogorovDistance(value -> value)).isLessThan(first.kolmogorovCriticalValue());
        }
    }

    @Test
    void noTwoPurposesOrNumbersShareADerivedValue() {
        Set<Long> seen = new HashSet<>();
        for (long seed = -2; seed <= 2; seed++) {
            for (Purpose purpose : Purpose.values()) {
                for (long number = 0; number < 5_000; number++) {
                    assertThat(seen.add(new Seeds(seed).derive(purpose, number)))
                            .isTrue();
                }
            }
        }
    }
}
