package dev.pushpull.delivery.longpoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.pushpull.scenario.Prediction;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.testing.ScenarioDraft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongPollingTheoryTest {
    @ParameterizedTest
    @CsvSource({
        "0.05, 30, 0.1, 0.222017, 1.28535, 0.000321339",
        "1, 30, 0.1, 8.46e-14, 0.995186, 0.00497593",
        "5, 30, 0.1, 0, 0.903726, 0.0225931",
        "0.2, 2, 0.5, 0.606531, 2.51063, 0.0627657"
    })
    void poissonArrivalsGiveTheCheckedFigures(
            double rate, int wait, double gap, double wasted, double requests, double meanWait) {
        Prediction prediction = LongPollingTheory.predict(ScenarioDraft.of(new PoissonArrivals(rate), 1)
                .legs(gap / 2, 0)
                .option("--wait", wait + "s")
                .scenario());
        assertThat(prediction.value("wasted_ratio").orElseThrow()).isCloseTo(wasted, within(5.1e-7));
        assertThat(prediction.value("requests_per_delivery").orElseThrow()).isCloseTo(requests, withinPercentage(6e-4));
        assertThat(prediction.value("latency_mean_ms").orElseThrow() / 1e3 - gap / 2)
                .isCloseTo(meanWait, withinPercentage(6e-4));
    }

    @Test
    void theLatencysQuantileLiesInTheGap() {
        Prediction prediction = LongPollingTheory.predict(
                ScenarioDraft.of(new PoissonArrivals(1), 1).legs(0.05, 0).scenario());
        assertThat(prediction.value("latency_p99_ms").orElseThrow()).isCloseTo(50 + 89.9516, within(1e-4));
        assertThat(prediction.value("latency_p50_ms").orElseThrow()).isEqualTo(50);
    }

    @Test
    void everyConsumerIsHeldUnlessItIsOnItsWay() {
        Prediction prediction = LongPollingTheory.predict(ScenarioDraft.of(new PoissonArrivals(0.05), 1)
                .consumers(1000)
                .legs(0.05, 0)
                .scenario());
        assertThat(prediction.value("held_requests").orElseThrow())
                .isCloseTo(1000 * (1 - 0.1 * 0.05 * 1.28535), within(1e-3));
    }

    @Test
    void whatIsNotKnownIsAbsent() {
        assertThat(LongPollingTheory.predict(ScenarioDraft.of(BurstyArrivals.ofMeanRate(1), 1)
                                .scenario())
                        .figures())
                .isEmpty();
        assertThat(LongPollingTheory.predict(
                                ScenarioDraft.of(new PoissonArrivals(1), 1).scenario())
                        .figures())
                .doesNotContainKey("latency_mean_ms")
                .containsKey("wasted_ratio");
    }
}
