package dev.pushpull.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.schedule.Seeds.Purpose;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BurstyArrivalsTest {
    private static final int STREAMS = 20_000;

    /** Slow, medium and fast modulation compared with an interval of one second. */
    static Stream<BurstyArrivals> bursty() {
        return Stream.of(
                new BurstyArrivals(5, 2e9, 20e9), new BurstyArrivals(5, 0.2e9, 2e9), BurstyArrivals.ofMeanRate(1));
    }

    /** One count from each stream, so that the counts are independent of each other. */
    private static Sample countsIn(BurstyArrivals arrivals, long fromNanos, long toNanos) {
        double[] counts = new double[STREAMS];
        for (int stream = 0; stream < STREAMS; stream++) {
            ArrivalTimes times = arrivals.times(new Seeds(21).generator(Purpose.EVENTS, stream));
            for (long nanos = times.nextNanos(); nanos < toNanos; nanos = times.nextNanos()) {
                if (nanos >= fromNanos) {
                    counts[stream]++;
                }
            }
        }
        return new Sample(counts);
    }

    @ParameterizedTest
    @MethodSource("bursty")
    void theRateIsTheMeanRateFromTheFirstMomentOn(BurstyArrivals arrivals) {
        long windowNanos = 100_000_000;
        double expected = arrivals.ratePerSecond() * windowNanos / 1e9;
        for (long fromNanos : new long[] {0, 1_000_000_000L, 20_000_000_000L}) {
            Sample counts = countsIn(arrivals, fromNanos, fromNanos + windowNanos);
            assertThat(counts.mean())
                    .as("from %d ns on", fromNanos)
                    .isCloseTo(expected, within(4 * counts.standardErrorOfMean()));
        }
    }

    @ParameterizedTest
    @MethodSource("bursty")
    void emptyIntervalsAreAsFrequentAsTheClosedFormSays(BurstyArrivals arrivals) {
        long intervalNanos = 1_000_000_000L;
        double expected = emptyIntervals(arrivals, intervalNanos / 1e9);
        assertThat(expected).isGreaterThan(Math.exp(-arrivals.ratePerSecond()) + 0.01); // Poisson would not pass
        for (long fromNanos : new long[] {0, 7_000_000_000L}) {
            Sample counts = countsIn(arrivals, fromNanos, fromNanos + intervalNanos);
            double empty = java.util.Arrays.stream(counts.values())
                            .filter(count -> count == 0)
                            .count()
                    / (double) STREAMS;
            assertThat(empty).isCloseTo(expected, within(4 * Math.sqrt(expected * (1 - expected) / STREAMS)));
        }
    }

    /** theory.md section 2, MMPP2 with the second rate 0. */
    private static double emptyIntervals(BurstyArrivals arrivals, double seconds) {
        double rateOn = arrivals.burstRatePerSecond();
        double endsBurst = 1e9 / arrivals.meanOnNanos();
        double endsSilence = 1e9 / arrivals.meanOffNanos();
        double b = endsBurst + endsSilence + rateOn;
        double d = endsSilence * rateOn;
        double root = Math.sqrt(b * b - 4 * d);
        double s1 = (-b + root) / 2;
        double s2 = (-b - root) / 2;
        double rate = endsSilence * rateOn / (endsBurst + endsSilence);
        double c = (-rate - s2) / (s1 - s2);
        return c * Math.exp(s1 * seconds) + (1 - c) * Math.exp(s2 * seconds);
    }

    @Test
    void theClosedFormOfTheTestIsTheOneOfTheTheoryTable() {
        assertThat(emptyIntervals(new BurstyArrivals(5, 2e9, 20e9), 1)).isCloseTo(0.884288, within(1e-6));
        assertThat(emptyIntervals(new BurstyArrivals(5, 0.2e9, 2e9), 1)).isCloseTo(0.767183, within(1e-6));
    }

    @Test
    void everyFactoryKeepsTheMeanRate() {
        assertThat(BurstyArrivals.ofMeanRate(0.3).ratePerSecond()).isCloseTo(0.3, within(1e-12));
        assertThat(BurstyArrivals.ofMeanRate(0.3, 7).ratePerSecond()).isCloseTo(0.3, within(1e-12));
        assertThat(BurstyArrivals.ofBurstLength(0.3, 7, 2e9).ratePerSecond()).isCloseTo(0.3, within(1e-12));
        assertThat(BurstyArrivals.ofTimes(0.3, 2e9, 5e9).ratePerSecond()).isCloseTo(0.3, within(1e-12));
    }

    @Test
    void everyFactoryTakesWhatItIsGiven() {
        assertThat(BurstyArrivals.ofMeanRate(1)).isEqualTo(new BurstyArrivals(10, 1e9, 9e9));
        assertThat(BurstyArrivals.ofMeanRate(1, 5).burstRatePerSecond()).isEqualTo(5);
        assertThat(BurstyArrivals.ofBurstLength(1, 5, 3e9)).isEqualTo(new BurstyArrivals(5, 3e9, 12e9));
        assertThat(BurstyArrivals.ofTimes(1, 2e9, 6e9)).isEqualTo(new BurstyArrivals(4, 2e9, 6e9));
    }

    @Test
    void burstsNoFasterThanTheMeanRateAreRefused() {
        // their silences would need a negative length, and time would run backwards
        assertThatThrownBy(() -> BurstyArrivals.ofMeanRate(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BurstyArrivals(0, 1e9, 1e9)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BurstyArrivals(1, 0, 1e9)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BurstyArrivals(1, 1e9, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void timesNeverGoBackEvenPastWhatALongHolds() {
        ArrivalTimes times = new BurstyArrivals(1e-9, 1e18, 5e18).times(new Seeds(3).generator(Purpose.EVENTS, 0));
        long before = 0;
        for (int i = 0; i < 10_000; i++) {
            long now = times.nextNanos();
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
        assertThat(before).isEqualTo(ArrivalTimes.NONE);
    }
}
