package dev.pushpull.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Wire;
import dev.pushpull.schedule.PoissonArrivals;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole runs over TLS, a distance and connections that do not last: the books balance to the byte. */
@Tag("live")
@Execution(ExecutionMode.CONCURRENT)
class WiredComparisonTest {
    private static final int CONSUMERS = 2;
    private static final List<String> MODES = List.of(
            "polling", "long-polling", "webhook", "hybrid", "sse", "websocket", "thin-webhook", "batched-webhook");

    static Stream<Wire> wires() {
        return Stream.of(
                new Wire(true, 0, Wire.AS_USUAL),
                new Wire(true, 0, 0),
                new Wire(false, 20_000_000, 50_000_000),
                new Wire(true, 20_000_000, 50_000_000));
    }

    @ParameterizedTest
    @MethodSource("wires")
    void theBooksBalance(Wire wire) throws Exception {
        Scenario scenario = ComparisonTest.scenario(
                        new PoissonArrivals(3),
                        Scenario.Streams.PER_CONSUMER,
                        CONSUMERS,
                        ComparisonTest.SECOND,
                        400 * ComparisonTest.MILLISECOND)
                .withModeOptions(Map.of("--reconcile", "500ms"))
                .withWire(wire);
        List<Outcome> outcomes = outcomes(scenario);
        for (Outcome outcome : outcomes) {
            ComparisonTest.assertBalanced(outcome);
            assertThat(outcome.counts().missedInAll()).isZero();
            assertThat(outcome.counts().delivered())
                    .isEqualTo(outcome.counts().expected())
                    .isPositive();
            assertThat(outcome.counts().connectionsOpened()).isGreaterThanOrEqualTo(CONSUMERS);
            if (wire.keptNanos() == 0) {
                assertThat(outcome.counts().connectionsOpened())
                        .isGreaterThanOrEqualTo(outcome.counts().requests());
            }
        }
    }

    /** The provider says that it goes, and the consumer has gone when that arrives. */
    @Test
    void theyBalanceToTheByteWhereTheProviderEndsConnections() throws Exception {
        Scenario scenario = ComparisonTest.scenario(
                        new PoissonArrivals(3),
                        Scenario.Streams.PER_CONSUMER,
                        CONSUMERS,
                        ComparisonTest.SECOND,
                        400 * ComparisonTest.MILLISECOND)
                .withModeOptions(Map.of("--stream-lifetime", "300ms", "--reconnect", "50ms"))
                .withWire(new Wire(true, 20_000_000, Wire.AS_USUAL));
        List<Outcome> streams = outcomes(scenario).stream()
                .filter(outcome -> outcome.counts().held().reconnects() > 0)
                .toList();
        assertThat(streams).isNotEmpty();
        streams.forEach(ComparisonTest::assertBalanced);
    }

    private static List<Outcome> outcomes(Scenario scenario) throws Exception {
        List<DeliveryMode> modes = DeliveryModes.all().stream()
                .filter(mode -> MODES.contains(mode.name()))
                .toList();
        List<Outcome> outcomes = new Comparison(
                        scenario, modes, new Interruption(), RunListener.NONE, ComparisonTest.unwarmed(modes))
                .run()
                .outcomes();
        assertThat(outcomes).hasSize(MODES.size());
        return outcomes;
    }
}
