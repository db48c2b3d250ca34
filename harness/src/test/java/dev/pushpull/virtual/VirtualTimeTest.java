package dev.pushpull.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.delivery.hybrid.VirtualHybrid;
import dev.pushpull.delivery.longpoll.VirtualLongPolling;
import dev.pushpull.delivery.polling.VirtualPolling;
import dev.pushpull.delivery.webhook.VirtualWebhooks;
import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.testing.ScenarioDraft;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to events in virtual time. */
class VirtualTimeTest {

    private enum Mode {
        POLLING(VirtualPolling::fixed),
        ADAPTIVE(VirtualPolling::adaptive),
        LONG(VirtualLongPolling::held),
        WEBHOOK(VirtualWebhooks::pushed),
        HYBRID(VirtualHybrid::both);

        private final BiFunction<Scenario, Seeds, VirtualTime.Consumers> consumers;

        Mode(BiFunction<Scenario, Seeds, VirtualTime.Consumers> consumers) {
            this.consumers = consumers;
        }
    }

    @ParameterizedTest
    @EnumSource
    void noFigureDependsOnTheNumberOfCores(Mode mode) {
        Scenario scenario = ScenarioDraft.of(BurstyArrivals.ofMeanRate(0.7), 1)
                .duration(3_000)
                .consumers(150)
                .legs(0.01, 0.01)
                .randomOutages(50, 5)
                .scenario();
        Outcome one = in(1, mode, scenario);
        Outcome four = in(4, mode, scenario);
        assertThat(four.counts()).isEqualTo(one.counts());
        assertThat(four.intervals()).isEqualTo(one.intervals());
        assertThat(four.latency().sumNanos()).isEqualTo(one.latency().sumNanos());
        assertThat(four.latency().histogram()).isEqualTo(one.latency().histogram());
    }

    @ParameterizedTest
    @EnumSource
    void theBooksBalanceWhateverGoesWrong(Mode mode) {
        for (int seed = 0; seed < 20; seed++) {
            Scenario scenario = ScenarioDraft.of(BurstyArrivals.ofMeanRate(2), 1)
                    .duration(200)
                    .consumers(30)
                    .retention(20)
                    .pageLimit(3)
                    .legs(0.05, 0.05)
                    .retries(0, 0, 1, 5, 30)
                    .faults(new Scenario.Faults(
                            List.of(new Outage(0, 3_000_000_000L), new Outage(195_000_000_000L, 30)),
                            30_000_000_000L,
                            4_000_000_000L,
                            0.2,
                            0.1))
                    .scenario();
            Outcome outcome = simulated(mode, scenario, new Seeds(seed));
            assertThat(outcome.invalid()).isEmpty();
            assertThat(outcome.counts().expected()).isGreaterThan(1_000);
            assertThat(outcome.latency().count()).isEqualTo(outcome.counts().delivered());
            assertThat(outcome.counts().emptyPolls())
                    .isBetween(0L, outcome.counts().polls());
        }
    }

    @Test
    void everyConsumerOfASharedStreamSeesTheSameEvents() {
        Scenario scenario = ScenarioDraft.poisson(1, 100).consumers(7).shared().scenario();
        Outcome outcome = simulated(Mode.POLLING, scenario, new Seeds(3));
        assertThat(outcome.counts().expected()).isEqualTo(7 * outcome.counts().events());
        assertThat(outcome.counts().delivered()).isEqualTo(outcome.counts().expected());
        assertThat(outcome.counts().polls()).isEqualTo(700);
    }

    @Test
    void pollsAreNotMadeInAnOutageAndTheNextBringsAll() {
        Scenario scenario = ScenarioDraft.poisson(5, 100).outage(40, 10).scenario();
        Outcome outcome = simulated(Mode.POLLING, scenario, new Seeds(1));
        assertThat(outcome.counts().polls()).isEqualTo(90);
        assertThat(outcome.counts().delivered()).isEqualTo(outcome.counts().expected());
        assertThat(outcome.latency().maxMillis().orElseThrow()).isBetween(10_000.0, 11_000.0);
    }

    @Test
    void adaptivePollsWaitForTheEndOfAnOutage() {
        Scenario scenario = ScenarioDraft.poisson(5, 100).outage(40, 10).scenario();
        Outcome outcome = simulated(Mode.ADAPTIVE, scenario, new Seeds(1));
        assertThat(outcome.counts().delivered()).isEqualTo(outcome.counts().expected());
        assertThat(outcome.latency().maxMillis().orElseThrow()).isBetween(9_000.0, 10_000.0 + 1_000.0);
    }

