package dev.pushpull.experiment;

import static dev.pushpull.experiment.ComparisonTest.MILLISECOND;
import static dev.pushpull.experiment.ComparisonTest.SECOND;
import static dev.pushpull.experiment.ComparisonTest.assertBalanced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.run.EventPlan;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.experiment.run.WarmedUp;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.MissReason;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.Endpoints;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.RequestQuota;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.schedule.Seeds;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Slow and dead endpoints, and polls over their quota, on real sockets, beside the same events in virtual time. */
@Tag("live")
@Execution(ExecutionMode.CONCURRENT)
class UnequalEndpointsLiveTest {
    private static DeliveryMode mode(String name) {
        return DeliveryModes.all().stream()
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Outcome live(String mode, Scenario scenario) throws Exception {
        Outcome outcome = new Comparison(
                        scenario,
                        List.of(mode(mode)),
                        new Interruption(),
                        RunListener.NONE,
                        new WarmedUp(Map.of(mode, Scenario.Network.NONE), List.of()))
                .run()
                .outcomes()
                .get(0);
        assertBalanced(outcome);
        return outcome;
    }

    private static Outcome virtual(String mode, Scenario scenario) {
        long[][] events =
                EventPlan.draw(scenario).timesByStream(scenario.events().streamCount());
        Seeds seeds = new Seeds(scenario.run().seed());
        return mode(mode).virtual().simulate(scenario, ArrivalStreams.known(events), seeds);
    }

    private static Scenario with(Scenario scenario, Endpoints endpoints, int inFlight) {
        return scenario.withRun(scenario.run().withDrainNanos(SECOND / 2))
                .withWebhooks(scenario.webhooks()
                        .withRetries(RetrySchedule.NONE)
                        .withMaxInFlight(inFlight)
                        .withMaxInFlightPerEndpoint(inFlight)
                        .withEndpoints(endpoints));
    }

    @Test
    void whereSlotsAreScarceOthersWaitAsLongAsInVirtualTime() throws Exception {
        Endpoints slow = new Endpoints(List.of(new Endpoints.Slow(0.2, 300 * MILLISECOND)), List.of(), 1, true);
        Scenario scenario = with(
                ComparisonTest.scenario(
                        new PoissonArrivals(2), Scenario.Streams.PER_CONSUMER, 10, 3 * SECOND, 500 * MILLISECOND),
                slow,
                2);
        Outcome live = live("webhook", scenario);
        Outcome virtual = virtual("webhook", scenario);

        assertThat(live.counts().delivered())
                .isEqualTo(live.counts().expected())
                .isPositive();
        assertThat(live.counts().duplicates()).isZero();
        assertThat(live.counts().slots().most()).isEqualTo(2);
        double expected = virtual.latency().meanMillis().orElseThrow();
        assertThat(expected).as("slots are scarce").isGreaterThan(5);
        assertThat(live.latency().meanMillis().orElseThrow()).isBetween(0.85 * expected, 1.25 * expected + 30);
        double occupied = virtual.counts().slots().seconds();
        assertThat(live.counts().slots().seconds()).isBetween(0.95 * occupied, 1.25 * occupied + 1);
    }

    @Test
    void aDeadEndpointRefusesAndTheOthersGetEverything() throws Exception {
        Endpoints dead = new Endpoints(
                List.of(), List.of(new Endpoints.Dead(0.25, 0), new Endpoints.Dead(0.25, SECOND)), 1, false);
        Scenario scenario = with(
                ComparisonTest.scenario(
                        new PeriodicArrivals(20), Scenario.Streams.PER_CONSUMER, 4, 2 * SECOND, 500 * MILLISECOND),
                dead,
                64);
        Outcome live = live("webhook", scenario);
        Outcome virtual = virtual("webhook", scenario);

        assertThat(live.counts().missed()).containsOnlyKeys(MissReason.RETRIES_EXHAUSTED.text());
        assertThat(live.counts().missedInAll())
                .as("40 of the one, 20 of the other, whose receiver may close a moment early or late")
                .isBetween(virtual.counts().missedInAll() - 12, virtual.counts().missedInAll() + 12);
        assertThat(live.counts().attempts()).isEqualTo(live.counts().expected());
        assertThat(live.setup()).containsEntry("listening sockets at the consumer", 2L);
    }

    @Test
    void pollsKeepToTheirQuotaAsInVirtualTime() throws Exception {
        Scenario unlimited = ComparisonTest.scenario(
                new PoissonArrivals(5), Scenario.Streams.PER_CONSUMER, 5, 4 * SECOND, 100 * MILLISECOND);
        Scenario scenario = unlimited.withPolling(unlimited.polling().withQuota(new RequestQuota(4, SECOND)));
        Outcome live = live("polling", scenario);
        Outcome virtual = virtual("polling", scenario);

        assertThat(virtual.counts().polls())
                .isLessThan(virtual("polling", unlimited).counts().polls() / 2);
        assertThat((double) live.counts().polls())
                .isBetween(virtual.counts().polls() - 10.0, virtual.counts().polls() + 10.0);
    }
}
