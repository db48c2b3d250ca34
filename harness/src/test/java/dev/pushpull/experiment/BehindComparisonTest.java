package dev.pushpull.experiment;

import static dev.pushpull.experiment.ComparisonTest.MILLISECOND;
import static dev.pushpull.experiment.ComparisonTest.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.AgreementLine;
import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whole runs behind something that ends connections: the books balance, and virtual time agrees. */
@Tag("live")
@Execution(ExecutionMode.CONCURRENT)
class BehindComparisonTest {
    private static final List<String> ALL = List.of(
            "polling", "long-polling", "webhook", "hybrid", "sse", "websocket", "thin-webhook", "batched-webhook");

    /** The heartbeats keep a connection alive only where one comes in time. */
    @Test
    void aHeartbeatThatIsTheIdleTimeoutLosesTheRaceAtSomeBeats() throws Exception {
        Scenario scenario = scenario(
                0.01,
                20,
                3 * SECOND / 2,
                box(200 * MILLISECOND, 0, false),
                Map.of("--heartbeat", "200ms", "--reconnect", "50ms"));
        Comparison.Result result = run(scenario, List.of("sse"), false);
        Outcome outcome = result.outcomes().get(0);
        ComparisonTest.assertBalanced(outcome);
        assertThat(outcome.counts().held().reconnects()).isPositive();
        assertThat(result.agreement()).as("nobody can say how often").isEmpty();
    }

    @Test
    void streamsThatAreEndedWhenIdleComeBackAsVirtualTimeSays() throws Exception {
        Scenario scenario = scenario(
                4,
                20,
                2 * SECOND,
                box(250 * MILLISECOND, 0, false),
                Map.of("--heartbeat", "none", "--read-timeout", "none", "--reconnect", "50ms"));
        Comparison.Result result = run(scenario, List.of("sse", "websocket"), false);
        result.outcomes().forEach(outcome -> {
            ComparisonTest.assertBalanced(outcome);
            assertThat(outcome.counts().missedInAll()).isZero();
            assertThat(outcome.counts().held().reconnects()).isGreaterThan(50);
        });
        assertThat(result.agreement())
                .filteredOn(line -> line.metric().equals("requests_per_delivery"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.measured().orElseThrow()) // a busy machine returns later
                        .isCloseTo(line.simulated(), within(0.2 * line.simulated())));
    }

    /** The consumer notices by its read timeout; what its provider sent into the void it gets again. */
    @Test
    void aSilentDeathIsNoticedByTheReadTimeoutAndNothingIsLost() throws Exception {
        Scenario scenario = scenario(
                20,
                5,
                2 * SECOND,
                box(0, 500 * MILLISECOND, true),
                Map.of("--heartbeat", "100ms", "--read-timeout", "300ms", "--reconnect", "50ms"));
        for (Outcome outcome : run(scenario, List.of("sse", "websocket"), false).outcomes()) {
            ComparisonTest.assertBalanced(outcome);
            assertThat(outcome.counts().missedInAll()).isZero();
            assertThat(outcome.counts().held().reconnects()).isGreaterThan(5);
        }
    }

    @Test
    void aHeartbeatAtTheEndOfALifetimeThatEndsInSilenceIsComparedWithNothing() throws Exception {
        Scenario scenario = scenario(
                20,
                5,
                SECOND,
                box(0, 500 * MILLISECOND, true),
                Map.of("--heartbeat", "100ms", "--read-timeout", "300ms", "--reconnect", "50ms"));
        Comparison.Result result = run(scenario, List.of("sse"), false);
        assertThat(result.outcomes().get(0).counts().held().reconnects()).isPositive();
        assertThat(result.agreement()).as("nobody can say when it gives up").isEmpty();
    }

    @Test
    void aSilentDeathIsNeverNoticedWithoutAReadTimeout() throws Exception {
        Scenario scenario = scenario(
                20,
                5,
                SECOND,
                box(0, 500 * MILLISECOND, true),
                Map.of("--heartbeat", "100ms", "--read-timeout", "none"));
        Outcome outcome = run(scenario, List.of("sse"), false).outcomes().get(0);
        ComparisonTest.assertBalanced(outcome);
        assertThat(outcome.counts().held().reconnects()).isZero();
        assertThat(outcome.counts().missedInAll()).isPositive();
    }

