package dev.pushpull.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.schedule.Seeds.Purpose;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodicArrivalsTest {
    private final Seeds seeds = new Seeds(11);

    @ParameterizedTest
    @ValueSource(doubles = {1, 3, 0.7, 50, 1.0 / 3600})
    void gapsAreThePeriodToTheNanosecond(double ratePerSecond) {
        ArrivalTimes times = new PeriodicArrivals(ratePerSecond).times(seeds.generator(Purpose.EVENTS, 0));
        double periodNanos = 1e9 / ratePerSecond;
        // beyond 104 days from the start a double no longer holds single nanoseconds
        double tolerance = 1 + Math.ulp(10_001 * periodNanos);
        long before = times.nextNanos();
        for (int i = 0; i < 10_000; i++) {
            long now = times.nextNanos();
            assertThat((double) (now - before)).isCloseTo(periodNanos, within(tolerance));
            before = now;
        }
    }

    @Test
    void roundingDoesNotAddUp() {
        double ratePerSecond = 3; // a third of a second is not a whole number of nanoseconds
        ArrivalTimes times = new PeriodicArrivals(ratePerSecond).times(seeds.generator(Purpose.EVENTS, 0));
        long first = times.nextNanos();
        long last = first;
        for (int i = 0; i < 30_000; i++) {
            last = times.nextNanos();
        }
        assertThat(last - first).isBetween(10_000_000_000_000L - 1, 10_000_000_000_000L + 1);
    }

    @Test
    void thePhaseIsUniformOverThePeriod() {
        double periodNanos = 1e9 / 4;
        double[] phases = new double[10_000];
        for (int stream = 0; stream < phases.length; stream++) {
            phases[stream] = new PeriodicArrivals(4)
                    .times(seeds.generator(Purpose.EVENTS, stream))
                    .nextNanos();
        }
        Sample sample = new Sample(phases);

        assertThat(Arrays.stream(phases)).allMatch(phase -> phase >= 0 && phase <= periodNanos);
        assertThat(sample.kolmogorovDistance(phase -> phase / periodNanos))
                .isLessThan(sample.kolmogorovCriticalValue());
    }
}
