package dev.pushpull.delivery.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.pushpull.scenario.Prediction;
import dev.pushpull.schedule.AdaptivePollSchedule;
import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.testing.ScenarioDraft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptivePollingTheoryTest {
    private static final double SIX_DIGITS = 6e-4; // per cent, of figures given to six digits

    @ParameterizedTest
    @CsvSource({"0.02, 0.823638, 4.57627, 11.5461", "0.2, 0.6249, 1.73856, 2.84756", "2, 0.121122, 0.444253, 0.617314"})
    void poissonArrivalsGiveTheCheckedFigures(double rate, double wasted, double requests, double wait) {
        assertFigures(predict(new PoissonArrivals(rate)), wasted, requests, wait);
    }

    @Test
    void burstyArrivalsGiveTheCheckedFigures() {
        assertFigures(predict(new BurstyArrivals(5, 2e9, 200e9)), 0.894853, 0.988856, 13.0544);
        assertFigures(predict(new BurstyArrivals(5, 20e9, 2000e9)), 0.85727, 0.768227, 6.26474);
        assertThat(predict(new BurstyArrivals(5, 2e9, 200e9)).figures()).doesNotContainKey("latency_p99_ms");
        ScenarioDraft paged = scenario(new BurstyArrivals(5, 20e9, 2000e9)).pageLimit(10);
        assertThat(AdaptivePollingTheory.predict(paged.scenario()).figures())
                .as("pages of a burst have no form here")
                .doesNotContainKey("requests_per_delivery")
                .containsKey("latency_mean_ms");
    }

    @Test
    void atEqualRequestsAFixedIntervalBeatsItUnderPoissonArrivalsOnly() {
        assertThat(advantageOverFixed(new PoissonArrivals(0.02))).isLessThan(0);
        assertThat(advantageOverFixed(new PoissonArrivals(2))).isLessThan(0);
        assertThat(advantageOverFixed(new BurstyArrivals(5, 2e9, 200e9))).isLessThan(0);
        assertThat(advantageOverFixed(new BurstyArrivals(5, 20e9, 2000e9))).isGreaterThan(0);
    }

    @Test
    void quantilesFollowTheMixture() {
        Prediction prediction = predict(new PoissonArrivals(0.02));
        assertThat(prediction.value("latency_p50_ms").orElseThrow())
                .isLessThan(prediction.value("latency_p90_ms").orElseThrow());
        assertThat(prediction.value("latency_p999_ms").orElseThrow()).isBetween(30e3, 32e3);
    }

    @Test
    void theLadderEndsAtTheLongestInterval() {
        assertThat(AdaptivePollingTheory.ladder(new AdaptivePollSchedule(1_000_000_000L, 10_000_000_000L, 2)))
                .containsExactly(1, 2, 4, 8, 10);
        assertThat(AdaptivePollingTheory.ladder(new AdaptivePollSchedule(1_000_000_000L, 1_000_000_000L, 2)))
                .containsExactly(1);
    }

    @Test
    void whatIsNotKnownIsAbsent() {
        assertThat(predict(new PeriodicArrivals(0.1)).figures()).isEmpty();
        ScenarioDraft outage = scenario(new PoissonArrivals(0.1)).randomOutages(100, 10);
        assertThat(AdaptivePollingTheory.predict(outage.scenario()).figures()).isEmpty();
    }

    private static double advantageOverFixed(ArrivalProcess arrivals) {
        Prediction adaptive = predict(arrivals);
        double interval = 1 / (adaptive.value("requests_per_delivery").orElseThrow() * arrivals.ratePerSecond());
        Prediction fixed =
                FixedPollingTheory.predict(ScenarioDraft.of(arrivals, interval).scenario());
        return fixed.value("latency_mean_ms").orElseThrow()
                - adaptive.value("latency_mean_ms").orElseThrow();
    }

    private static Prediction predict(ArrivalProcess arrivals) {
        return AdaptivePollingTheory.predict(scenario(arrivals).scenario());
    }

    private static ScenarioDraft scenario(ArrivalProcess arrivals) {
        return ScenarioDraft.of(arrivals, 1)
                .option("--max-interval", "32s")
                .retention(1_000_000)
                .pageLimit(1000);
    }

    private static void assertFigures(Prediction prediction, double wasted, double requests, double wait) {
        assertThat(prediction.value("wasted_ratio").orElseThrow()).isCloseTo(wasted, within(6e-7));
        assertThat(prediction.value("requests_per_delivery").orElseThrow())
                .isCloseTo(requests, withinPercentage(SIX_DIGITS));
        assertThat(prediction.value("latency_mean_ms").orElseThrow())
                .isCloseTo(1e3 * wait, withinPercentage(SIX_DIGITS));
    }
}
