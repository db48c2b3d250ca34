package dev.pushpull.delivery.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.pushpull.scenario.Prediction;
import dev.pushpull.testing.ScenarioDraft;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamTheoryTest {
    @Test
    void aLifetimeAndAGapGiveTheCheckedFigures() {
        Prediction stream = predict(ScenarioDraft.poisson(0.5, 1000)
                .option("--stream-lifetime", "20s")
                .option("--reconnect", "1s"));
        assertThat(value(stream, "latency_mean_ms")).isCloseTo(23.8095, within(1e-4));
        assertThat(value(stream, "latency_p99_ms")).isCloseTo(790, within(1e-6));
        assertThat(value(stream, "connections_per_delivery")).isCloseTo(0.0952381, within(1e-7));
        assertThat(value(stream, "held_connections")).isCloseTo(20 / 21.0, within(1e-9));
        assertThat(value(stream, "connection_seconds_per_delivery")).isCloseTo(20 / 10.5, within(1e-9));
        assertThat(value(stream, "lost_ratio")).isZero();
    }

    @Test
    void theGapIsALegTheWaitAConnectionAndARequest() {
        Prediction stream = predict(ScenarioDraft.poisson(1, 1000)
                .legs(0, 0.01)
                .wire(true, 0.1, 10)
                .option("--stream-lifetime", "10s")
                .option("--reconnect", "1s"));
        double gap = 0.06 + 1 + 0.2 + 0.05;
        assertThat(value(stream, "held_connections")).isCloseTo(10 / (10 + gap), within(1e-9));
        assertThat(value(stream, "latency_mean_ms"))
                .isCloseTo(60 + 1e3 * gap * gap / 2 / (10 + gap), withinPercentage(1e-6));
    }

    @Test
    void withoutReplayAGapLosesItsEventsAndTheRestIsNotLate() {
        Prediction stream = predict(ScenarioDraft.poisson(0.5, 1000)
                .legs(0, 0.01)
                .option("--stream-lifetime", "20s")
                .option("--reconnect", "990ms")
                .option("--replay", "none"));
        assertThat(value(stream, "lost_ratio")).isCloseTo(1 / 21.0, within(1e-9));
        assertThat(value(stream, "latency_mean_ms")).isCloseTo(10, within(1e-9));
        assertThat(value(stream, "connections_per_delivery")).isCloseTo(0.0952381 * 21 / 20, within(1e-7));
    }

    @Test
    void withoutHeartbeatsAReadTimeoutMakesItLongPolling() {
        Prediction stream = predict(ScenarioDraft.poisson(0.5, 1000)
                .option("--heartbeat", "none")
                .option("--read-timeout", "4s")
                .option("--reconnect", "300ms"));
        assertThat(value(stream, "connections_per_delivery")).isCloseTo(0.152927, within(1e-6));
        assertThat(value(stream, "latency_mean_ms")).isCloseTo(3.44086, within(1e-5));
    }

    @Test
    void anUnbrokenStreamIsOneConnectionForTheWholeRun() {
        Prediction stream =
                predict(ScenarioDraft.poisson(0.2, 100).legs(0, 0.002).option("--heartbeat", "3s"));
        assertThat(value(stream, "requests_per_delivery")).isCloseTo(1 / 20.0, within(1e-12));
        assertThat(value(stream, "latency_p99_ms")).isEqualTo(2);
        assertThat(value(stream, "frames_per_delivery")).isCloseTo(1 + 1 / 0.6 + 1 / 20.0, within(1e-9));
        assertThat(stream.value("reconnects")).isEmpty();
    }

    @Test
    void severalEndsAtATimeHaveNoClosedForm() {
        ScenarioDraft draft = ScenarioDraft.poisson(0.2, 100).option("--stream-lifetime", "10s");
        assertThat(predicted(draft.randomOutages(10, 1))).isEmpty();
        assertThat(predicted(draft.option("--heartbeat", "none").option("--read-timeout", "3s")))
                .isEmpty();
        assertThat(predicted(ScenarioDraft.poisson(0.2, 100).outage(10, 5))).isEmpty();
    }

    private static Prediction predict(ScenarioDraft draft) {
        return predicted(draft).orElseThrow();
    }

    private static Optional<Prediction> predicted(ScenarioDraft draft) {
        return StreamTheory.of(scenario -> VirtualStreams.sizes(scenario).get(0), scenario -> 0)
                .predict(draft.scenario());
    }

    private static double value(Prediction prediction, String column) {
        return prediction.value(column).orElseThrow();
    }
}
