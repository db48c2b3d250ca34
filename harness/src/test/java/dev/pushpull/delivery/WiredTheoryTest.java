package dev.pushpull.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Wire;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.testing.ScenarioDraft;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Virtual time against the closed forms of docs/theory.md section 13: distance, new connections, TLS. */
class WiredTheoryTest {
    private static final int REPLICATES = 30;

    /** A run of this many seconds at one event a second is checked to this many standard errors. */
    private static final double ERRORS = 4;

    @Tag("study")
    @ParameterizedTest
    @CsvSource({
        // every poll over a new connection; over an open one; alternately
        "1, 0.3, 1",
        "0, 0.1, 1",
        "1, 1.5, 0",
        "1, 0.7, 0.5",
        "0, 0.6, 0.5"
    })
    void pollsWaitAsTheoryHasIt(int tls, double kept, double opening) {
        double rtt = tls == 1 ? 0.2 : 0.3;
        Scenario scenario = ScenarioDraft.poisson(1, 2_000)
                .consumers(5)
                .legs(0.01, 0)
                .wire(tls == 1, rtt, kept)
                .scenario();
        agree(
                "polling",
                scenario,
                Map.of(
                        "latency_mean_ms",
                        outcome -> outcome.latency().meanMillis().orElseThrow(),
                        "latency_p90_ms",
                        outcome -> outcome.latency().quantileMillis(0.9).orElseThrow(),
                        "wasted_ratio",
                        outcome -> 1.0
                                * outcome.counts().emptyPolls()
                                / outcome.counts().polls(),
                        "bytes_per_delivery",
                        WiredTheoryTest::bytes,
                        "connections_opened",
                        outcome -> outcome.counts().connectionsOpened()));
        double polls = 5 * 2_000;
        assertThat(predicted("polling", scenario).value("connections_opened").orElseThrow())
                .isCloseTo(Math.max(5, opening * polls), within(1e-6 * polls));
    }

    @Tag("study")
    @ParameterizedTest
    @CsvSource({"1, 0", "0, 0", "1, 5", "1, 40", "0, 40"})
    void webhooksWaitAsTheoryHasIt(int tls, double kept) {
        Scenario scenario = ScenarioDraft.of(new PoissonArrivals(0.02), 10)
                .duration(100_000)
                .consumers(5)
                .legs(0, 0.01)
                .wire(tls == 1, 0.1, kept)
                .scenario();
        agree(
                "webhook",
                scenario,
                Map.of(
                        "latency_mean_ms",
                        outcome -> outcome.latency().meanMillis().orElseThrow(),
                        "latency_p50_ms",
                        outcome -> outcome.latency().quantileMillis(0.5).orElseThrow(),
                        "connections_opened",
                        outcome -> outcome.counts().connectionsOpened(),
                        "bytes_per_delivery",
                        WiredTheoryTest::bytes));
    }

    @Test
    void periodicWebhooksFindTheirConnectionOpenOrNot() {
        ScenarioDraft draft = ScenarioDraft.of(new PeriodicArrivals(1), 10).duration(1_000);
        for (double[] keptAndOpened : new double[][] {{0.5, 1000}, {2, 1}, {0.8, 500}}) {
            Scenario scenario = draft.wire(true, 0.1, keptAndOpened[0]).scenario();
            Outcome outcome = simulated("webhook", scenario, 1);
            assertThat((double) outcome.counts().connectionsOpened()).isCloseTo(keptAndOpened[1], within(1.0));
            assertThat(predicted("webhook", scenario)
                            .value("connections_opened")
                            .orElseThrow())
                    .isCloseTo(keptAndOpened[1], within(1.0));
        }
    }

    @Test
    void webhooksThatOverlapOftenHaveNoClosedForm() {
        Scenario scenario = ScenarioDraft.poisson(2, 1_000).wire(true, 0.1, 5).scenario();
        assertThat(predicted("webhook", scenario).value("latency_mean_ms")).isEmpty();
        assertThat(predicted("webhook", scenario).value("connections_opened")).isEmpty();
    }

    @Test
    void anotherModeIsNotPredictedOverAWire() {
        Scenario scenario = ScenarioDraft.poisson(1, 1_000).wire(true, 0.1, 5).scenario();
        for (String mode : new String[] {"adaptive-polling", "long-polling", "hybrid"}) {
            assertThat(predicted(mode, scenario).value("latency_mean_ms")).isEmpty();
        }
    }

    @Test
    void everyModeDeliversEverythingAndOpensNoMoreConnectionsThanItMakesRequests() {
        for (DeliveryMode mode : DeliveryModes.all()) {
            for (Wire wire : new Wire[] {new Wire(true, 40_000_000, 0), new Wire(false, 40_000_000, 100_000_000)}) {
                Scenario scenario = ScenarioDraft.poisson(1, 500)
                        .option("--reconcile", "20s")
                        .scenario()
                        .withWire(wire);
                Outcome.Counts counts = simulated(mode.name(), scenario, 1).counts();
                assertThat(counts.delivered()).as(mode.name()).isEqualTo(counts.expected());
                assertThat(counts.connectionsOpened())
                        .as(mode.name())
                        .isPositive()
                        .isLessThanOrEqualTo(counts.requests());
                if (wire.keptNanos() == 0) {
                    assertThat(counts.connectionsOpened()).as(mode.name()).isEqualTo(counts.requests());
                }
            }
        }
    }

    private static double bytes(Outcome outcome) {
        return (double) (outcome.counts().bytesToProvider() + outcome.counts().bytesToConsumer())
                / outcome.counts().delivered();
    }

    private static void agree(String mode, Scenario scenario, Map<String, ToDoubleFunction<Outcome>> figures) {
        List<Outcome> replicates = IntStream.range(0, REPLICATES)
                .mapToObj(seed -> simulated(mode, scenario, seed))
                .toList();
        figures.forEach((column, figure) -> agree(
                mode, scenario, column, replicates.stream().mapToDouble(figure).toArray()));
    }

    private static void agree(String mode, Scenario scenario, String column, double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double error = Math.sqrt(squares / (REPLICATES - 1) / REPLICATES);
        double edge = 0.002 * mean; // the first exchange, the ends of the run, histograms of three digits
        assertThat(mean)
                .as(mode + " " + column)
                .isCloseTo(predicted(mode, scenario).value(column).orElseThrow(), within(ERRORS * error + edge));
    }

    private static Outcome simulated(String mode, Scenario scenario, long seed) {
        Seeds seeds = new Seeds(seed);
        ArrivalStreams events = ArrivalStreams.drawn(
                scenario.events().arrivals(), scenario.events().streamCount(), seeds);
        return mode(mode).virtual().simulate(scenario, events, seeds);
    }

    private static Prediction predicted(String mode, Scenario scenario) {
        return mode(mode).theory().predict(scenario).orElseThrow();
    }

    private static DeliveryMode mode(String name) {
        return DeliveryModes.all().stream()
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
