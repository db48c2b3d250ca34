package dev.pushpull.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.schedule.Seeds.Purpose;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonArrivalsTest {
    private static RandomGenerator random(long seed) {
        return new Seeds(seed).generator(Purpose.EVENTS, 0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void gapsFollowTheExponentialLaw(long seed) {
        double ratePerSecond = 2;
        Sample gaps = Sample.ofGaps(new PoissonArrivals(ratePerSecond).times(random(seed)), 20_000);

        assertThat(gaps.kolmogorovDistance(nanos -> -Math.expm1(-ratePerSecond * nanos / 1e9)))
                .isLessThan(gaps.kolmogorovCriticalValue());
        // the standard deviation of an exponential gap is its mean
        double meanNanos = 1e9 / ratePerSecond;
        assertThat(gaps.mean()).isCloseTo(meanNanos, within(4 * meanNanos / Math.sqrt(gaps.size())));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void countsInEqualWindowsHaveTheVarianceOfTheirMean(long seed) {
        int windows = 20_000;
        double mean = 3;
        Sample counts = Sample.ofCounts(new PoissonArrivals(mean).times(random(seed)), 1_000_000_000L, windows);

        assertThat(counts.mean()).isCloseTo(mean, within(4 * Math.sqrt(mean / windows)));
        // the fourth central moment of a Poisson count is m + 3 m^2, so the sample variance has variance (m + 2 m^2) /
        // n
        assertThat(counts.variance()).isCloseTo(mean, within(4 * Math.sqrt((mean + 2 * mean * mean) / windows)));
    }

    @Test
    void gapsDoNotDependOnTheGapBefore() {
        double[] gaps =
                Sample.ofGaps(new PoissonArrivals(1).times(random(4)), 20_001).values();
        Sample first = new Sample(java.util.Arrays.copyOf(gaps, 20_000));
        Sample next = new Sample(java.util.Arrays.copyOfRange(gaps, 1, 20_001));

        assertThat(first.correlationWith(next)).isCloseTo(0, within(4 / Math.sqrt(20_000)));
    }

    @Test
    void timesOfAVeryRareEventEndInsteadOfWrappingAround() {
        // a mean gap of 292 years: the second or third event lies beyond what a long holds
        for (int stream = 0; stream < 100; stream++) {
            ArrivalTimes times = new PoissonArrivals(1e-10).times(new Seeds(5).generator(Purpose.EVENTS, stream));
            long before = 0;
            for (int i = 0; i < 100; i++) {
                long now = times.nextNanos();
                assertThat(now).isGreaterThanOrEqualTo(before);
                before = now;
            }
            assertThat(before).isEqualTo(ArrivalTimes.NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aRateThatIsNoRateIsRefused(double ratePerSecond) {
        assertThatThrownBy(() -> new PoissonArrivals(ratePerSecond)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PeriodicArrivals(ratePerSecond)).isInstanceOf(IllegalArgumentException.class);
    }
}
