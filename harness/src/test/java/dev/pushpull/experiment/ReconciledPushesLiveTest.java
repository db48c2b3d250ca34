package dev.pushpull.experiment;

import static dev.pushpull.experiment.ComparisonTest.MILLISECOND;
import static dev.pushpull.experiment.ComparisonTest.SECOND;
import static dev.pushpull.experiment.ComparisonTest.assertBalanced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.experiment.run.WarmedUp;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.RetrySchedule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs of webhooks that are no whole events, on real sockets, with a poll beside them that finds what they lost. */
@Tag("live")
@Execution(ExecutionMode.CONCURRENT)
class ReconciledPushesLiveTest {
    /**
     * A thin webhook's read brings what is older than the lag, and skips what came in the second half of its wait.
     * Batches lose what is refused with them.
     */
    @ParameterizedTest
    @CsvSource({
        "thin-webhook, --debounce=300ms --visibility-lag=150ms --when-not-visible=skip, 0",
        "batched-webhook, --batch-size=4 --batch-wait=200ms --refused-share=0.2, 0",
        "batched-webhook, --batch-wait=200ms, 0.4"
    })
    void whatThePushesLoseIsFoundByThePollBesideThem(String mode, String options, double failureRate) throws Exception {
        Map<String, String> given = new HashMap<>();
        for (String option : options.split(" ")) {
            given.put(option.split("=")[0], option.split("=")[1]);
        }
        Outcome alone = run(mode, given, failureRate, SECOND); // what is lost is waited for until the drain ends
        assertThat(alone.counts().lostInAll()).as("without a poll").isPositive();
        assertThat(alone.counts().delivered()).as("without a poll").isPositive();

        given.put("--reconcile", "250ms");
        Outcome reconciled = run(mode, given, failureRate, 30 * SECOND); // over as soon as all is there
        assertThat(reconciled.counts().missed()).isEmpty();
        assertThat(reconciled.counts().delivered())
                .isEqualTo(alone.counts().expected())
                .isEqualTo(reconciled.counts().expected());
        assertThat(reconciled.counts().reconfirmed())
                .as("what the pushes bring comes again with the poll")
                .isPositive();
        assertThat(reconciled.ledger().accounts()).extracting("what").contains("events in polls");
    }

    private static Outcome run(String name, Map<String, String> options, double failureRate, long drainNanos)
            throws Exception {
        Scenario asked = ComparisonTest.scenario(
                        new PoissonArrivals(20), Scenario.Streams.PER_CONSUMER, 4, SECOND, 200 * MILLISECOND)
                .withModeOptions(options);
        Scenario scenario = asked.withRun(asked.run().withModes(List.of(name)).withDrainNanos(drainNanos))
                .withFaults(asked.faults().withFailureRate(failureRate))
                .withWebhooks(asked.webhooks().withRetries(RetrySchedule.NONE));
        List<DeliveryMode> modes = DeliveryModes.all().stream()
                .filter(mode -> mode.name().equals(name))
                .map(mode -> DeliveryModes.in(scenario, mode))
                .toList();
        Outcome outcome = new Comparison(
                        scenario,
                        modes,
                        new Interruption(),
                        RunListener.NONE,
                        new WarmedUp(Map.of(name, Scenario.Network.NONE), List.of()))
                .run()
                .outcomes()
                .get(0);
        assertBalanced(outcome);
        return outcome;
    }
}
