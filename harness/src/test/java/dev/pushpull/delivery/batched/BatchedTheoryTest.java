package dev.pushpull.delivery.batched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.pushpull.scenario.Prediction;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.testing.ScenarioDraft;
import dev.pushpull.theory.BatchedEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchedTheoryTest {
    /** Half of the last of six digits. */
    private static final double SIX_DIGITS = 2e-4;

    private static Prediction predicted(ScenarioDraft draft) {
        return BatchedTheory.predict(draft.scenario());
    }

    private static double value(Prediction prediction, String column) {
        return prediction.value(column).orElseThrow();
    }

    private static ScenarioDraft poisson(double rate, int size, String law) {
        return ScenarioDraft.poisson(rate, 1_000)
                .option("--batch-size", Integer.toString(size))
                .option("--batch-wait", "1s")
                .option("--batch-law", law);
    }

    /** λ, B, requests an event, mean wait, share that waits for more than 600 ms. */
    @ParameterizedTest
    @CsvSource({
        "2, 10, 0.33334, 0.666583, 0.599914",
        "2, 3, 0.406726, 0.417433, 0.336967",
        "20, 10, 0.100032, 0.224936, 0.0320173"
    })
    void batchesThatWaitFromTheirFirstEventOnHaveTheCheckedFigures(
            double rate, int size, double requests, double mean, double longer) {
        Prediction prediction = predicted(poisson(rate, size, "first-event").legs(0, 0.1));
        assertThat(value(prediction, "requests_per_delivery")).isCloseTo(requests, withinPercentage(SIX_DIGITS));
        assertThat(value(prediction, "latency_mean_ms") / 1e3 - 0.1).isCloseTo(mean, withinPercentage(SIX_DIGITS));
        BatchedEvents form = new BatchedEvents(rate, size, 1);
        assertThat(form.longerFromFirstEvent(0.6)).isCloseTo(longer, withinPercentage(SIX_DIGITS));
        assertThat(form.quantileFromFirstEvent(1 - longer)).isCloseTo(0.6, within(1e-5));
        assertThat(value(prediction, "lost_ratio")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"2, 0.468311, 0.468311", "0.3, 0.960783, 0.144117"})
    void orFromTheBatchBeforeOn(double rate, double requests, double mean) {
        Prediction prediction = predicted(poisson(rate, 100, "last-dispatch"));
        assertThat(value(prediction, "requests_per_delivery")).isCloseTo(requests, withinPercentage(SIX_DIGITS));
        assertThat(value(prediction, "latency_mean_ms") / 1e3).isCloseTo(mean, withinPercentage(5e-4));
    }

    @ParameterizedTest
    @CsvSource({"2, 0.432332", "0.3, 0.863939"})
    void orUntilTheirWindowEnds(double rate, double requests) {
        Prediction prediction = predicted(poisson(rate, 100, "window"));
        assertThat(value(prediction, "requests_per_delivery")).isCloseTo(requests, withinPercentage(SIX_DIGITS));
        assertThat(value(prediction, "latency_mean_ms")).isCloseTo(500, within(1e-9));
        assertThat(value(prediction, "latency_p90_ms")).isCloseTo(900, within(1e-9));
    }

    @Test
    void theMeanOfALatencyIsTheIntegralOfItsTail() {
        for (double[] one : new double[][] {{2, 10}, {2, 3}, {20, 10}, {0.5, 2}, {40, 1000}}) {
            BatchedEvents form = new BatchedEvents(one[0], (int) one[1], 1);
            double integral = 0;
            int steps = 4_000;
            for (int step = 0; step < steps; step++) {
                integral += form.longerFromFirstEvent((step + 0.5) / steps) / steps;
            }
            assertThat(integral).isCloseTo(form.meanFromFirstEvent(), within(1e-6));
            assertThat(form.overSizesFromFirstEvent(size -> size))
                    .isCloseTo(form.sizeFromFirstEvent(), withinPercentage(1e-9));
        }
    }

    @Test
    void aBatchWithoutALimitNeedsOneRequestMoreThanItsWaitBringsEvents() {
        assertThat(value(predicted(poisson(2, 10_000, "first-event")), "requests_per_delivery"))
                .isCloseTo(1 / 3.0, within(1e-9));
    }

    @Test
    void anEventThatIsRefusedTakesItsBatchWithItUnlessThatIsSplit() {
        ScenarioDraft draft = poisson(2, 2, "first-event").retries(0, 0, 1, 1).option("--refused-share", "0.1");
        Prediction whole = predicted(draft);
        double pair = -Math.expm1(-2.0); // a batch is full unless nothing comes within its wait
        double size = 1 + pair;
        double refusedBatches = (1 - pair) * 0.1 + pair * 0.19;
        double lost = ((1 - pair) * 0.1 + 2 * pair * 0.19) / size;
        assertThat(value(whole, "lost_ratio")).isCloseTo(lost, within(1e-9));
        assertThat(value(whole, "requests_per_delivery"))
                .isCloseTo((1 + 2 * refusedBatches) / size / (1 - lost), within(1e-9));
        Prediction split = predicted(draft.option("--batch-split", "true"));
        assertThat(value(split, "lost_ratio")).isCloseTo(0.1, within(1e-9));
        assertThat(value(split, "requests_per_delivery"))
                .isCloseTo((1 + pair * 0.19 * 2 + 0.1 * size * 2) / size / 0.9, within(1e-9));
    }

    @Test
    void whatIsNotKnownIsAbsent() {
        assertThat(predicted(poisson(2, 10, "pending")).figures()).isEmpty();
        assertThat(predicted(poisson(20, 10, "window")).figures())
                .as("full batches")
                .isEmpty();
        assertThat(predicted(poisson(20, 10, "last-dispatch")).figures()).isEmpty();
        assertThat(predicted(poisson(2, 10, "first-event").failureRate(0.1)).figures())
                .isEmpty();
        assertThat(predicted(poisson(2, 10, "first-event").outage(5, 5)).figures())
                .isEmpty();
        assertThat(predicted(poisson(2, 10, "first-event").wire(true, 0.04, 5)).figures())
                .isEmpty();
        assertThat(predicted(ScenarioDraft.of(new PeriodicArrivals(1), 1)).figures())
                .isEmpty();
        assertThat(predicted(poisson(2, 10, "first-event").option("--refused-share", "0.1"))
                        .value("latency_mean_ms"))
                .isEmpty();
    }
}
