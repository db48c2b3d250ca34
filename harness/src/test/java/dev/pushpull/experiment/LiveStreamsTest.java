package dev.pushpull.experiment;

import static dev.pushpull.experiment.ComparisonTest.MILLISECOND;
import static dev.pushpull.experiment.ComparisonTest.SECOND;
import static dev.pushpull.experiment.ComparisonTest.assertBalanced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.AgreementLine;
import dev.pushpull.scenario.AgreementLine.Verdict;
import dev.pushpull.scenario.MissReason;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whole runs of modes that hold a connection open, on real sockets. */
@Tag("live")
@Execution(ExecutionMode.CONCURRENT)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveStreamsTest {
    /** What a JVM disturbs that still loads its classes. */
    private static final int LATER = Integer.MAX_VALUE - 1;

    private static final int LAST = Integer.MAX_VALUE;

    @Test
    @Tag("timing")
    void aStreamThatLastsIsHeldForTheWholeRunAndItsHeartbeatsAreInTheBooks() throws Exception {
        Comparison.Result result = run("sse", Map.of("--heartbeat", "300ms"), 3);
        Outcome outcome = outcome(result);
        assertThat(outcome.counts().delivered()).isEqualTo(outcome.counts().expected());
        assertThat(outcome.counts().held().streams()).isEqualTo(10);
        assertThat(outcome.counts().held().reconnects()).isZero();
        assertThat(outcome.counts().held().seconds()).isCloseTo(30, within(3.0));
        long heartbeats = outcome.counts().held().frames() - outcome.counts().delivered();
        assertThat(heartbeats).as("ten in three seconds, and an opening").isBetween(10L * 7, 10L * 11);
        assertThat(bytes(outcome))
                .isCloseTo(outcome.prediction().value("bytes_per_delivery").orElseThrow(), withinPercentage(2));
        assertNothingDisagrees(result);
    }

    @Test
    @Tag("timing")
    void streamsThatEndAreResumedAndNothingIsLost() throws Exception {
        Comparison.Result result =
                run("sse", Map.of("--stream-lifetime", "1s", "--reconnect", "300ms", "--heartbeat", "none"), 6);
        Outcome outcome = outcome(result);
        assertThat(outcome.counts().delivered()).isEqualTo(outcome.counts().expected());
        assertThat(outcome.counts().held().reconnects()).isBetween(10L * 3, 10L * 5);
        assertThat(outcome.counts().held().seconds() / 60).isCloseTo(1 / 1.3, within(0.05));
        assertNothingDisagrees(result);
    }

    @Test
    @Tag("timing")
    void withoutReplayWhatComesInAGapIsLostThere() throws Exception {
        Comparison.Result result =
                run("sse", Map.of("--stream-lifetime", "1s", "--reconnect", "500ms", "--replay", "none"), 6);
        Outcome outcome = outcome(result);
        assertThat(outcome.counts().missed()).containsOnlyKeys(MissReason.LOST_IN_GAP.text());
        assertThat(outcome.counts().missedInAll() / (double) outcome.counts().expected())
                .isCloseTo(1 / 3.0, within(0.12));
        assertNothingDisagrees(result);
    }

    @Test
    @Tag("timing")
    void aReadTimeoutWithoutHeartbeatsGivesUpConnectionsThatAreAlive() throws Exception {
        Comparison.Result result =
                run("sse", Map.of("--heartbeat", "none", "--read-timeout", "400ms", "--reconnect", "100ms"), 5);
        Outcome outcome = outcome(result);
        assertThat(outcome.counts().delivered()).isEqualTo(outcome.counts().expected());
        assertThat(outcome.counts().held().reconnects()).isPositive();
        assertNothingDisagrees(result);
    }

    @Test
    @Tag("timing")
    void webSocketsToo() throws Exception {
        Comparison.Result result =
                run("websocket", Map.of("--stream-lifetime", "1s", "--reconnect", "300ms", "--heartbeat", "400ms"), 6);
        Outcome outcome = outcome(result);
        assertThat(outcome.counts().delivered()).isEqualTo(outcome.counts().expected());
        assertThat(outcome.counts().held().reconnects()).isBetween(10L * 3, 10L * 5);
        assertThat(outcome.counts().held().frames())
                .as("an event and its acknowledgement")
                .isGreaterThan(2 * outcome.counts().delivered());
        assertNothingDisagrees(result);
    }

    @Test
    @Tag("timing")
    @Order(LATER)
    void theNextStreamIsThereBeforeTheEndOfTheOneBefore() throws Exception {
        assertTheNextConnectionIsThereBeforeTheEndOfTheOneBefore("sse");
    }

    @Test
    @Tag("timing")
    @Order(LATER)
    void theNextWebSocketIsThereBeforeTheEndOfTheOneBefore() throws Exception {
        assertTheNextConnectionIsThereBeforeTheEndOfTheOneBefore("websocket");
    }

    private static void assertTheNextConnectionIsThereBeforeTheEndOfTheOneBefore(String mode) throws Exception {
        Comparison.Result result = run(
                mode,
                Map.of(
                        "--stream-lifetime",
                        "1s",
                        "--reconnect",
                        "300ms",
                        "--make-before-break",
                        "true",
                        "--replay",
                        "none"),
                4);
        Outcome outcome = outcome(result);
        assertThat(outcome.counts().missed()).isEmpty();
        assertThat(outcome.counts().duplicates()).isPositive();
        assertThat(outcome.counts().held().reconnects()).isBetween(10L * 4, 10L * 7);
        assertNothingDisagrees(result);
    }

    @Test
    @Tag("timing")
    void aPollBesideThemFindsWhatIsNotReplayed() throws Exception {
        Comparison.Result result = run(
                "sse",
                Map.of("--stream-lifetime", "1s", "--reconnect", "500ms", "--replay", "none", "--reconcile", "400ms"),
                5);
        Outcome outcome = outcome(result);
        assertThat(outcome.counts().missed()).isEmpty();
        assertThat(outcome.counts().reconfirmed()).isPositive();
        assertThat(outcome.counts().emptyPolls()).isPositive();
        assertNothingDisagrees(result);
    }

    /** The last heartbeat before 550 ms is that of 500, so a consumer is without a connection for 250 + 50 ms. */
    @Test
    @Tag("timing")
    @Order(LAST)
    void eventsAroundASilentDeathAreAsLateAsVirtualTimeSays() throws Exception {
        Scenario scenario = BehindComparisonTest.scenario(
                10,
                20,
                5 * SECOND,
                BehindComparisonTest.box(0, 550 * MILLISECOND, true),
                Map.of("--heartbeat", "100ms", "--read-timeout", "300ms", "--reconnect", "50ms"));
        Comparison.Result result = BehindComparisonTest.run(scenario, List.of("sse", "websocket"), false);
        result.outcomes().forEach(ComparisonTest::assertBalanced);
        assumeThat(result.outcomes().get(0).invalid()).as("too busy").isEmpty();
        assertThat(result.agreement()).hasSize(10).noneMatch(line -> line.verdict() == Verdict.DISAGREES);
    }

    private static double bytes(Outcome outcome) {
        return (double) (outcome.counts().bytesToConsumer() + outcome.counts().bytesToProvider())
                / outcome.counts().delivered();
    }

    /** Unless this machine was too busy for the run. */
    private static void assertNothingDisagrees(Comparison.Result result) {
        assumeThat(result.outcomes().get(0).invalid()).isEmpty();
        assertThat(result.agreement())
                .extracting(AgreementLine::verdict)
                .as("%s", result.agreement())
                .doesNotContain(Verdict.DISAGREES);
    }

    /** Ten consumers with five events a second each. */
    private static Comparison.Result run(String name, Map<String, String> options, int seconds) throws Exception {
        Scenario scenario = ComparisonTest.scenario(
                        new PoissonArrivals(5), Scenario.Streams.PER_CONSUMER, 10, seconds * SECOND, 500 * MILLISECOND)
                .withModeOptions(options);
        Scenario drained = scenario.withRun(scenario.run().withDrainNanos(SECOND)); // what is lost is waited for
        List<DeliveryMode> modes = DeliveryModes.all().stream()
                .filter(mode -> mode.name().equals(name))
                .map(mode -> DeliveryModes.in(drained, mode))
                .toList();
        return new Comparison(drained, modes, new Interruption(), RunListener.NONE).run();
    }

    private static Outcome outcome(Comparison.Result result) {
        Outcome outcome = result.outcomes().get(0);
        assertBalanced(outcome);
        return outcome;
    }
}