    @Test
    void aLongPollIsCutOffByAnOutageAndMadeAgainAfterIt() {
        Scenario scenario = ScenarioDraft.of(new PoissonArrivals(1e-6), 1)
                .duration(100)
                .outage(40, 10)
                .option("--wait", "30s")
                .scenario();
        ArrivalStreams none = ArrivalStreams.known(new long[][] {{}});
        Outcome outcome = simulated(Mode.LONG, scenario, none, new Seeds(1));
        assertThat(outcome.counts().polls())
                .as("at 0, 30 (cut off at 40) and 50 s; that of 80 s is still held at the end")
                .isEqualTo(3);
        assertThat(outcome.counts().emptyPolls()).isEqualTo(3);

        ArrivalStreams oneInTheOutage = ArrivalStreams.known(new long[][] {{45_000_000_000L, 60_000_000_000L}});
        Outcome found = simulated(Mode.LONG, scenario, oneInTheOutage, new Seeds(1));
        assertThat(found.latency().maxMillis().orElseThrow()).isCloseTo(5_000, within(10.0));
        assertThat(found.counts().polls())
                .as("at 0, 30, 50 (found), 50 (found at 60) and 60; that of 90 s is still held at the end")
                .isEqualTo(5);
        assertThat(found.counts().emptyPolls()).isEqualTo(3);
    }

    @Test
    void webhooksThatCannotBeDeliveredAreMissedWithTheirReason() {
        Scenario exhausted = ScenarioDraft.poisson(1, 1_000)
                .outage(100, 100)
                .retries(0, 0, 1, 1)
                .scenario();
        assertThat(simulated(Mode.WEBHOOK, exhausted, new Seeds(1)).counts().missed())
                .containsOnlyKeys("retries exhausted");
        Scenario pending = ScenarioDraft.poisson(1, 1_000)
                .outage(900, 100)
                .retries(0, 0, 500)
                .scenario();
        assertThat(simulated(Mode.WEBHOOK, pending, new Seeds(1)).counts().missed())
                .containsOnlyKeys("retry pending");
    }

    @Test
    void retriedWebhooksComeOutOfOrder() {
        ArrivalStreams events = ArrivalStreams.known(new long[][] {{1, 2, 3, 4_000_000_000L, 9_000_000_000L}});
        Scenario scenario =
                ScenarioDraft.poisson(1, 10).outage(0, 2).retries(0, 0, 5).scenario();
        Outcome outcome = simulated(Mode.WEBHOOK, scenario, events, new Seeds(1));
        assertThat(outcome.counts().outOfOrder())
                .as("three that came again after 5 s")
                .isEqualTo(3);
        assertThat(outcome.counts().attempts()).isEqualTo(8);
    }

    @Test
    void reconciliationFindsWhatWebhooksLostAndReconfirmsTheRest() {
        Scenario scenario = ScenarioDraft.poisson(1, 10_000)
                .consumers(4)
                .failureRate(0.3)
                .retries(0, 0)
                .option("--reconcile", "60s")
                .drain(60)
                .scenario();
        Outcome outcome = simulated(Mode.HYBRID, scenario, new Seeds(1));
        Outcome.Counts counts = outcome.counts();
        assertThat(counts.delivered()).isEqualTo(counts.expected());
        assertThat(counts.attempts()).isEqualTo(counts.expected());
        assertThat(counts.duplicates()).isZero();
        assertThat((double) counts.reconfirmed() / counts.expected()).isCloseTo(0.7, within(0.02));
        assertThat(outcome.latency().meanMillis().orElseThrow())
                .as("three tenths wait half an interval")
                .isCloseTo(0.3 * 30_000, within(400.0));
        assertThat(counts.polls()).isBetween(4 * 166L, 4 * 167L);
    }

    @Test
    void aRetryThatComesAfterTheReconciliationIsADuplicate() {
        Scenario scenario = ScenarioDraft.poisson(1, 1_000)
                .outage(100, 50)
                .retries(0, 0, 200)
                .option("--reconcile", "10s")
                .scenario();
        Outcome.Counts counts = simulated(Mode.HYBRID, scenario, new Seeds(1)).counts();
        assertThat(counts.delivered()).isEqualTo(counts.expected());
        assertThat(counts.duplicates()).isBetween(30L, 70L);
        assertThat(counts.attempts()).isEqualTo(counts.expected() + counts.duplicates());
    }

