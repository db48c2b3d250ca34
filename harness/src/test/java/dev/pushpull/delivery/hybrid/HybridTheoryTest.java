package dev.pushpull.delivery.hybrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.scenario.Prediction;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.testing.ScenarioDraft;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HybridTheoryTest {
    private static final ScenarioDraft PLAIN =
            ScenarioDraft.of(new PoissonArrivals(0.5), 1).legs(0.2, 0.1).option("--reconcile", "10s");

    @Test
    void whenNoWebhookIsLostEveryPollIsWastedAndCostsItsShare() {
        Prediction sure = predict(PLAIN);
        assertThat(value(sure, "wasted_ratio")).isEqualTo(1);
        assertThat(value(sure, "requests_per_delivery")).isCloseTo(1 + 1 / 5.0, within(1e-9));
        assertThat(value(sure, "latency_mean_ms")).isCloseTo(100, within(1e-9));
        assertThat(value(sure, "latency_p50_ms")).isEqualTo(100);
        assertThat(sure.figures()).doesNotContainKey("latency_p99_ms");
        assertThat(value(predict(ScenarioDraft.of(BurstyArrivals.ofMeanRate(0.5), 1)), "wasted_ratio"))
                .isEqualTo(1);
    }

    @Test
    void whatWebhooksLoseThePollFinds() {
        double failureRate = 0.3;
        Prediction failing = predict(PLAIN.failureRate(failureRate));
        SplittableRandom random = new SplittableRandom(1);
        int draws = 400_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < draws; i++) {
            double polled = 0.2 + 10 * random.nextDouble();
            double second = 5 * (1 + 0.1 * random.nextDouble());
            double pushed =
                    random.nextDouble() >= failureRate ? 0.1 : random.nextDouble() >= failureRate ? second + 0.1 : 1e9;
            double latency = Math.min(polled, pushed);
            sum += latency;
            squares += latency * latency;
        }
        double mean = sum / draws;
        double error = Math.sqrt((squares / draws - mean * mean) / draws);
        assertThat(value(failing, "latency_mean_ms")).isCloseTo(1e3 * mean, within(4e3 * error));
        assertThat(failing.figures()).as("beyond a retry that jitter spreads").doesNotContainKey("latency_p90_ms");
        assertThat(value(predict(PLAIN.failureRate(0.15)), "latency_p90_ms"))
                .isCloseTo(1e3 * (0.2 + 10 * (1 - 0.1 / 0.15)), within(1e-9));
        double exposed = 0.3 * (5.25 - 0.1) + 0.09 * (10 - (5.25 - 0.1));
        assertThat(value(failing, "wasted_ratio")).isCloseTo(Math.exp(-0.5 * exposed), within(1e-6));
    }

    @Test
    void pagesOfWhatIsReadAgainAreRequestsToo() {
        Prediction paged = predict(PLAIN.pageLimit(1));
        assertThat(value(paged, "requests_per_delivery")).isCloseTo(1 + (5 + Math.exp(-5)) / 5, within(1e-9));
    }

    @Test
    void outagesHaveNoFormHere() {
        assertThat(predict(PLAIN.randomOutages(100, 10)).figures()).isEmpty();
    }

    private static Prediction predict(ScenarioDraft scenario) {
        return new HybridMode().theory().predict(scenario.scenario()).orElseThrow();
    }

    private static double value(Prediction prediction, String column) {
        return prediction.value(column).orElseThrow();
    }
}
