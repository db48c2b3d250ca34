package dev.pushpull.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.scenario.SteadinessVerdict;
import dev.pushpull.scenario.SteadinessVerdict.Level;
import dev.pushpull.scenario.SteadinessVerdict.Slice;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteadinessTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLISECOND = 1_000_000L;
    private static final int RUNS = 150;

    /** At 99 % 1.5 of 150 are refused by chance on average, and more than six one time in a thousand. */
    private static final int MOST_FALSE_ALARMS = 6;

    private interface Law {
        long latencyNanos(Random random, long atNanos);
    }

    @Test
    void theCurveOfARunThatWasStillBeingCompiledIsStillWarming() {
        double[] medians = {621, 543, 433, 328, 311, 310, 316, 289, 304, 320, 314, 314};
        SteadinessVerdict verdict = poisson(
                60 * SECOND,
                50,
                0,
                1,
                (random, at) -> logNormal(random, medians[(int) (at / (5 * SECOND))] * 1_000, 0.35));

        assertThat(verdict.level()).isEqualTo(Level.STILL_WARMING);
        assertThat(verdict.ratio().orElseThrow()).isBetween(0.6, 0.75);
        assertThat(verdict.slices()).hasSize(12);
        for (int slice = 0; slice < 12; slice++) {
            assertThat(1_000 * verdict.slices().get(slice).medianMillis().orElseThrow())
                    .isBetween(0.9 * medians[slice], 1.1 * medians[slice]);
        }
        assertThat(verdict.slices().get(11).untilNanos()).isEqualTo(60 * SECOND);
    }

    @Test
    void theSameCurveBackwardsDrifts() {
        double[] medians = {314, 314, 320, 304, 289, 316, 310, 311, 328, 433, 543, 621};
        assertThat(poisson(
                                60 * SECOND,
                                50,
                                0,
                                2,
                                (random, at) -> logNormal(random, medians[(int) (at / (5 * SECOND))] * 1_000, 0.35))
                        .level())
                .isEqualTo(Level.DRIFTING);
    }

    @Tag("study")
    @Test
    void aQuickWayIsSteadyAfterAsFewEventsAsADefaultRunHas() {
        Map<Level, Integer> levels = levels(RUNS, SteadinessTest::quick);

        assertThat(levels.get(Level.STEADY)).as("%s", levels).isGreaterThan(RUNS * 9 / 10);
        assertFewFalseAlarms(levels, MOST_FALSE_ALARMS);
    }

    @Tag("study")
    @Test
    void waitsForAPollAreUniformAndNoCauseForAlarm() {
        Map<Level, Integer> levels = levels(RUNS, SteadinessTest::waits);

        assertThat(levels.get(Level.STEADY)).as("%s", levels).isGreaterThan(RUNS * 9 / 10);
        assertFewFalseAlarms(levels, MOST_FALSE_ALARMS);
    }

    @Tag("study")
    @ParameterizedTest
    @ValueSource(ints = {2, 7, 15, 20})
    void oneConsumersClockAtAPeriodNotMuchShorterThanTheRunIsNoCauseForAlarm(int seconds) {
        assertFewFalseAlarms(levels(RUNS, seed -> clock(seed, seconds * SECOND)), MOST_FALSE_ALARMS);
    }

    @Tag("study")
    @Test
    void pausesThatDelayManyEventsAtOnceAreNoCauseForAlarm() {
        assertFewFalseAlarms(levels(RUNS, SteadinessTest::paused), MOST_FALSE_ALARMS);
    }

    @Tag("slow")
    @Test
    void alarmsAreFalseOneTimeInAHundredAtMostWhateverTheLaw() {
        List<Trial> laws = List.of(
                SteadinessTest::quick,
                SteadinessTest::waits,
                seed -> clock(seed, SECOND),
                seed -> clock(seed, 2 * SECOND),
                SteadinessTest::paused);
        for (Trial law : laws) {
            // 20 of 2,000 by chance; three standard errors more
            assertFewFalseAlarms(levels(2_000, law), 33);
        }
    }

    private static SteadinessVerdict quick(int seed) {
        return poisson(30 * SECOND, 20, 0, seed, (random, at) -> logNormal(random, 300_000, 0.35));
    }

    private static SteadinessVerdict waits(int seed) {
        return poisson(
                30 * SECOND, 20, SECOND / 2, seed, (random, at) -> (long) (SECOND / 2 * random.nextDouble()) + 300_000);
    }

    /** One consumer that polls at fixed times. */
    private static SteadinessVerdict clock(int seed, long interval) {
        long phase = (long) (new SplittableRandom(seed).nextDouble() * interval);
        return poisson(30 * SECOND, 50, interval, seed, (random, at) -> interval - Math.floorMod(at - phase, interval));
    }

    /** Two pauses a second, up to half of a second long each, delay all events that come meanwhile. */
    private static SteadinessVerdict paused(int seed) {
        long[] pauseUntil = {0};
        return poisson(30 * SECOND, 200, 0, seed, (random, at) -> {
            if (at > pauseUntil[0] && random.nextDouble() < 0.01) {
                pauseUntil[0] = at + (long) (random.nextDouble() * SECOND / 2);
            }
            return Math.max(0, pauseUntil[0] - at) + logNormal(random, 300_000, 0.35);
        });
    }

    @Test
    void aLatencyThatIsAlwaysTheSameIsSteady() {
        assertThat(poisson(30 * SECOND, 20, 0, 1, (random, at) -> 5 * MILLISECOND)
                        .level())
                .isEqualTo(Level.STEADY);
    }

    @Test
    void aChangeOfLessThanATenthDoesNotCountHoweverSureItIs() {
        SteadinessVerdict verdict = poisson(
                60 * SECOND,
                2_000,
                0,
                1,
                (random, at) -> logNormal(random, at < 30 * SECOND ? 300_000 : 285_000, 0.35));

        assertThat(verdict.high().orElseThrow()).isLessThan(1);
        assertThat(verdict.level()).isEqualTo(Level.STEADY);
    }

    @Test
    void aFewEventsDecideNothing() {
        assertThat(poisson(30 * SECOND, 0.5, 0, 1, (random, at) -> logNormal(random, 300_000, 0.35))
                        .level())
                .isEqualTo(Level.TOO_FEW_EVENTS);
        SteadinessVerdict nothing = Steadiness.of(started(30 * SECOND), 30 * SECOND, 0);
        assertThat(nothing.level()).isEqualTo(Level.TOO_FEW_EVENTS);
        assertThat(nothing.slices()).extracting(Slice::count).containsOnly(0L);
    }

    @Test
    void anInterruptedRunIsJudgedByTheTimeThatWasMeasured() {
        LatencyCourse course = started(60 * SECOND);
        Random random = new Random(1);
        for (long at = 0; at < 30 * SECOND; at += SECOND / 50) {
            course.delivered(at, logNormal(random, at < 10 * SECOND ? 600_000 : 300_000, 0.35));
        }
        SteadinessVerdict verdict = Steadiness.of(course, 30 * SECOND, 0);

        assertThat(verdict.level()).isEqualTo(Level.STILL_WARMING);
        assertThat(verdict.slices().get(11).untilNanos()).isEqualTo(30 * SECOND);
        assertThat(Steadiness.of(course, 0, 0).level()).isEqualTo(Level.TOO_FEW_EVENTS);
    }

    @Test
    void twoHalvesOfACourseAddUp() {
        LatencyCourse whole = started(30 * SECOND);
        LatencyCourse even = started(30 * SECOND);
        LatencyCourse odd = started(30 * SECOND);
        Random random = new Random(1);
        for (int event = 0; event < 1_500; event++) {
            long latency = logNormal(random, 300_000, 0.35);
            whole.delivered(event * SECOND / 50, latency);
            (event % 2 == 0 ? even : odd).delivered(event * SECOND / 50, latency);
        }
        assertThat(Steadiness.of(even.plus(odd), 30 * SECOND, 0)).isEqualTo(Steadiness.of(whole, 30 * SECOND, 0));
    }

    private static void assertFewFalseAlarms(Map<Level, Integer> levels, int most) {
        assertThat(levels.getOrDefault(Level.STILL_WARMING, 0) + levels.getOrDefault(Level.DRIFTING, 0))
                .as("%s", levels)
                .isLessThanOrEqualTo(most);
    }

    private interface Trial {
        SteadinessVerdict run(int seed);
    }

    private static Map<Level, Integer> levels(int runs, Trial trial) {
        Map<Level, Integer> levels = new EnumMap<>(Level.class);
        IntStream.range(0, runs).forEach(seed -> levels.merge(trial.run(seed).level(), 1, Integer::sum));
        return levels;
    }

    private static SteadinessVerdict poisson(
            long durationNanos, double ratePerSecond, long rhythmNanos, int seed, Law law) {
        LatencyCourse course = started(durationNanos);
        Random random = new Random(seed);
        for (long at = 0; ; ) {
            at += (long) (-Math.log(1 - random.nextDouble()) / ratePerSecond * SECOND);
            if (at >= durationNanos) {
                return Steadiness.of(course, durationNanos, rhythmNanos);
            }
            course.delivered(at, law.latencyNanos(random, at));
        }
    }

    private static LatencyCourse started(long durationNanos) {
        LatencyCourse course = new LatencyCourse();
        course.start(durationNanos);
        return course;
    }

    private static long logNormal(Random random, double medianNanos, double sigma) {
        return (long) (medianNanos * Math.exp(sigma * random.nextGaussian()));
    }
}
