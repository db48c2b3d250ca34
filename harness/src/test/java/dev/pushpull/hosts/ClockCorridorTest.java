package dev.pushpull.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.hosts.ClockCorridor.Bounds;
import dev.pushpull.hosts.ClockCorridor.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockCorridorTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MICRO = 1_000;
    private static final long FAR = 500_000 * SECOND;

    /**
     * Samples of a clock that is far away and drifts, over ways that take a part of this length at random and more.
     *
     * @param driftMillionths by so much the other clock runs faster
     */
    private static List<Sample> samples(int count, double driftMillionths, long thereNanos, long backNanos, long seed) {
        RandomGenerator random = new java.util.Random(seed);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long sent = 7 * SECOND + i * 50 * MICRO * 1000;
            long arrived = sent + thereNanos + (long) (random.nextDouble() * 100 * MICRO);
            long answered = arrived + 5 * MICRO;
            long back = answered + backNanos + (long) (random.nextDouble() * 100 * MICRO);
            samples.add(new Sample(sent, far(arrived, driftMillionths), far(answered, driftMillionths), back));
        }
        return samples;
    }

    private static long far(long hereNanos, double driftMillionths) {
        return hereNanos + FAR + Math.round(hereNanos * driftMillionths * 1e-6);
    }

    @ParameterizedTest
    @CsvSource({"0, 80, 80", "50, 80, 80", "-200, 30, 30", "0, 5000, 80", "0, 80, 20000", "120, 10, 9000"})
    void theTruthLiesBetweenTheBoundsWhateverTheWaysTake(double drift, long thereMicros, long backMicros) {
        for (int seed = 0; seed < 20; seed++) {
            List<Sample> samples = samples(200, drift, thereMicros * MICRO, backMicros * MICRO, seed);
            ClockCorridor corridor = new ClockCorridor(samples);
            for (long at = 7 * SECOND; at <= 17 * SECOND; at += SECOND) {
                Bounds bounds = corridor.at(at).orElseThrow();
                assertThat((double) (far(at, drift) - at)).isBetween(bounds.leastNanos() - 1, bounds.mostNanos() + 1);
                if (at > 8 * SECOND && at < 16 * SECOND) {
                    assertThat(bounds.mostNanos() - bounds.leastNanos())
                            .as("it is no wider than the ways are long")
                            .isLessThan((thereMicros + backMicros) * MICRO + 200.0 * MICRO);
                }
            }
            Bounds rate = corridor.rate().orElseThrow();
            assertThat(drift).isBetween(rate.leastNanos() * 1e6 - 0.01, rate.mostNanos() * 1e6 + 0.01);
        }
    }

    @Test
    void anAsymmetricWayWidensTheBoundByWhatItTakesLonger() {
        Bounds even = new ClockCorridor(samples(200, 0, 50 * MICRO, 50 * MICRO, 1))
                .at(12 * SECOND)
                .orElseThrow();
        Bounds uneven = new ClockCorridor(samples(200, 0, 50 * MICRO, 5_050 * MICRO, 1))
                .at(12 * SECOND)
                .orElseThrow();
        double wider = uneven.mostNanos() - uneven.leastNanos() - (even.mostNanos() - even.leastNanos());
        assertThat(wider).isBetween(4_990.0 * MICRO, 5_010.0 * MICRO);
    }

    @Test
    void noSteadyClockFitsOneThatWasSet() {
        List<Sample> stepped = new ArrayList<>();
        for (Sample sample : samples(200, 0, 50 * MICRO, 50 * MICRO, 1)) {
            long stepNanos = sample.sentNanos() > 12 * SECOND ? 2_000 * MICRO : 0;
            stepped.add(new Sample(
                    sample.sentNanos(),
                    sample.receivedNanos() + stepNanos,
                    sample.answeredNanos() + stepNanos,
                    sample.backNanos()));
        }
        assertThat(new ClockCorridor(stepped).at(12 * SECOND)).isEmpty();
    }
}
