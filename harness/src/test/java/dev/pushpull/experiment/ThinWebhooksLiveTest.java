package dev.pushpull.experiment;

import static dev.pushpull.experiment.ComparisonTest.MILLISECOND;
import static dev.pushpull.experiment.ComparisonTest.SECOND;
import static dev.pushpull.experiment.ComparisonTest.assertBalanced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.experiment.run.WarmedUp;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.MissReason;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whole runs of thin webhooks, on real sockets. */
@Tag("live")
@Execution(ExecutionMode.CONCURRENT)
class ThinWebhooksLiveTest {
    private static final String MODE = "thin-webhook";
    private static final int CONSUMERS = 5;

    private static Outcome run(double ratePerSecond, long durationNanos, Map<String, String> options) throws Exception {
        Scenario scenario = ComparisonTest.scenario(
                        new PoissonArrivals(ratePerSecond),
                        Scenario.Streams.PER_CONSUMER,
                        CONSUMERS,
                        durationNanos,
                        200 * MILLISECOND)
                .withModeOptions(options);
        return run(scenario.withRun(scenario.run().withDrainNanos(SECOND / 2)));
    }

    private static Outcome run(Scenario scenario) throws Exception {
        Outcome outcome = new Comparison(
                        scenario,
                        DeliveryModes.all().stream()
                                .filter(mode -> mode.name().equals(MODE))
                                .toList(),
                        new Interruption(),
                        RunListener.NONE,
                        new WarmedUp(Map.of(MODE, Scenario.Network.NONE), List.of()))
                .run()
                .outcomes()
                .get(0);
        assertBalanced(outcome);
        return outcome;
    }

    private static void assertComplete(Outcome outcome) {
        assertThat(outcome.counts().delivered())
                .isEqualTo(outcome.counts().expected())
                .isPositive();
        assertThat(outcome.counts().duplicates()).isZero();
    }

    @Test
    void eachEventHasAWebhookAndIsRead() throws Exception {
        Outcome outcome = run(5, 2 * SECOND, Map.of());
        assertComplete(outcome);
        assertThat(outcome.counts().attempts()).isEqualTo(outcome.counts().events());
        assertThat(outcome.counts().emptyPolls()).isZero();
        assertThat(outcome.counts().polls())
                .isLessThanOrEqualTo(outcome.counts().events());
        assertThat(outcome.ledger().accounts())
                .extracting("what")
                .contains("requests to the receiver", "requests to the provider", "events in polls");
    }

    @Test
    void aDebounceLetsOneReadServeSeveralWebhooks() throws Exception {
        Outcome outcome = run(20, 2 * SECOND, Map.of("--debounce", "300ms"));
        assertComplete(outcome);
        // 1/(1+λK) of the events start a read, and K is a little more than 300 ms
        assertThat((double) outcome.counts().polls() / outcome.counts().delivered())
                .isBetween(0.05, 1 / 7.0 + 0.05);
        assertThat(outcome.latency().maxMillis().orElseThrow()).isGreaterThan(300);
    }

    @Test
    void aReadSideThatLagsBehindIsAskedAgain() throws Exception {
        Outcome outcome = run(2, 2 * SECOND, Map.of("--visibility-lag", "150ms", "--again-after", "50ms"));
        assertComplete(outcome);
        assertThat(outcome.latency().valueAt(0.01)).isGreaterThanOrEqualTo(149 * MILLISECOND);
        assertThat(outcome.counts().emptyPolls()).isPositive();
    }

    @Test
    void whoBelievesItsWebhooksLosesWhatTheReadSideDoesNotShowYet() throws Exception {
        Outcome outcome = run(4, 2 * SECOND, Map.of("--visibility-lag", "1s", "--when-not-visible", "skip"));
        assertThat(outcome.counts().delivered()).isLessThan(outcome.counts().expected());
        assertThat(outcome.counts().lost()).containsOnlyKeys(MissReason.PASSED_OVER.text());
    }

    @Test
    void whoWaitsForTheNextWebhookGetsAllButTheLast() throws Exception {
        Scenario scenario = ComparisonTest.scenario(
                        new PeriodicArrivals(4), Scenario.Streams.PER_CONSUMER, CONSUMERS, 2 * SECOND, SECOND / 5)
                .withModeOptions(Map.of("--visibility-lag", "100ms", "--when-not-visible", "next-ping"));
        Outcome outcome = run(scenario.withRun(scenario.run().withDrainNanos(SECOND / 2)));
        assertThat(outcome.counts().expected() - outcome.counts().delivered()).isEqualTo(CONSUMERS);
        assertThat(outcome.counts().lost()).as("the next would bring it").isEmpty();
        assertThat(outcome.latency().quantileMillis(0.5).orElseThrow()).isCloseTo(250, within(50.0));
    }
}