    /** Each arrival is repeated with probability d: d + d^2 repetitions of an event with two retries. */
    @Test
    void whatIsAnsweredAsFailedArrivesAgainAndDelaysNothing() {
        ScenarioDraft draft = ScenarioDraft.poisson(1, 20_000).retries(0, 0, 1, 1);
        Scenario scenario =
                draft.faults(Scenario.Faults.NONE.withDuplicateRate(0.2)).scenario();
        Outcome.Counts counts = simulated(Mode.WEBHOOK, scenario, new Seeds(1)).counts();
        assertThat(counts.delivered()).isEqualTo(counts.expected());
        assertThat(counts.attempts()).isEqualTo(counts.expected() + counts.duplicates());
        double expected = 0.2 + 0.04;
        double deviation = Math.sqrt((0.2 + 3 * 0.04 - expected * expected) / counts.expected());
        assertThat((double) counts.duplicates() / counts.expected()).isCloseTo(expected, within(4 * deviation));
        assertThat(simulated(Mode.WEBHOOK, scenario, new Seeds(1))
                        .latency()
                        .maxMillis()
                        .orElseThrow())
                .isEqualTo(simulated(Mode.WEBHOOK, draft.scenario(), new Seeds(1))
                        .latency()
                        .maxMillis()
                        .orElseThrow());
    }

    @Test
    void anOutageThatRepeatsLeavesOutThePollsOfEach() {
        Outage everyHundredSeconds = Outage.every(100_000_000_000L, 10_000_000_000L, 1_000_000_000_000L);
        Scenario scenario = ScenarioDraft.poisson(1, 1000)
                .faults(Scenario.Faults.NONE.withOutages(List.of(everyHundredSeconds)))
                .scenario();
        assertThat(simulated(Mode.POLLING, scenario, new Seeds(1)).counts().polls())
                .isEqualTo(1000 - 9 * 10);
    }

    @Test
    void anOutageOverTheEndIsNotFetched() {
        Scenario scenario = ScenarioDraft.poisson(1, 100).outage(90, 30).scenario();
        assertThat(simulated(Mode.POLLING, scenario, new Seeds(1)).counts().missed())
                .containsOnlyKeys("not fetched before the end");
    }

    @Test
    void closingPollsAreInNoRatio() {
        ArrivalStreams atTheEnd = ArrivalStreams.known(new long[][] {{100_000_000_000L}});
        Outcome outcome = simulated(Mode.POLLING, ScenarioDraft.poisson(1, 100).scenario(), atTheEnd, new Seeds(1));
        assertThat(outcome.counts().delivered()).isEqualTo(1);
        assertThat(outcome.counts().polls()).isEqualTo(100);
        assertThat(outcome.counts().emptyPolls()).isEqualTo(100);
        assertThat(outcome.counts().drainRequests()).isEqualTo(1);
    }

    @Test
    void aYearOfEmptyPollsIsCountedAtOnce() {
        Scenario scenario =
                ScenarioDraft.poisson(1, 365 * 86_400.0).interval(1e-6).scenario();
        ArrivalStreams one = ArrivalStreams.known(new long[][] {{5_000_000_000L}});
        Outcome.Counts counts =
                simulated(Mode.POLLING, scenario, one, new Seeds(1)).counts();
        assertThat((double) counts.polls()).isCloseTo(365 * 86_400.0 * 1e6, within(1.0));
        assertThat(counts.delivered()).isEqualTo(1);
        assertThat(counts.emptyPolls()).as("all but the one that found it").isEqualTo(counts.polls() - 1);
    }

    private static Outcome in(int cores, Mode mode, Scenario scenario) {
        ForkJoinPool pool = new ForkJoinPool(cores);
        try {
            return pool.submit(() -> simulated(mode, scenario, new Seeds(5))).join();
        } finally {
            pool.shutdown();
        }
    }

    private static Outcome simulated(Mode mode, Scenario scenario, Seeds seeds) {
        ArrivalStreams events = ArrivalStreams.drawn(
                scenario.events().arrivals(), scenario.events().streamCount(), seeds);
        return simulated(mode, scenario, events, seeds);
    }

    private static Outcome simulated(Mode mode, Scenario scenario, ArrivalStreams events, Seeds seeds) {
        return VirtualTime.run(
                mode.name(),
                scenario,
                events,
                List.of(SurfaceBytes.polls(scenario), SurfaceBytes.webhooks(scenario)),
                mode.consumers.apply(scenario, seeds));
    }
}