    @Test
    void longPollsAreCutOffAndAskAgain() throws Exception {
        Scenario scenario = scenario(1, 20, 2 * SECOND, box(0, 0, false, 300 * MILLISECOND), Map.of("--wait", "1s"));
        Comparison.Result result = run(scenario, List.of("long-polling"), false);
        Outcome outcome = result.outcomes().get(0);
        ComparisonTest.assertBalanced(outcome);
        assertThat(outcome.counts().missedInAll()).isZero();
        assertThat(outcome.counts().emptyPolls()).isGreaterThan(20);
        assertThat(result.agreement())
                .filteredOn(line -> line.metric().equals("wasted_ratio"))
                .hasSize(1)
                .allMatch(line -> line.verdict() != AgreementLine.Verdict.DISAGREES);
    }

    /** Polls every 400 ms over connections that last for 150 ms. */
    @Test
    void aPollerWhoseIdleConnectionWasEndedOpensAnotherAndLosesNoPoll() throws Exception {
        Scenario scenario = ComparisonTest.scenario(
                        new PeriodicArrivals(2), Scenario.Streams.PER_CONSUMER, 5, 3 * SECOND / 2, 400 * MILLISECOND)
                .withWire(Scenario.Wire.LOOPBACK.behind(box(150 * MILLISECOND, 0, false)));
        Outcome outcome = run(scenario, List.of("polling"), false).outcomes().get(0);
        ComparisonTest.assertBalanced(outcome);
        assertThat(outcome.counts().missedInAll()).isZero();
        assertThat(outcome.counts().connectionsOpened())
                .isGreaterThanOrEqualTo(outcome.counts().polls());
    }

    @Test
    void theBooksOfEveryModeBalanceBehindShortLimitsAndADistance() throws Exception {
        Scenario scenario = scenario(
                        4,
                        5,
                        SECOND,
                        new Middlebox("box", 300 * MILLISECOND, 700 * MILLISECOND, 0, 0, false, 100 * MILLISECOND),
                        Map.of("--reconcile", "500ms", "--heartbeat", "none", "--reconnect", "50ms"))
                .withWire(new Scenario.Wire(
                        false,
                        20 * MILLISECOND,
                        Scenario.Wire.AS_USUAL,
                        new Middlebox("box", 300 * MILLISECOND, 700 * MILLISECOND, 0, 0, false, 100 * MILLISECOND)));
        for (Outcome outcome : run(scenario, ALL, false).outcomes()) {
            ComparisonTest.assertBalanced(outcome);
            assertThat(outcome.counts().missedInAll()).as(outcome.mode()).isZero();
        }
    }

    @Tag("slow")
    @Test
    void separateProcessesStandBehindItToo() throws Exception {
        Scenario scenario = scenario(
                4,
                5,
                2 * SECOND,
                box(250 * MILLISECOND, 0, false),
                Map.of("--heartbeat", "none", "--read-timeout", "none", "--reconnect", "50ms"));
        Outcome outcome = run(scenario, List.of("sse"), true).outcomes().get(0);
        ComparisonTest.assertBalanced(outcome);
        assertThat(outcome.counts().held().reconnects()).isPositive();
    }

    static Middlebox box(long idleNanos, long lifetimeNanos, boolean silent) {
        return new Middlebox("box", idleNanos, lifetimeNanos, 0, 0, silent, 0);
    }

    private static Middlebox box(long idleNanos, long lifetimeNanos, boolean silent, long firstByteNanos) {
        return new Middlebox("box", idleNanos, lifetimeNanos, firstByteNanos, 0, silent, 0);
    }

    static Scenario scenario(
            double rate, int consumers, long durationNanos, Middlebox box, Map<String, String> options) {
        return ComparisonTest.scenario(
                        new PoissonArrivals(rate),
                        Scenario.Streams.PER_CONSUMER,
                        consumers,
                        durationNanos,
                        400 * MILLISECOND)
                .withModeOptions(options)
                .withWire(Scenario.Wire.LOOPBACK.behind(box));
    }

    static Comparison.Result run(Scenario scenario, List<String> modes, boolean separate) throws Exception {
        Scenario asked = scenario.withRun(scenario.run().withModes(modes).withDrainNanos(SECOND));
        Comparison comparison = new Comparison(
                asked,
                DeliveryModes.all().stream()
                        .filter(mode -> modes.contains(mode.name()))
                        .toList(),
                new Interruption(),
                RunListener.NONE,
                true);
        return (separate ? comparison.inSeparateProcesses() : comparison).run();
    }
}
