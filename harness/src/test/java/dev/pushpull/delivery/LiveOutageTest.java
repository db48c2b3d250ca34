package dev.pushpull.delivery;

import static dev.pushpull.testing.ScenarioDraft.nanos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.experiment.Comparison;
import dev.pushpull.experiment.run.EventPlan;
import dev.pushpull.experiment.run.LiveRun;
import dev.pushpull.experiment.run.LocalTrialGroup;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.experiment.run.WarmedUp;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.JournalStep.Step;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.testing.ScenarioDraft;
import dev.pushpull.testing.SharedClasses;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Outages and other faults of a live run: every mode that there is, side by side. */
@Tag("live")
@ExtendWith(SharedClasses.ForTheProgram.class)
class LiveOutageTest {
    /** What a busy machine may need to notice that an outage has begun, and for what was under way. */
    private static final long NOTICED_NANOS = nanos(0.3);

    private static final long FROM_NANOS = nanos(0.7);
    private static final long UNTIL_NANOS = nanos(1.7);
    private static final double RUN_SECONDS = 2.2;
    private static final int CONSUMERS = 3;

    private static ScenarioDraft draft(double seconds) {
        return ScenarioDraft.of(new PoissonArrivals(6), 0.4)
                .consumers(CONSUMERS)
                .duration(seconds)
                .drain(4)
                .option("--reconnect", "100ms")
                .option("--batch-wait", "100ms")
                .retries(0, 0, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25);
    }

    private static Scenario.Faults oneOutage() {
        return Scenario.Faults.NONE.withOutages(List.of(new Outage(FROM_NANOS, UNTIL_NANOS - FROM_NANOS)));
    }

    private static List<DeliveryMode> modes(Scenario scenario) {
        return DeliveryModes.all().stream()
                .filter(mode -> scenario.run().modes().contains(mode.name()))
                .toList();
    }

    private static LiveRun.Result run(Scenario scenario, Interruption interruption, RunListener listener)
            throws Exception {
        return new LiveRun(
                        new LocalTrialGroup.Host(),
                        scenario,
                        EventPlan.draw(scenario),
                        interruption,
                        listener,
                        CONSUMERS)
                .run(modes(scenario), WarmedUp.NOT);
    }

    private static LiveRun.Result run(Scenario scenario) throws Exception {
        return run(scenario, new Interruption(), RunListener.NONE);
    }

    private static Scenario of(ScenarioDraft draft, String... modes) {
        Scenario scenario = draft.scenario();
        List<String> names = modes.length > 0
                ? List.of(modes)
                : DeliveryModes.all().stream().map(DeliveryMode::name).toList();
        return scenario.withRun(scenario.run().withModes(names));
    }

    private static Outcome virtual(Scenario scenario, Outcome live) {
        DeliveryMode mode = DeliveryModes.all().stream()
                .filter(one -> one.name().equals(live.mode()))
                .findFirst()
                .orElseThrow();
        return ContractRuns.virtual(mode, scenario);
    }

    private static void balances(Outcome outcome) {
        assertThat(outcome.ledger().unbalanced()).as(outcome.mode()).isEmpty();
    }

    @Test
    void inAnOutageNothingArrivesAndAfterItEverythingDoes() throws Exception {
        Scenario scenario = of(draft(RUN_SECONDS).faults(oneOutage()));
        LiveRun.Result result = run(scenario);
        for (Outcome live : result.outcomes()) {
            balances(live);
            assertThat(live.counts().delivered())
                    .as("%s missed %s", live.mode(), live.counts().missed())
                    .isEqualTo(live.counts().expected());
            List<JournalStep> steps = result.journal().stream()
                    .filter(step -> step.mode().equals(live.mode()))
                    .toList();
            assertThat(steps)
                    .as("what reaches consumers of %s while they are down", live.mode())
                    .noneMatch(step -> step.fromNanos() > FROM_NANOS + NOTICED_NANOS
                            && step.fromNanos() < UNTIL_NANOS
                            && (step.step() == Step.RECEIVED || step.step() == Step.POLL));
            assertThat(steps)
                    .filteredOn(step -> step.step() == Step.ATTEMPT
                            && step.fromNanos() > FROM_NANOS + NOTICED_NANOS
                            && step.untilNanos() < UNTIL_NANOS)
                    .as("webhooks that %s sends meanwhile", live.mode())
                    .allMatch(step -> step.status() == 0);
            Outcome virtual = virtual(scenario, live);
            assertThat((double) live.counts().requests())
                    .as("requests of %s, as in virtual time", live.mode())
                    .isCloseTo(
                            virtual.counts().requests(),
                            within(6 + 0.06 * virtual.counts().requests()));
            assertThat(live.latency().meanMillis().getAsDouble())
                    .as("mean latency of %s, as in virtual time", live.mode())
                    .isCloseTo(
                            virtual.latency().meanMillis().getAsDouble(),
                            within(150 + 0.15 * virtual.latency().meanMillis().getAsDouble()));
        }
    }

