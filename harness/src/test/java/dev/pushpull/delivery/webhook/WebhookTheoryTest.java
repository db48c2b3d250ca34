package dev.pushpull.delivery.webhook;

import static dev.pushpull.testing.ScenarioDraft.nanos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.testing.ScenarioDraft;
import java.util.List;
import org.junit.jupiter.api.Test;

class WebhookTheoryTest {
    private static final ScenarioDraft PLAIN = ScenarioDraft.of(new PoissonArrivals(0.5), 1);

    @Test
    void withoutFaultsAWebhookIsOneRequestAndItsLeg() {
        Prediction sure = predict(PLAIN.legs(0, 0.3));
        assertThat(value(sure, "requests_per_delivery")).isEqualTo(1);
        assertThat(value(sure, "latency_mean_ms")).isEqualTo(300);
        assertThat(value(sure, "latency_p50_ms")).isEqualTo(300);
        assertThat(sure.figures()).doesNotContainKeys("latency_p99_ms", "wasted_ratio");
        assertThat(value(sure, "age_of_information_ms")).isCloseTo(2300, within(1e-9));
        assertThat(value(sure, "fresh_ratio")).isCloseTo(0.860708, within(5e-7));
        assertThat(value(sure, "copy_age_ms")).isCloseTo(21.416, within(5e-4));
        assertThat(value(sure, "lost_ratio")).isZero();
        assertThat(predict(PLAIN).figures())
                .as("nobody said how long the leg takes")
                .doesNotContainKeys("latency_mean_ms", "fresh_ratio", "copy_age_ms");
    }

    @Test
    void theFieldsTenThousandResourcesNeedTwoThousandFourHundredWebhooksADay() {
        Prediction pushed =
                predict(ScenarioDraft.of(new PoissonArrivals(0.01 / 3600), 60).consumers(10_000));
        assertThat(value(pushed, "requests_per_day")).isCloseTo(2400, within(1e-6));
    }

    @Test
    void attemptsThatFailAreMadeAgain() {
        Prediction failing = predict(PLAIN.failureRate(0.1).retries(0, 0, 1, 2, 4, 8));
        assertThat(value(failing, "requests_per_delivery")).isCloseTo(1 / 0.9, within(1e-12));
        assertThat(value(failing, "requests_per_day") / 43_200).isCloseTo(1.1111, within(1e-12));
        assertThat(value(failing, "lost_ratio")).isCloseTo(1e-5, within(1e-12));
        assertThat(value(failing, "latency_p99_ms")).isEqualTo(1000);
        assertThat(failing.figures()).doesNotContainKey("latency_p50_ms");
    }

    /** E[A] = 1 + q + q^2 + ..., q = 1 - (1 - 0.1)(1 - 0.2): what is repeated neither delays nor loses anything. */
    @Test
    void attemptsThatAreAnsweredAsFailedAreMadeAgainToo() {
        ScenarioDraft draft = PLAIN.retries(0, 0, 1, 2);
        Prediction repeated =
                predict(draft.faults(Scenario.Faults.NONE.withFailureRate(0.1).withDuplicateRate(0.2)));
        double again = 0.1 + 0.9 * 0.2;
        double lost = 1e-3;
        assertThat(value(repeated, "requests_per_delivery"))
                .isCloseTo((1 + again + again * again) / (1 - lost), within(1e-12));
        assertThat(value(repeated, "lost_ratio")).isCloseTo(lost, within(1e-12));
        assertThat(value(repeated, "latency_mean_ms"))
                .isCloseTo(value(predict(draft.failureRate(0.1)), "latency_mean_ms"), within(1e-9));
    }

    @Test
    void outagesThatRepeatCountSoOftenAsTheyCome() {
        ScenarioDraft hour = PLAIN.duration(3600).retries(0, 0, 1, 2, 4, 8, 16);
        Outage everyTenMinutes = Outage.every(nanos(600), nanos(31), nanos(3600));
        assertThat(everyTenMinutes.count()).isEqualTo(5);
        Prediction out = predict(hour.faults(Scenario.Faults.NONE.withOutages(List.of(everyTenMinutes))));
        double share = 5 * 31 / 3600.0;
        assertThat(value(out, "latency_mean_ms")).isCloseTo(1e3 * share * 21, within(1e-9));
        assertThat(value(out, "requests_per_delivery")).isCloseTo(1 + share * 4.16129, within(1e-5));
    }

    @Test
    void anOutageDelaysByTwoThirdsOfItself() {
        ScenarioDraft hour = PLAIN.duration(3600).retries(0, 0, 1, 2, 4, 8, 16);
        Prediction out = predict(hour.outage(600, 31));
        double share = 31 / 3600.0;
        assertThat(value(out, "latency_mean_ms")).isCloseTo(1e3 * share * 21, within(1e-9));
        assertThat(value(out, "requests_per_delivery")).isCloseTo(1 + share * 4.16129, within(1e-6));
        Prediction longer = predict(hour.outage(600, 50));
        assertThat(value(longer, "lost_ratio")).isCloseTo(19 / 3600.0, within(1e-12));
        assertThat(longer.figures()).doesNotContainKeys("bytes_per_delivery", "latency_p50_ms");
        assertThat(predict(hour.outage(3590, 9)).figures())
                .as("retries that reach beyond the run")
                .doesNotContainKey("requests_per_delivery");
    }

    @Test
    void randomOutagesLoseWhatEveryAttemptFallsInto() {
        Prediction random = predict(PLAIN.randomOutages(50, 5).retries(0, 0, 1, 2, 4));
        assertThat(value(random, "lost_ratio")).isCloseTo(0.0236104, within(5.1e-8));
    }

    /** Where legs are constant, whoever comes outside an outage is not late; the others wait for the attempt after it. */
    @Test
    void withConstantLegsTheQuantilesOfOutagesFollow() {
        ScenarioDraft hour = PLAIN.duration(3600).legs(0, 0.3).retries(0, 0, 1, 2, 4, 8, 16);
        Prediction out = exactly(hour.outage(600, 31)); // 0.86 % of the time
        assertThat(value(out, "latency_p95_ms")).isEqualTo(300);
        assertThat(value(out, "latency_p99_ms")).isEqualTo(300);
        assertThat(value(out, "latency_p999_ms"))
                .as("all but 3.6 s of the outage's end, after the attempt at 31 s")
                .isEqualTo(31_300);
        assertThat(value(exactly(PLAIN), "latency_p95_ms")).isZero();
        assertThat(predict(PLAIN).figures()).doesNotContainKey("latency_p95_ms");
    }

    private static Prediction exactly(ScenarioDraft scenario) {
        return WebhookTheory.predict(scenario.scenario(), true);
    }

    private static Prediction predict(ScenarioDraft scenario) {
        return WebhookTheory.predict(scenario.scenario());
    }

    private static double value(Prediction prediction, String column) {
        return prediction.value(column).orElseThrow();
    }
}
