package dev.pushpull.delivery.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.measure.LatencyCounts;
import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.testing.ScenarioDraft;
import dev.pushpull.virtual.KindTally;
import dev.pushpull.virtual.VirtualTally;
import dev.pushpull.virtual.VirtualTally.Count;
import dev.pushpull.virtual.VirtualTime;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What goes wrong while a consumer opens its next connection before an announced end, where chance has no part in it. A
 * connection lives for 10 s, and the next one is there after 8 s, which leaves nothing else to wait for. Seconds.
 */
class OverlapTroubleTest {
    private static ScenarioDraft draft(double seconds) {
        return ScenarioDraft.poisson(1, seconds)
                .aligned()
                .option("--make-before-break", "true")
                .option("--stream-lifetime", "10s")
                .option("--reconnect", "2s")
                .option("--heartbeat", "3s")
                .option("--read-timeout", "9s");
    }

    private static Middlebox box(double idle, double lifetime, boolean silent) {
        return new Middlebox("box", ScenarioDraft.nanos(idle), ScenarioDraft.nanos(lifetime), 0, 0, silent, 0);
    }

    private static VirtualTally simulated(ScenarioDraft draft, double... eventSeconds) {
        Scenario scenario = draft.scenario();
        long[] events =
                Arrays.stream(eventSeconds).mapToLong(ScenarioDraft::nanos).toArray();
        return VirtualTime.tally(
                scenario,
                ArrivalStreams.known(new long[][] {events}),
                VirtualStreams.sizes(scenario),
                VirtualStreams.held(scenario, new Seeds(1)),
                LatencyCounts.THREE_DIGITS);
    }

    private static KindTally stream(VirtualTally tally) {
        return tally.wire().of(VirtualStreams.STREAM);
    }

    private static Optional<Prediction> predicted(ScenarioDraft draft) {
        return StreamTheory.of(any -> VirtualStreams.sizes(any).get(0), any -> 0)
                .predict(draft.scenario());
    }

    /** One from 0 to 7, when the next would still have to wait for a second, and one from 12 on. */
    @Test
    void aConsumerThatIsDownOpensNothing() {
        VirtualTally tally = simulated(draft(19).outage(7, 5), 1, 9);
        assertThat(stream(tally).made()).isEqualTo(2);
        assertThat(stream(tally).heldSeconds()).isCloseTo(7 + 7, within(1e-6));
        assertThat(tally.total(Count.DELIVERED)).isEqualTo(2);
        assertThat(tally.total(Count.DUPLICATES)).isZero();
    }

    /** One from 0 and one from 8, both to 9, and one from 12 on. */
    @Test
    void anOutageCutsBothConnections() {
        VirtualTally tally = simulated(draft(19).outage(9, 3), 8.5, 9.5);
        assertThat(stream(tally).made()).isEqualTo(3);
        assertThat(stream(tally).heldSeconds()).isCloseTo(9 + 1 + 7, within(1e-6));
        assertThat(tally.total(Count.DELIVERED)).isEqualTo(2);
        assertThat(tally.total(Count.DUPLICATES)).as("that of 8.5").isEqualTo(1);
    }

    /** Each lives for 6 s, which nobody announced, and is followed by a gap of 2 s. */
    @Test
    void whatStandsBetweenAnnouncesNothing() {
        ScenarioDraft behind = draft(799.5).behind(box(0, 6, false));
        VirtualTally tally = simulated(behind, 7);
        assertThat(stream(tally).made()).isEqualTo(100);
        assertThat(stream(tally).heldSeconds()).isCloseTo(600, within(1e-6));
        assertThat(predicted(behind).orElseThrow().value("held_connections").orElseThrow())
                .isCloseTo(0.75, within(1e-9));
        assertThat(predicted(behind).orElseThrow().value("latency_mean_ms").orElseThrow())
                .as("the gap of 2 s counts")
                .isCloseTo(250, within(1e-9));
    }

    /** Each lives for 9 s, and the next one is there after 8. */
    @Test
    void anEndAfterTheNextOneWasOpenedMakesNoGap() {
        ScenarioDraft behind = draft(799.5).behind(box(0, 9, false));
        VirtualTally tally = simulated(behind, 8.5, 9.5);
        assertThat(stream(tally).made()).isEqualTo(100);
        assertThat(stream(tally).heldSeconds()).isCloseTo(99 * 9 + 7.5, within(1e-6));
        assertThat(tally.total(Count.DUPLICATES)).isEqualTo(1);
        assertThat(predicted(behind)).as("has no closed form").isEmpty();
    }

    /** Each is dead after 6 s, the consumer would notice that after 12, but opens the next one after 8 as announced. */
    @Test
    void aSilentDeathIsOverWhenTheAnnouncedTimeComes() {
        ScenarioDraft behind = draft(24).behind(box(0, 6, true));
        VirtualTally tally = simulated(behind, 7);
        assertThat(stream(tally).made()).isEqualTo(3);
        assertThat(stream(tally).heldSeconds()).isCloseTo(12 + 12 + 8, within(1e-6));
        assertThat(tally.total(Count.DELIVERED)).isEqualTo(1);
        assertThat(predicted(behind)).as("has no closed form").isEmpty();
    }

    /** A silence of 9.5 s would end it then, if the event at 8.5 did not come over both. */
    @Test
    void anEventKeepsBothConnectionsFromBeingGivenUpForTheirSilence() {
        ScenarioDraft silent = draft(12).option("--heartbeat", "none").option("--read-timeout", "9500ms");
        assertThat(stream(simulated(silent, 11)).heldSeconds()).isCloseTo(9.5 + 4, within(1e-6));
        assertThat(stream(simulated(silent, 8.5)).heldSeconds()).isCloseTo(10 + 4, within(1e-6));
    }

    /** At 97 s the one that began at 88 has not come to its end. */
    @Test
    void connectionsWithoutEventsAreHeldOnlyWithinTheRun() {
        VirtualTally tally = simulated(draft(97), 1);
        assertThat(stream(tally).made()).isEqualTo(13);
        assertThat(stream(tally).heldSeconds()).isCloseTo(11 * 10 + 9 + 1, within(1e-6));
    }

    @Test
    void twoConnectionsOfAConsumerNeedTwoPlaces() {
        Middlebox six = new Middlebox("box", 0, 0, 0, 6, false, 0);
        ScenarioDraft four = draft(100).consumers(4).behind(six);
        assertThat(StreamOptions.leavesOut(four.scenario())).get().asString().contains("only 6 of up to 8 connections");
        assertThat(StreamOptions.leavesOut(
                        four.option("--make-before-break", "false").scenario()))
                .isEmpty();
    }

    @Test
    void whichOfTwoConnectionsIsIdleIsNotFollowed() {
        ScenarioDraft idle = draft(100).option("--heartbeat", "none").option("--read-timeout", "none");
        assertThat(StreamOptions.leavesOut(idle.behind(box(5, 0, false)).scenario()))
                .isPresent();
        assertThat(StreamOptions.leavesOut(draft(100).behind(box(5, 0, false)).scenario()))
                .isEmpty();
    }
}