    @Test
    void whoIsDownOpensNoConnectionBeforeAnAnnouncedEnd() throws Exception {
        Scenario scenario = of(
                draft(RUN_SECONDS)
                        .faults(oneOutage())
                        .option("--stream-lifetime", "500ms")
                        .option("--make-before-break", "true"),
                "sse",
                "websocket");
        LiveRun.Result result = run(scenario);
        for (Outcome live : result.outcomes()) {
            balances(live);
            assertThat(live.counts().missed()).as(live.mode()).isEmpty();
            // Before the outage two or three, as the first life is a random part of 500 ms and each next connection
            // follows 400 ms later. At the outage's end one. At 2.1 s one more, unless the machine stalls for the
            // 0.1 s that are left of the run then.
            assertThat(virtual(scenario, live).counts().held().reconnects())
                    .as("reconnects of %s in virtual time", live.mode())
                    .isEqualTo(4L * CONSUMERS);
            assertThat(live.counts().held().reconnects())
                    .as("reconnects of %s", live.mode())
                    .isBetween(3L * CONSUMERS, 5L * CONSUMERS);
            assertThat(live.timeline().get(1).requests())
                    .as("from 1 s to 2 s each consumer of %s opens one, at the end of the outage", live.mode())
                    .isEqualTo(CONSUMERS);
        }
        assertThat(result.journal())
                .isNotEmpty()
                .noneMatch(step -> step.fromNanos() > FROM_NANOS + NOTICED_NANOS
                        && step.fromNanos() < UNTIL_NANOS
                        && step.step() != Step.OCCURRED);
    }

    @Test
    void consumersThatGoDownByThemselvesComeBackByThemselves() throws Exception {
        Scenario scenario = of(draft(RUN_SECONDS).randomOutages(0.8, 0.3).drain(8));
        LiveRun.Result result = run(scenario);
        for (Outcome live : result.outcomes()) {
            balances(live);
            assertThat(live.counts().delivered())
                    .as("%s missed %s", live.mode(), live.counts().missed())
                    .isGreaterThan(live.counts().expected() * 9 / 10);
            if (live.traits().has(Trait.LISTENS)) {
                assertThat(live.setup().get("listening sockets at the consumer"))
                        .isEqualTo(scenario.events().consumers());
            }
        }
    }

    @Test
    void behindADistanceAndEncryptedTheBooksBalanceTheSame() throws Exception {
        Scenario scenario = of(draft(RUN_SECONDS).faults(oneOutage()).wire(true, 0.02, 45));
        for (Outcome live : run(scenario).outcomes()) {
            balances(live);
            assertThat(live.counts().delivered())
                    .as("%s missed %s", live.mode(), live.counts().missed())
                    .isEqualTo(live.counts().expected());
        }
    }

    @Test
    void inSeparateProcessesItIsTheSame() throws Exception {
        Scenario scenario = of(draft(RUN_SECONDS).faults(oneOutage()), "polling", "webhook", "sse", "long-polling");
        Map<String, Scenario.Network> legs =
                modes(scenario).stream().collect(Collectors.toMap(DeliveryMode::name, mode -> Scenario.Network.NONE));
        Comparison.Result result = new Comparison(
                        scenario, modes(scenario), new Interruption(), RunListener.NONE, new WarmedUp(legs, List.of()))
                .inSeparateProcesses()
                .run();
        assertThat(result.agreement())
                .as("the same outage is simulated")
                .filteredOn(line -> line.metric().equals("latency_mean_ms"))
                .hasSize(4)
                .allMatch(line -> line.simulated() > 100);
        for (Outcome live : result.outcomes()) {
            balances(live);
            assertThat(live.counts().delivered())
                    .as("%s missed %s", live.mode(), live.counts().missed())
                    .isEqualTo(live.counts().expected());
            assertThat(live.latency().maxMillis().getAsDouble()).isGreaterThan(600);
        }
    }

    @Test
    void whoInterruptsItInAnOutageLosesNothingMeasured() throws Exception {
        Scenario scenario = of(draft(60).outage(1, 50));
        Interruption interruption = new Interruption();
        RunListener interrupts = new RunListener() {
            @Override
            public void phase(String what) {
                // no matter which
            }

            @Override
            public void progress(Progress progress) {
                if (progress.elapsedNanos() > nanos(1.4)) {
                    interruption.request();
                }
            }
        };
        LiveRun.Result result = run(scenario, interruption, interrupts);
        assertThat(result.measuredNanos()).isLessThan(nanos(20));
        for (Outcome live : result.outcomes()) {
            balances(live);
            assertThat(live.counts().delivered()).as(live.mode()).isPositive();
            assertThat(live.counts().missedInAll()).as(live.mode()).isPositive();
        }
    }

    @Test
    void whatFailsOrIsRepeatedByChanceDoesSoJustAsInVirtualTime() throws Exception {
        Scenario scenario = of(
                draft(2).faults(Scenario.Faults.NONE.withFailureRate(0.25).withDuplicateRate(0.2)),
                "webhook",
                "hybrid",
                "thin-webhook",
                "batched-webhook");
        for (Outcome live : run(scenario).outcomes()) {
            balances(live);
            assertThat(live.counts().delivered())
                    .as(live.mode())
                    .isEqualTo(live.counts().expected());
            Outcome virtual = virtual(scenario, live);
            if (!live.mode().equals("batched-webhook")) { // when a batch is full is a matter of microseconds
                assertThat(live.counts().attempts())
                        .as(live.mode())
                        .isEqualTo(virtual.counts().attempts());
            }
            if (live.mode().equals("webhook")) {
                assertThat(live.counts().duplicates())
                        .isEqualTo(virtual.counts().duplicates())
                        .isPositive();
            }
        }
    }
}
