package dev.pushpull.delivery.batched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.scenario.MissReason;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.testing.ScenarioDraft;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to given events in virtual time; all times in seconds. */
class BatchedVirtualTest {
    private static ScenarioDraft draft() {
        return ScenarioDraft.poisson(1, 100).legs(0.05, 0.2).option("--batch-wait", "5s");
    }

    private static Outcome simulated(ScenarioDraft draft, double... events) {
        long[] nanos = Arrays.stream(events).mapToLong(ScenarioDraft::nanos).toArray();
        return simulated(draft.scenario(), ArrivalStreams.known(new long[][] {nanos}));
    }

    private static Outcome simulated(Scenario scenario, ArrivalStreams events) {
        Outcome outcome = new BatchedWebhookMode().virtual().simulate(scenario, events, new Seeds(1));
        assertThat(outcome.ledger().unbalanced()).isEmpty();
        return outcome;
    }

    private static double meanSeconds(Outcome outcome) {
        return outcome.latency().meanMillis().orElseThrow() / 1e3;
    }

    @Test
    void eventsOfABatchArriveTogether() {
        Outcome outcome = simulated(draft(), 10, 11, 14.9, 30);
        assertThat(outcome.counts().attempts()).isEqualTo(2);
        assertThat(meanSeconds(outcome)).isCloseTo((5 + 4 + 0.1 + 5) / 4 + 0.2, within(1e-9));
    }

    @Test
    void aFullBatchGoesAtOnce() {
        Outcome outcome = simulated(draft().option("--batch-size", "2"), 10, 11, 14);
        assertThat(outcome.counts().attempts()).isEqualTo(2);
        assertThat(meanSeconds(outcome)).isCloseTo((1 + 0 + 5) / 3.0 + 0.2, within(1e-9));
    }

    @Test
    void whatWaitsGoesWhenTheBatchBeforeIsAnswered() {
        Outcome outcome = simulated(draft().option("--batch-law", "pending"), 10, 10.1, 10.2, 20);
        // sent at 10, answered at 10.4: the leg of a poll does not matter
        assertThat(outcome.counts().attempts()).isEqualTo(3);
        assertThat(meanSeconds(outcome)).isCloseTo((0 + 0.3 + 0.2 + 0) / 4 + 0.2, within(1e-9));
    }

    @Test
    void aBatchThatIsNotTakenIsTriedAgainAsAWhole() {
        Outcome outcome = simulated(draft().retries(0, 0, 10).outage(14, 4), 10, 11);
        assertThat(outcome.counts().attempts()).isEqualTo(2);
        assertThat(meanSeconds(outcome)).isCloseTo((15 + 14) / 2.0 + 0.2, within(1e-9));
        assertThat(simulated(draft().retries(0, 0).outage(14, 4), 10, 11)
                        .counts()
                        .missed())
                .containsEntry(MissReason.RETRIES_EXHAUSTED.text(), 2L);
    }

    @Test
    void aBatchOnItsWayAtTheEndArrives() {
        Outcome outcome = simulated(draft(), 99);
        assertThat(outcome.counts().delivered()).isEqualTo(1);
        assertThat(outcome.counts().attempts()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"first-event", "last-dispatch", "window", "pending"})
    void anEventThatIsRefusedIsLostWithItsBatchOrAloneWhereThatIsSplit(String law) {
        ScenarioDraft refusing = ScenarioDraft.of(new PoissonArrivals(5), 1)
                .duration(2_000)
                .retries(0, 0, 0.5)
                .legs(0.05, 0.2)
                .option("--batch-law", law)
                .option("--refused-share", "0.05");
        ArrivalStreams events = ArrivalStreams.drawn(new PoissonArrivals(5), 1, new Seeds(1));
        Outcome whole = simulated(refusing.scenario(), events);
        Outcome split = simulated(refusing.option("--batch-split", "true").scenario(), events);

        double expected = whole.counts().expected();
        assertThat(split.counts().missedInAll() / expected).isCloseTo(0.05, within(0.02));
        assertThat(whole.counts().missedInAll())
                .as("its neighbours, too")
                .isGreaterThan(split.counts().missedInAll());
        assertThat(split.counts().attempts()).isGreaterThan(whole.counts().attempts());
        assertThat(whole.counts().lost()).containsOnlyKeys(MissReason.RETRIES_EXHAUSTED.text());
    }

    @Test
    void aBatchWaitsForASlot() {
        Outcome outcome =
                simulated(draft().option("--batch-size", "2").slow(1, 3).inFlight(1, 1), 10, 11, 12, 13);
        // sent at 11, and when that is answered at 14.2
        assertThat(outcome.counts().attempts()).isEqualTo(2);
        assertThat(meanSeconds(outcome)).isCloseTo((1 + 0 + 2.2 + 1.2) / 4 + 0.2, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"first-event", "last-dispatch", "window", "pending"})
    void aSenderWithSlotsToSpareSendsWhatOneWithoutDoes(String law) {
        ScenarioDraft draft = ScenarioDraft.poisson(2, 500)
                .consumers(5)
                .legs(0.05, 0.2)
                .option("--batch-law", law)
                .option("--refused-share", "0.05")
                .option("--batch-split", "true")
                .retries(0, 0, 1, 2);
        Outcome free = drawn(draft);
        Outcome limited = drawn(draft.inFlight(1_000, 1_000));
        assertThat(limited.counts().attempts()).isEqualTo(free.counts().attempts());
        assertThat(limited.counts().missed()).isEqualTo(free.counts().missed());
        assertThat(limited.latency().maxMillis()).isEqualTo(free.latency().maxMillis());
        assertThat(meanSeconds(limited)).isCloseTo(meanSeconds(free), within(1e-9));
    }

    private static Outcome drawn(ScenarioDraft draft) {
        Scenario scenario = draft.scenario();
        return simulated(
                scenario,
                ArrivalStreams.drawn(
                        scenario.events().arrivals(), scenario.events().streamCount(), new Seeds(1)));
    }
}
