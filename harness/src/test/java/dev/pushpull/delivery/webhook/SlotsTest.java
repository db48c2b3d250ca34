package dev.pushpull.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.scenario.MissReason;
import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Slots;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.DisablingRule;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.testing.ScenarioDraft;
import dev.pushpull.virtual.VirtualTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What slow and dead endpoints do in virtual time, to themselves and to others; all times in seconds. */
class SlotsTest {
    private static ScenarioDraft draft(int consumers) {
        return ScenarioDraft.poisson(1, 1_000).consumers(consumers).retries(0, 0);
    }

    private static int slow(Scenario scenario) {
        int consumers = scenario.events().consumers();
        return IntStream.range(0, consumers)
                .filter(consumer -> scenario.webhooks().endpoints().answerNanos(consumer, consumers) > 0)
                .findFirst()
                .orElseThrow();
    }

    private static Outcome simulated(ScenarioDraft draft, double[]... eventsOfEach) {
        long[][] nanos = Arrays.stream(eventsOfEach)
                .map(events ->
                        Arrays.stream(events).mapToLong(ScenarioDraft::nanos).toArray())
                .toArray(long[][]::new);
        return simulated(draft.scenario(), ArrivalStreams.known(nanos), new Seeds(1));
    }

    private static Outcome simulated(Scenario scenario, ArrivalStreams events, Seeds seeds) {
        Outcome outcome = VirtualTime.run(WebhookVirtual.in("webhook", scenario, events, seeds), scenario, events);
        assertThat(outcome.ledger().unbalanced()).isEmpty();
        return outcome;
    }

    private static Outcome drawn(ScenarioDraft draft) {
        Scenario scenario = draft.scenario();
        Seeds seeds = new Seeds(1);
        return simulated(
                scenario,
                ArrivalStreams.drawn(
                        scenario.events().arrivals(), scenario.events().streamCount(), seeds),
                seeds);
    }

    /** The same draws of chance by consumer, event and arrival, whether all endpoints are simulated together or not. */
    @Test
    void whereNothingWaitsForASlotFailuresAndRepetitionsAreThoseWithoutSlots() {
        Scenario.Faults faults = new Scenario.Faults(
                List.of(new Outage(ScenarioDraft.nanos(200), ScenarioDraft.nanos(5))), 0, 0, 0.2, 0.1);
        Outcome alone = drawn(draft(20).retries(0, 0, 1, 10, 60).faults(faults));
        Outcome together =
                drawn(draft(20).retries(0, 0, 1, 10, 60).faults(faults).inFlight(1_000_000, 1_000_000));

        assertThat(together.counts().slots()).as("slots were counted").isNotEqualTo(Slots.NONE);
        assertThat(together.counts().delivered()).isEqualTo(alone.counts().delivered());
        assertThat(together.counts().missed()).isEqualTo(alone.counts().missed());
        assertThat(together.counts().attempts()).isEqualTo(alone.counts().attempts());
        assertThat(together.counts().duplicates())
                .isEqualTo(alone.counts().duplicates())
                .isPositive();
    }

    /** The slow one's events, and the others'. */
    private static double[][] events(ScenarioDraft draft, double[] slow, double[] others) {
        double[][] events = new double[draft.scenario().events().consumers()][];
        Arrays.fill(events, others);
        events[slow(draft.scenario())] = slow;
        return events;
    }

    private static double maxSeconds(Outcome outcome) {
        return outcome.latency().maxMillis().orElseThrow() / 1e3;
    }

    @Test
    void aSlowEndpointHoldsItsEventAtOnceAndKeepsItsSlot() {
        Outcome outcome = simulated(draft(1).slow(1, 2), new double[] {10, 10.5});
        assertThat(maxSeconds(outcome)).isZero();
        assertThat(outcome.counts().slots()).isEqualTo(new Slots(2, 4, 2, 0));
    }

    @Test
    void othersWaitWhenTheSlowOnesHaveAllSlots() {
        ScenarioDraft draft = draft(2).slow(0.5, 2).inFlight(2, 2);
        Outcome outcome = simulated(draft, events(draft, new double[] {10, 10.5}, new double[] {11}));
        assertThat(maxSeconds(outcome)).as("until 12").isCloseTo(1, within(0.001));
        assertThat(outcome.counts().slots().most()).isEqualTo(2);
        assertThat(outcome.counts().slots().waitSeconds()).isCloseTo(1, within(1e-9));
    }

    @Test
    void aLimitForEachEndpointProtectsTheOthers() {
        ScenarioDraft draft = draft(2).slow(0.5, 2).inFlight(2, 1);
        Outcome outcome = simulated(draft, events(draft, new double[] {10, 10.5}, new double[] {11}));
        assertThat(maxSeconds(outcome))
                .as("the slow one's second waits for its first")
                .isCloseTo(1.5, within(0.001));
        assertThat(outcome.latency().medianNanos()).as("the other's does not").isZero();
    }

