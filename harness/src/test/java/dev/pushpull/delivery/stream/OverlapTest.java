package dev.pushpull.delivery.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.testing.ScenarioDraft;
import dev.pushpull.virtual.VirtualTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The next connection before the end of the one before; all times in seconds. */
class OverlapTest {
    private static final double SECONDS = 4_000;

    private static ScenarioDraft draft() {
        return ScenarioDraft.poisson(2, SECONDS)
                .consumers(4)
                .legs(0, 0.1)
                .option("--stream-lifetime", "10s")
                .option("--reconnect", "2s")
                .option("--heartbeat", "3s")
                .option("--replay", "none");
    }

    private static Outcome simulated(Scenario scenario) {
        Seeds seeds = new Seeds(3);
        ArrivalStreams events = ArrivalStreams.drawn(
                scenario.events().arrivals(), scenario.events().streamCount(), seeds);
        Outcome outcome = VirtualTime.run(
                "streams", scenario, events, VirtualStreams.sizes(scenario), VirtualStreams.held(scenario, seeds));
        assertThat(outcome.ledger().unbalanced()).isEmpty();
        return outcome;
    }

    private static Prediction predicted(Scenario scenario) {
        return StreamTheory.of(any -> VirtualStreams.sizes(any).get(0), any -> 0)
                .predict(scenario)
                .orElseThrow();
    }

    @Test
    void nothingIsLostOrLateAtAnAnnouncedEndAndWhatComesTwiceIsCounted() {
        Scenario scenario = draft().option("--make-before-break", "true").scenario();
        Outcome outcome = simulated(scenario);
        assertThat(outcome.counts().missed()).isEmpty();
        assertThat(outcome.latency().valueAt(1) / 1e9).as("the leg alone").isCloseTo(0.1, within(0.001));
        double cycle = 10 - 2 + 0.1;
        assertThat((double) outcome.counts().duplicates() / outcome.counts().delivered())
                .isCloseTo(1.9 / cycle, within(0.02));
        Prediction predicted = predicted(scenario);
        assertThat(outcome.counts().held().reconnects())
                .isCloseTo(Math.round(predicted.value("reconnects").orElseThrow()), withinPercentage(1));
        assertThat(outcome.counts().held().seconds() / SECONDS)
                .isCloseTo(predicted.value("held_connections").orElseThrow(), withinPercentage(1));
        assertThat((double) outcome.counts().held().frames() / outcome.counts().delivered())
                .isCloseTo(predicted.value("frames_per_delivery").orElseThrow(), withinPercentage(1));
        assertThat(predicted.value("latency_p999_ms").orElseThrow()).isCloseTo(100, within(1e-9));
        assertThat(predicted.value("lost_ratio").orElseThrow()).isZero();
    }

    @Test
    void anEndThatNobodyAnnouncesStillMakesAGap() {
        Outcome outcome = simulated(draft().option("--make-before-break", "true")
                .randomOutages(100, 5)
                .scenario());
        assertThat(outcome.counts().missedInAll() / (double) outcome.counts().expected())
                .isCloseTo(5 / 105.0, within(0.02));
    }

    @Test
    void connectionsWithoutEventsAreCountedNotVisited() {
        Scenario quiet = ScenarioDraft.poisson(1e-6, 4e7)
                .option("--stream-lifetime", "10s")
                .option("--reconnect", "2s")
                .option("--make-before-break", "true")
                .scenario();
        assertThat(simulated(quiet).counts().held().reconnects()).isCloseTo(5_000_000, withinPercentage(0.1));
    }

    @Test
    void aConnectionMustLiveLongerThanItIsOpenedBeforehand() {
        for (String reconnect : List.of("10s", "100ms")) {
            Scenario scenario = draft().option("--make-before-break", "true")
                    .option("--reconnect", reconnect)
                    .wire(false, 0.05, 45)
                    .scenario();
            assertThatThrownBy(() -> StreamOptions.check(scenario))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("--reconnect: '" + reconnect
                            + "' is not accepted; accepted: with --make-before-break, one below --stream-lifetime 10s");
        }
    }

    @Test
    void withoutALifetimeThereIsNothingToAnnounce() {
        assertThat(StreamOptions.warnings(ScenarioDraft.poisson(1, 10)
                        .option("--make-before-break", "true")
                        .scenario()))
                .singleElement()
                .asString()
                .contains("--make-before-break changes nothing");
    }

    @Test
    void lossByDesignIsWarnedOfUnlessPollsFindIt() {
        ScenarioDraft losing = ScenarioDraft.poisson(1, 100).option("--replay", "none");
        assertThat(StreamOptions.warnings(losing.scenario())).hasSize(1);
        assertThat(StreamOptions.warnings(losing.option("--reconcile", "10s").scenario()))
                .isEmpty();
    }
}
