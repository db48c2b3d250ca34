package dev.pushpull.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.Seeds.Purpose;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FixedPollScheduleTest {
    private static final long INTERVAL = 1_000_000_000L;

    private final Seeds seeds = new Seeds(31);

    private PollTimes aligned() {
        return new FixedPollSchedule(INTERVAL, Phase.ALIGNED).start(seeds.generator(Purpose.POLL_PHASE, 0));
    }

    @Test
    void theGridIsKeptWhateverThePollsTakeAndBring() {
        PollTimes polls = new FixedPollSchedule(INTERVAL, Phase.RANDOM).start(seeds.generator(Purpose.POLL_PHASE, 0));
        long phase = polls.dueNanos();
        RandomGenerator random = seeds.generator(Purpose.REPLICATE, 0);
        assertThat(phase).isBetween(0L, INTERVAL - 1);
        for (int i = 0; i < 1_000; i++) {
            long due = polls.dueNanos();
            long completed = due + random.nextLong(3 * INTERVAL);
            polls.completed(completed, random.nextInt(3));
            assertThat((polls.dueNanos() - phase) % INTERVAL).isZero();
            assertThat(polls.dueNanos()).isGreaterThan(completed);
            assertThat(polls.dueNanos() - completed).isLessThanOrEqualTo(INTERVAL);
        }
    }

    @Test
    void alignedConsumersAllPollFirstAtTheStart() {
        for (int consumer = 0; consumer < 10; consumer++) {
            assertThat(new FixedPollSchedule(INTERVAL, Phase.ALIGNED)
                            .start(seeds.generator(Purpose.POLL_PHASE, consumer))
                            .dueNanos())
                    .isZero();
        }
    }

    @Test
    void randomPhasesAreUniformOverTheInterval() {
        double[] phases = new double[10_000];
        for (int consumer = 0; consumer < phases.length; consumer++) {
            phases[consumer] = new FixedPollSchedule(INTERVAL, Phase.RANDOM)
                    .start(seeds.generator(Purpose.POLL_PHASE, consumer))
                    .dueNanos();
        }
        Sample sample = new Sample(phases);
        assertThat(sample.kolmogorovDistance(phase -> phase / INTERVAL)).isLessThan(sample.kolmogorovCriticalValue());
    }

    @Test
    void aPollThatIsBackInTimeSkipsNothing() {
        PollTimes polls = aligned();
        assertThat(polls.skipped(INTERVAL - 1, Long.MAX_VALUE)).isZero();
        polls.completed(INTERVAL - 1, 0);
        assertThat(polls.dueNanos()).isEqualTo(INTERVAL);
    }

    @Test
    void ticksWithinALongPollAreSkippedAndCounted() {
        PollTimes polls = aligned();
        long completed = 3 * INTERVAL + INTERVAL / 2;
        assertThat(polls.skipped(completed, Long.MAX_VALUE)).isEqualTo(3);
        polls.completed(completed, 0);
        assertThat(polls.dueNanos()).isEqualTo(4 * INTERVAL);
    }

    @Test
    void aTickAtTheVeryEndOfAPollIsSkippedToo() {
        PollTimes polls = aligned();
        assertThat(polls.skipped(INTERVAL, Long.MAX_VALUE)).isEqualTo(1);
        polls.completed(INTERVAL, 0);
        assertThat(polls.dueNanos()).isEqualTo(2 * INTERVAL);
    }

    @Test
    void onlyTicksBeforeTheEndOfTheRunCountAsSkipped() {
        PollTimes polls = aligned();
        long completed = 10 * INTERVAL;
        assertThat(polls.skipped(completed, 3 * INTERVAL)).isEqualTo(2); // the tick at the end is no longer measured
        assertThat(polls.skipped(completed, 3 * INTERVAL + 1)).isEqualTo(3);
        assertThat(polls.skipped(completed, 1)).isZero();
    }

    @Test
    void everyTickIsEitherPolledOrSkipped() {
        PollTimes polls = aligned();
        RandomGenerator random = seeds.generator(Purpose.REPLICATE, 1);
        long end = 2_000 * INTERVAL + 1;
        long polled = 0;
        long skipped = 0;
        while (polls.dueNanos() < end) {
            polled++;
            long completed = polls.dueNanos() + random.nextLong(4 * INTERVAL);
            skipped += polls.skipped(completed, end);
            polls.completed(completed, 0);
        }
        assertThat(skipped).isPositive();
        assertThat(polled + skipped).isEqualTo(2_001);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 2})
    void emptyPollsFollowTheExponentialOfTheLoadFactor(double loadFactor) {
        int consumers = 100;
        int pollsEach = 500;
        long empty = 0;
        for (int consumer = 0; consumer < consumers; consumer++) {
            PollTimes polls =
                    new FixedPollSchedule(INTERVAL, Phase.RANDOM).start(seeds.generator(Purpose.POLL_PHASE, consumer));
            ArrivalTimes events =
                    new PoissonArrivals(loadFactor * 1e9 / INTERVAL).times(seeds.generator(Purpose.EVENTS, consumer));
            polls.completed(polls.dueNanos(), 0); // its window is cut off by the start
            long event = events.nextNanos();
            while (event <= polls.dueNanos() - INTERVAL) {
                event = events.nextNanos();
            }
            for (int poll = 0; poll < pollsEach; poll++) {
                int brought = 0;
                while (event <= polls.dueNanos()) {
                    brought++;
                    event = events.nextNanos();
                }
                empty += brought == 0 ? 1 : 0;
                polls.completed(polls.dueNanos(), brought);
            }
        }
        double polls = (double) consumers * pollsEach;
        double expected = Math.exp(-loadFactor); // theory.md section 2; windows of a Poisson process are independent
        assertThat(empty / polls).isCloseTo(expected, within(4 * Math.sqrt(expected * (1 - expected) / polls)));
    }

    @Test
    void aScheduleWithoutAnIntervalIsRefused() {
        assertThatThrownBy(() -> new FixedPollSchedule(0, Phase.ALIGNED)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FixedPollSchedule(-1, Phase.RANDOM)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theNextPollNeverLiesInThePastEvenPastWhatALongHolds() {
        PollTimes polls = new FixedPollSchedule(Long.MAX_VALUE / 2 + 2, Phase.RANDOM)
                .start(seeds.generator(Purpose.POLL_PHASE, 0));
        long before = polls.dueNanos();
        for (int i = 0; i < 4; i++) {
            polls.completed(polls.dueNanos(), 0);
            assertThat(polls.dueNanos()).isGreaterThanOrEqualTo(before);
            before = polls.dueNanos();
        }
    }
}