    @Test
    void slotsAreOccupiedForTheRateTimesTheServiceTime() {
        // 100 consumers at 1/s, of which 5 answer after 2 s
        Outcome outcome = drawn(draft(100).slow(0.05, 2));
        double occupied = outcome.counts().slots().seconds() / 1_000;
        assertThat(occupied).isCloseTo(100 * 0.05 * 2, within(4 * 2 * Math.sqrt(5_000) / 1_000));
        assertThat(outcome.latency().quantileMillis(0.5).orElseThrow()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 12})
    void withFewerSlotsThanThatTheLineGrowsForEver(int slots) {
        ScenarioDraft draft = draft(100).slow(0.05, 2).inFlight(slots, slots);
        double half = waits(draft.duration(500));
        double whole = waits(draft.duration(1_000));
        if (slots < 10) {
            assertThat(whole).isGreaterThan(1.5 * half).isGreaterThan(10);
        } else {
            assertThat(whole).isLessThan(2);
        }
    }

    private static double waits(ScenarioDraft draft) {
        Slots slots = drawn(draft).counts().slots();
        return slots.waitSeconds() / slots.attempts();
    }

    @Test
    void limitsThatAreNeverReachedChangeNothing() {
        ScenarioDraft draft = draft(5).legs(0, 0.2).outage(100, 50).retries(0, 0, 1, 5);
        Outcome free = drawn(draft);
        Outcome limited = drawn(draft.inFlight(10_000, 10_000));
        assertThat(limited.counts().delivered()).isEqualTo(free.counts().delivered());
        assertThat(limited.counts().attempts()).isEqualTo(free.counts().attempts());
        assertThat(free.counts().slots()).isEqualTo(Slots.NONE);
        assertThat(limited.counts().slots().waitSeconds()).isZero();
    }

    @Test
    void aDeadEndpointRefusesEachAttemptFromItsMomentOn() {
        Outcome always = simulated(draft(1).dead(1, 0).retries(0, 0, 5), new double[] {10, 20});
        assertThat(always.counts().attempts()).isEqualTo(4);
        assertThat(always.counts().missed()).containsEntry(MissReason.RETRIES_EXHAUSTED.text(), 2L);
        assertThat(always.counts().bytesToConsumer()).isZero();
        Outcome later = simulated(draft(1).dead(1, 15), new double[] {10, 20});
        assertThat(later.counts().delivered()).isEqualTo(1);
    }

    @Test
    void anAnswerAfterTheTimeoutIsAFailureAndBringsTheEventAgain() {
        // the timeout is 15 s
        Outcome outcome = simulated(draft(1).slow(1, 20).retries(0, 0, 1, 1), new double[] {10});
        assertThat(outcome.counts().delivered()).isEqualTo(1);
        assertThat(outcome.counts().attempts()).isEqualTo(3);
        assertThat(outcome.counts().duplicates()).isEqualTo(2);
        assertThat(outcome.counts().slots().seconds()).isCloseTo(45, within(1e-9));
        assertThat(outcome.counts().bytesToProvider())
                .as("nobody waits for an answer")
                .isZero();
    }

    @Test
    void anEndpointIsDisabledAfterSoManyFailuresInARow() {
        ScenarioDraft draft = draft(1).dead(1, 0).retries(0, 0, 1);
        DisablingRule forGood = new DisablingRule(3, 0, 0, 0);
        Outcome outcome = simulated(draft.disabling(forGood), new double[] {10, 20, 30});
        assertThat(outcome.counts().attempts()).as("10, 11, 20").isEqualTo(3);
        assertThat(outcome.counts().missed())
                .containsEntry(MissReason.RETRIES_EXHAUSTED.text(), 1L)
                .containsEntry(MissReason.ENDPOINT_DISABLED.text(), 2L);
    }

    @Test
    void aPauseEndsAndASuccessForgetsTheFailures() {
        DisablingRule pauses = new DisablingRule(2, 5_000_000_000L, 60_000_000_000L, 0);
        ScenarioDraft draft = draft(1).outage(9, 3).disabling(pauses);
        // two failures at 10 and 11; a pause until 16
        Outcome outcome = simulated(draft, new double[] {10, 11, 15, 17, 20});
        assertThat(outcome.counts().attempts()).isEqualTo(4);
        assertThat(outcome.counts().delivered()).isEqualTo(2);
        assertThat(outcome.counts().missed()).containsEntry(MissReason.ENDPOINT_DISABLED.text(), 1L);
    }

    @Test
    void consumersWithoutACommonLimitNeedNoCommonSender() {
        ScenarioDraft draft = draft(50).failureRate(0.3).retries(0, 0, 1).disabling(new DisablingRule(4, 0, 0, 0));
        Outcome outcome = drawn(draft);
        assertThat(outcome.counts().slots()).isEqualTo(Slots.NONE);
        assertThat(outcome.counts().missed()).containsKey(MissReason.ENDPOINT_DISABLED.text());
        assertThat(outcome.counts().delivered()).isPositive();
    }

    @Test
    void whatWaitsAtTheEndIsPending() {
        Outcome outcome = simulated(
                ScenarioDraft.of(new PoissonArrivals(1), 1)
                        .duration(20)
                        .drain(0)
                        .slow(1, 10)
                        .inFlight(1, 1),
                new double[] {1, 2, 3, 4});
        // they start at 1 and 11; at 21, one second after the end, the third; the fourth never
        assertThat(outcome.counts().delivered()).isEqualTo(3);
        assertThat(outcome.counts().pending()).containsEntry(MissReason.WAITING.text(), 1L);
    }
}
