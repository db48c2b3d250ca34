package dev.pushpull.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TraceShapeTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void poissonEventsAreNotBursty() {
        TraceShape shape = shape(new PoissonArrivals(0.5), 1);
        assertThat(shape.gapVariation()).isCloseTo(1, within(0.05));
        assertThat(shape.dispersion()).isCloseTo(1, within(0.05));
        assertThat(shape.wasted()).isCloseTo(Math.exp(-0.5), within(0.01));
        assertThat(shape.poissonWasted()).isCloseTo(Math.exp(-0.5), within(0.01));
    }

    @Test
    void periodicEventsVaryNotAtAll() {
        TraceShape shape = shape(new PeriodicArrivals(0.25), 1);
        assertThat(shape.gapVariation()).isCloseTo(0, within(1e-9));
        assertThat(shape.dispersion()).isCloseTo(0.75, within(0.01));
        assertThat(shape.wasted()).isCloseTo(0.75, within(0.001));
    }

    /**
     * IPP(5, 0, 0.5, 0.05) of theory.md section 12: 0.884 of the polls are empty; Poisson arrivals would give 0.635.
     */
    @Test
    void burstsWasteMoreThanPoissonSays() {
        TraceShape shape = shape(new BurstyArrivals(5, 2e9, 20e9), 1);
        assertThat(shape.gapVariation()).isGreaterThan(5);
        assertThat(shape.dispersion()).isGreaterThan(2);
        assertThat(shape.wasted()).isCloseTo(0.884, within(0.01));
        assertThat(shape.poissonWasted()).isCloseTo(0.635, within(0.03));
    }

    @Test
    void anEventCoversNoMoreThanWhatIsLeft() {
        long[][] times = {{0, 4 * SECOND, 5 * SECOND, 9 * SECOND}};
        TraceShape shape = TraceShape.of(ArrivalStreams.known(times).times(0), 10 * SECOND, 2 * SECOND);
        assertThat(shape.wasted()).as("2 + 1 + 2 + 1 of 10 s are covered").isCloseTo(0.4, within(1e-12));
    }

    private static TraceShape shape(ArrivalProcess arrivals, long intervalSeconds) {
        return TraceShape.of(arrivals.times(new SplittableRandom(1)), 40_000 * SECOND, intervalSeconds * SECOND);
    }
}
