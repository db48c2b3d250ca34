package dev.pushpull.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.schedule.Seeds.Purpose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeeklyArrivalsTest {
    private static final long HOUR = 3_600_000_000_000L;

    /** Weight 1 from nine to five on each day, 3 on Sunday from nine to ten, 0 otherwise. */
    private static List<Double> office() {
        List<Double> weights = new ArrayList<>(Collections.nCopies(WeeklyArrivals.HOURS, 0.0));
        IntStream.range(0, WeeklyArrivals.HOURS)
                .filter(hour -> hour % 24 >= 9 && hour % 24 < 17)
                .forEach(hour -> weights.set(hour, 1.0));
        weights.set(6 * 24 + 9, 3.0);
        return weights;
    }

    private static ArrivalTimes times(ArrivalProcess arrivals) {
        return arrivals.times(new Seeds(1).generator(Purpose.EVENTS, 0));
    }

    @Test
    void withEqualWeightsTheEventsAreThoseOfAConstantRate() {
        ArrivalTimes even = times(new WeeklyArrivals(2, Collections.nCopies(WeeklyArrivals.HOURS, 0.7), 0, 1));
        ArrivalTimes constant = times(new PoissonArrivals(2));
        for (int event = 0; event < 10_000; event++) {
            assertThat(even.nextNanos()).isCloseTo(constant.nextNanos(), within(1L));
        }
    }

    @Test
    void eachHourHasItsShareOfTheEvents() {
        double rate = 0.05;
        int weeks = 200;
        ArrivalTimes times = times(new WeeklyArrivals(rate, office(), 0, 1));
        long[] counts = new long[WeeklyArrivals.HOURS];
        for (long at = times.nextNanos(); at < weeks * WeeklyArrivals.HOURS * HOUR; at = times.nextNanos()) {
            counts[(int) (at / HOUR % WeeklyArrivals.HOURS)]++;
        }
        double[] rates = new WeeklyArrivals(rate, office(), 0, 1).ratesPerSecond();
        for (int hour = 0; hour < counts.length; hour++) {
            double expected = rates[hour] * 3600 * weeks;
            assertThat((double) counts[hour])
                    .as("hour %d", hour)
                    .isCloseTo(expected, within(4.5 * Math.sqrt(expected)));
        }
    }

    @Test
    void aRunMayBeginAnywhereAndPassFaster() {
        WeeklyArrivals sunday = new WeeklyArrivals(1, office(), 6 * 24 + 9, 3600);
        assertThat(sunday.hourNanos()).isEqualTo(1e9);
        // an hour of the week is a second of the run: 3 in the first, 1 in each of seven more, of 58 in a week
        assertThat(sunday.meanRatePerSecond(1_000_000_000L)).isCloseTo(168.0 * 3 / 58, within(1e-9));
        assertThat(sunday.meanRatePerSecond(24_000_000_000L)).isCloseTo(168.0 * 10 / 58 / 24, within(1e-9));
        assertThat(sunday.meanRatePerSecond(168_000_000_000L)).isCloseTo(1, within(1e-9));
        ArrivalTimes times = times(sunday);
        for (int event = 0; event < 1_000; event++) {
            long second = times.nextNanos() / 1_000_000_000L;
            assertThat((second + 9) % 24).isBetween(9L, 16L);
        }
    }

    @Test
    void anEmptyHourCostsNothing() {
        List<Double> once = new ArrayList<>(Collections.nCopies(WeeklyArrivals.HOURS, 0.0));
        once.set(100, 1.0);
        ArrivalTimes times = times(new WeeklyArrivals(1e-6, once, 0, 1));
        long last = 0;
        for (int event = 0; event < 1_000; event++) { // thirty years, and only the events are visited
            last = times.nextNanos();
            assertThat(last / HOUR % WeeklyArrivals.HOURS).isEqualTo(100);
        }
        assertThat(last).isGreaterThan(1_000L * WeeklyArrivals.HOURS * HOUR);
    }

    @Test
    void aWeekHas168WeightsOfWhichSomeAreAboveZero() {
        assertThatThrownBy(() -> new WeeklyArrivals(1, List.of(1.0), 0, 1)).hasMessageContaining("168");
        assertThatThrownBy(() -> new WeeklyArrivals(1, Collections.nCopies(168, 0.0), 0, 1))
                .hasMessageContaining("not all 0");
    }
}
