package dev.pushpull.delivery.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.measure.LatencyCounts;
import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.testing.ScenarioDraft;
import dev.pushpull.virtual.KindTally;
import dev.pushpull.virtual.VirtualTally;
import dev.pushpull.virtual.VirtualTally.Count;
import dev.pushpull.virtual.VirtualTime;
import org.junit.jupiter.api.Test;

/** What a middlebox does to a stream in virtual time, where chance has no part in it. Events come at 5 s and 1,000 s. */
class BehindVirtualTest {
    private static final long SECOND = 1_000_000_000L;

    /** Each connection: 20 s, the last heartbeat at 18, given up at 27, and the next one second later. */
    @Test
    void aSilentDeathIsHeldUntilItIsNoticed() {
        VirtualTally tally = simulated(draft().option("--heartbeat", "3s")
                .option("--read-timeout", "9s")
                .option("--reconnect", "1s")
                .behind(box(0, 20, true)));
        assertThat(stream(tally).made()).isEqualTo(100);
        assertThat(stream(tally).heldSeconds()).isCloseTo(2700, within(1e-6));
        assertThat(stream(tally).beats()).isEqualTo(600);
        assertThat(tally.total(Count.DELIVERED)).isEqualTo(2);
    }

    @Test
    void withoutAReadTimeoutItIsNeverNoticedAndNothingMoreArrives() {
        VirtualTally tally = simulated(draft().option("--heartbeat", "3s")
                .option("--read-timeout", "none")
                .behind(box(0, 20, true)));
        assertThat(stream(tally).made()).isEqualTo(1);
        assertThat(stream(tally).heldSeconds()).as("it believes so").isCloseTo(2799.5, within(1e-6));
        assertThat(stream(tally).beats()).isEqualTo(6);
        assertThat(tally.total(Count.DELIVERED)).isEqualTo(1);
        assertThat(tally.missedByReason()).hasSize(1).containsValue(1L);
    }

    /** One at 15 s is in time after the beginning and after 5 s, so the first connection ends at 25, others at 10. */
    @Test
    void aHeartbeatThatIsTooRareOnlySometimesComesInTime() {
        VirtualTally tally = simulated(draft().option("--heartbeat", "15s")
                .option("--reconnect", "1s")
                .behind(box(10.5, 0, false))
                .duration(27));
        assertThat(stream(tally).beats()).isEqualTo(1);
        assertThat(stream(tally).heldSeconds()).isCloseTo(25.5 + 0.5, within(1e-6));
        assertThat(stream(tally).made()).isEqualTo(2);
    }

    private static VirtualTally simulated(ScenarioDraft draft) {
        Scenario scenario = draft.scenario();
        ArrivalStreams events = ArrivalStreams.known(new long[][] {{5 * SECOND, 1000 * SECOND}});
        return VirtualTime.tally(
                scenario,
                events,
                VirtualStreams.sizes(scenario),
                VirtualStreams.held(scenario, new Seeds(1)),
                LatencyCounts.THREE_DIGITS);
    }

    private static ScenarioDraft draft() {
        return ScenarioDraft.poisson(1, 2799.5).aligned();
    }

    private static Middlebox box(double idle, double lifetime, boolean silent) {
        return new Middlebox("box", ScenarioDraft.nanos(idle), ScenarioDraft.nanos(lifetime), 0, 0, silent, 0);
    }

    private static KindTally stream(VirtualTally tally) {
        return tally.wire().of(VirtualStreams.STREAM);
    }
}
