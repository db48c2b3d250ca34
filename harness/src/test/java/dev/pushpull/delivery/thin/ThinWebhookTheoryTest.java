package dev.pushpull.delivery.thin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.pushpull.scenario.Prediction;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.TraceArrivals;
import dev.pushpull.testing.ScenarioDraft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinWebhookTheoryTest {
    /** Half of the last of six digits, at most, in per cent. */
    private static final double SIX_DIGITS = 5e-4;

    private static Prediction predicted(ScenarioDraft draft) {
        return ThinTheory.predict(draft.scenario());
    }

    private static double value(Prediction prediction, String column) {
        return prediction.value(column).orElseThrow();
    }

    /** λ, K of which 50 ms are the request, reads an event, mean delay in seconds. */
    @ParameterizedTest
    @CsvSource({"2, 0.3, 0.625, 0.29375", "0.2, 0.3, 0.943396, 0.341509", "10, 0.5, 0.166667, 0.341667"})
    void poissonArrivalsGiveTheCheckedFigures(double rate, double delay, double reads, double mean) {
        Prediction prediction = predicted(ScenarioDraft.poisson(rate, 1_000)
                .legs(0.05, 0.15)
                .option("--debounce", Math.round(1e3 * (delay - 0.2)) + "ms"));
        assertThat(value(prediction, "requests_per_delivery") - 1).isCloseTo(reads, withinPercentage(SIX_DIGITS));
        assertThat(value(prediction, "latency_mean_ms") / 1e3).isCloseTo(mean, withinPercentage(SIX_DIGITS));
        assertThat(value(prediction, "rate_limited_requests_per_s"))
                .isCloseTo(rate * reads, withinPercentage(SIX_DIGITS));
        assertThat(value(prediction, "wasted_ratio")).isZero();
        assertThat(value(prediction, "lost_ratio")).isZero();
    }

    @Test
    void theFirstEventOfAReadWaitsLongestAndTheOthersLessByAsMuchAsTheyCameLater() {
        Prediction prediction =
                predicted(ScenarioDraft.poisson(2, 1_000).legs(0.05, 0.15).option("--debounce", "100ms"));
        // a share 1/1.6 waits for K = 300 ms, the others are spread evenly below
        assertThat(value(prediction, "latency_p90_ms")).isCloseTo(350, within(1e-9));
        assertThat(value(prediction, "latency_p50_ms")).isCloseTo(350, within(1e-9));
        Prediction busy =
                predicted(ScenarioDraft.poisson(10, 1_000).legs(0.05, 0.15).option("--debounce", "300ms"));
        assertThat(value(busy, "latency_p50_ms")).isCloseTo(50 + 0.5 * 6 / 10 * 1e3, within(1e-9));
    }

    /**
     * λ = 2, a = 0.3 without a way back; debounce, lag, again. Simulated with a program of its own, 12 replicates: the
     * same to three digits.
     */
    @ParameterizedTest
    @CsvSource({
        "again, 0, 800, 600, 0.872436, 0.268941, 0, 1.05307",
        "again, 400, 600, 500, 0.694898, 0, 0, 0.800424",
        "again, 400, 900, 700, 0.669977, 0.231475, 0, 1.26706",
        "next-ping, 0, 800, 600, 1, 0.432332, 0, 1.3",
        "skip, 400, 600, 500, 0.555556, 0, 0.333333, 0.691667"
    })
    void aReadSideThatLagsBehindCostsReadsTimeOrEvents(
            String otherwise, int debounce, int lag, int again, double reads, double empty, double lost, double mean) {
        Prediction prediction = predicted(ScenarioDraft.poisson(2, 1_000)
                .legs(0, 0.3)
                .option("--when-not-visible", otherwise)
                .option("--debounce", debounce + "ms")
                .option("--visibility-lag", lag + "ms")
                .option("--again-after", again + "ms"));
        assertThat(value(prediction, "rate_limited_requests_per_s") / 2).isCloseTo(reads, withinPercentage(2e-3));
        assertThat(value(prediction, "requests_per_delivery"))
                .isCloseTo((1 + reads) / (1 - lost), withinPercentage(2e-3));
        assertThat(value(prediction, "wasted_ratio")).isCloseTo(empty, within(1e-5));
        assertThat(value(prediction, "lost_ratio")).isCloseTo(lost, within(1e-5));
        assertThat(value(prediction, "latency_mean_ms") / 1e3).isCloseTo(mean, withinPercentage(2e-3));
    }

    @Test
    void aConsumerThatBelievesItsWebhooksLosesEverythingIfReadsLagBehindThem() {
        Prediction prediction = predicted(ScenarioDraft.poisson(0.001, 1_000_000)
                .legs(0.05, 0.05)
                .option("--when-not-visible", "skip")
                .option("--visibility-lag", "1s"));
        assertThat(value(prediction, "lost_ratio")).isEqualTo(1);
        assertThat(prediction.value("requests_per_delivery")).isEmpty();
        assertThat(prediction.value("latency_mean_ms")).isEmpty();
    }

    @Test
    void withoutLegsEachEventHasAWebhookAndARead() {
        for (ScenarioDraft draft : new ScenarioDraft[] {
            ScenarioDraft.of(new PoissonArrivals(3), 1),
            ScenarioDraft.of(new PeriodicArrivals(3), 1),
            ScenarioDraft.of(BurstyArrivals.ofMeanRate(3), 1)
        }) {
            assertThat(value(predicted(draft), "requests_per_delivery")).isEqualTo(2);
        }
    }

    @Test
    void whatIsNotKnownIsAbsent() {
        ScenarioDraft legs = ScenarioDraft.poisson(1, 1_000).legs(0.05, 0.05);
        assertThat(predicted(legs.failureRate(0.1)).figures()).isEmpty();
        assertThat(predicted(legs.outage(5, 5)).figures()).isEmpty();
        assertThat(predicted(legs.wire(true, 0.04, 5)).figures()).isEmpty();
        assertThat(predicted(ScenarioDraft.of(BurstyArrivals.ofMeanRate(1), 1).legs(0.05, 0.05))
                        .figures())
                .isEmpty();
        assertThat(predicted(ScenarioDraft.of(TraceArrivals.of("trace", 0, new long[] {5, 5, 9}, 1, 0), 1))
                        .figures())
                .as("two at once have one read")
                .isEmpty();
        assertThat(predicted(legs.pageLimit(1).option("--debounce", "5s")).figures())
                .as("further pages")
                .isEmpty();
        assertThat(predicted(ScenarioDraft.poisson(1, 1_000).legs(0.5, 0.05)).figures())
                .as("events that find a read on its way back")
                .isEmpty();
    }

    @Test
    void aNewConnectionDelaysWebhookAndRead() {
        Prediction prediction = predicted(
                ScenarioDraft.poisson(0.001, 1_000_000).legs(0.01, 0.02).wire(true, 0.1, 0));
        double way = 0.05;
        double setUp = 0.2;
        double delay = way + 0.02 + setUp + 0.01 + way + setUp;
        assertThat(value(prediction, "latency_mean_ms") / 1e3)
                .isCloseTo(delay + 0.01 + way, within(0.001 * delay * delay));
        assertThat(value(prediction, "connections_opened")).isCloseTo(2_000, withinPercentage(0.1));
    }
}
