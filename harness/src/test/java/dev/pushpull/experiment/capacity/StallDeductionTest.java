package dev.pushpull.experiment.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.host.Spans;
import dev.pushpull.host.Spans.Span;
import dev.pushpull.load.TimedDurations;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A queue that is served in order, in virtual time, beside the same queue on a machine that stalls. */
class StallDeductionTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final long WARM_UP = SECOND / 2;

    /** One server; each request takes a random time of which the mean is a share of the time between them. */
    private static TimedDurations queue(double perSecond, double utilisation, long seed, Spans stops) {
        SplittableRandom random = new SplittableRandom(seed);
        int warm = (int) (perSecond * WARM_UP / SECOND);
        int count = (int) (2 * perSecond);
        long[] due = new long[count];
        long[] response = new long[count];
        long free = -WARM_UP;
        for (int number = -warm; number < count; number++) {
            long dueNanos = Math.round(number * SECOND / perSecond);
            long work = Math.round(-Math.log(1 - random.nextDouble()) * utilisation * SECOND / perSecond);
            free = after(Math.max(free, dueNanos), work, stops);
            if (number >= 0) {
                due[number] = dueNanos;
                response[number] = free - dueNanos;
            }
        }
        return TimedDurations.of(0, due, response);
    }

    /** When so much work is done that is begun at this time. */
    private static long after(long beginNanos, long workNanos, Spans stops) {
        long at = beginNanos;
        long rest = workNanos;
        for (Span stop : stops.list()) {
            if (stop.endNanos() > at) {
                long until = Math.max(at, stop.startNanos());
                if (at + rest <= until) {
                    break;
                }
                rest -= until - at;
                at = stop.endNanos();
            }
        }
        return at + rest;
    }

    private static Spans stops(long... startAndLengthMillis) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < startAndLengthMillis.length; i += 2) {
            long start = startAndLengthMillis[i] * MILLI;
            spans.add(new Span(start, start + startAndLengthMillis[i + 1] * MILLI));
        }
        return Spans.of(spans);
    }

    private static double shareAbove(long[] nanos, long boundNanos) {
        return java.util.Arrays.stream(nanos).filter(one -> one > boundNanos).count() / (double) nanos.length;
    }

    @ParameterizedTest
    @CsvSource({"2000, 0.3", "20000, 0.5", "20000, 0.9", "60000, 0.8"})
    void theDeductedResponsesAreThoseOfTheSameQueueWithoutTheStalls(double perSecond, double utilisation) {
        Spans stalls = stops(-100, 30, 300, 25, 700, 40, 715, 30, 1500, 12);
        TimedDurations quiet = queue(perSecond, utilisation, 1, Spans.NONE);
        TimedDurations stalled = queue(perSecond, utilisation, 1, stalls);
        long[] deducted = StallDeduction.quietNanos(-WARM_UP, stalled, stalls);
        long[] away = new long[deducted.length];
        for (int i = 0; i < away.length; i++) {
            away[i] = Math.abs(deducted[i] - quiet.nanos(i));
        }
        assertThat(shareAbove(away, 2 * MILLI)).as("share that is off by 2 ms").isLessThan(0.002);
        assertThat(shareAbove(away, 5 * MILLI)).as("share that is off by 5 ms").isZero();
    }

    @Test
    void withoutStallsNothingIsDeducted() {
        TimedDurations responses = queue(20_000, 0.9, 2, Spans.NONE);
        long[] deducted = StallDeduction.quietNanos(-WARM_UP, responses, Spans.NONE);
        for (int i = 0; i < deducted.length; i++) {
            assertThat(deducted[i]).isEqualTo(responses.nanos(i));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.02, 1.05, 1.2})
    void anOverloadedServerIsNotExcused(double utilisation) {
        Spans stalls = stops(100, 40, 600, 30, 1200, 50);
        long[] deducted = StallDeduction.quietNanos(-WARM_UP, queue(20_000, utilisation, 3, stalls), stalls);
        assertThat(shareAbove(deducted, 20 * MILLI)).isGreaterThan(0.01);
    }

    @Test
    void aPauseOfTheServersOwnIsNotExcusedByAStallElsewhere() {
        Spans stalls = stops(300, 40);
        Spans own = stops(1000, 60);
        long[] deducted = StallDeduction.quietNanos(-WARM_UP, queue(20_000, 0.5, 4, stalls.or(own)), stalls);
        assertThat(shareAbove(deducted, 20 * MILLI)).isGreaterThan(0.01);
    }

    @Test
    void slowRequestsAmongQuickOnesAreNotExcusedByAStallEither() {
        Spans stalls = stops(300, 40);
        TimedDurations quick = queue(20_000, 0.3, 5, stalls);
        long[] due = new long[quick.count()];
        long[] nanos = new long[quick.count()];
        for (int i = 0; i < due.length; i++) {
            due[i] = quick.atNanos(i);
            nanos[i] = i % 50 == 0 ? 25 * MILLI : quick.nanos(i);
        }
        long[] deducted = StallDeduction.quietNanos(-WARM_UP, TimedDurations.of(0, due, nanos), stalls);
        assertThat(shareAbove(deducted, 20 * MILLI)).isGreaterThan(0.015);
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.045", "0.9, 0.040", "0.98, 0.030"})
    void aStallIsAboveTheBoundForItsExcessDividedByWhatIsFree(double utilisation, double seconds) {
        Span stall = new Span(600 * MILLI, 600 * MILLI + Math.round(seconds * SECOND));
        double[] millis = SimulatedServer.responseMillis(
                utilisation * SimulatedServer.CARRIES_PER_SECOND,
                1,
                0,
                List.of(stall),
                SimulatedServer.WARM_TICKS + SimulatedServer.STEP_TICKS,
                new SplittableRandom(1));
        double above = java.util.Arrays.stream(millis)
                        .skip(SimulatedServer.WARM_TICKS)
                        .filter(one -> one > SimulatedServer.BOUND_MILLIS)
                        .count()
                / 1e3;
        double closed = Math.min(1.9, (seconds - SimulatedServer.BOUND_MILLIS / 1e3) / (1 - utilisation));
        assertThat(above).isBetween(0.97 * closed - 0.004, 1.03 * closed + 0.004);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 3})
    void wellBelowTheLimitAStepIsJudgedAsOnTheQuietMachine(double stallsPerSecond) {
        int wrong = 0;
        int wrongRaw = 0;
        for (int seed = 0; seed < 120; seed++) {
            Pair pair = Pair.made(stallsPerSecond, 0.9, seed);
            wrong += pair.quiet == (pair.stalled.held() || pair.stalled.heldQuiet()) ? 0 : 1;
            wrongRaw += pair.quiet == pair.stalled.held() ? 0 : 1;
        }
        assertThat(wrong).as("wrong verdicts of 120").isLessThanOrEqualTo(7);
        assertThat(wrongRaw).as("without the deduction").isGreaterThan(40);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 3})
    void aboveTheLimitNoStepIsExcused(double stallsPerSecond) {
        for (int seed = 0; seed < 120; seed++) {
            SimulatedServer.Seen stalled = Pair.made(stallsPerSecond, 1.1, seed).stalled;
            assertThat(stalled.held() || stalled.heldQuiet()).isFalse();
        }
    }

    /** The same step without and with the machine's stalls. */
    private record Pair(boolean quiet, SimulatedServer.Seen stalled) {
        static Pair made(double stallsPerSecond, double share, long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            double rate = share * SimulatedServer.TRUE_PER_SECOND;
            List<Span> own = SimulatedServer.pauses(random, 1, 2, 8);
            List<Span> stalls = SimulatedServer.pauses(random, stallsPerSecond, 5, 50);
            List<Span> heard = stalls.stream()
                    .map(stall -> SimulatedServer.heard(stall, random))
                    .toList();
            boolean quiet = SimulatedServer.seen(rate, 1, List.of(), own, List.of(), new SplittableRandom(seed))
                    .held();
            return new Pair(quiet, SimulatedServer.seen(rate, 1, stalls, own, heard, new SplittableRandom(seed)));
        }
    }
}
