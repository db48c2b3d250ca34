package dev.pushpull.experiment;

import static dev.pushpull.experiment.ComparisonTest.MILLISECOND;
import static dev.pushpull.experiment.ComparisonTest.SECOND;
import static dev.pushpull.experiment.ComparisonTest.assertBalanced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.experiment.run.WarmedUp;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.MissReason;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.testing.Scenarios;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs of batched webhooks, on real sockets. */
@Tag("live")
@Execution(ExecutionMode.CONCURRENT)
class BatchedWebhooksLiveTest {
    private static final String MODE = "batched-webhook";

    private static Outcome run(Map<String, String> options) throws Exception {
        Scenario asked = ComparisonTest.scenario(
                        new PoissonArrivals(20), Scenario.Streams.PER_CONSUMER, 4, 2 * SECOND, 200 * MILLISECOND)
                .withModeOptions(options);
        Scenario scenario = asked.withRun(asked.run().withDrainNanos(SECOND / 2))
                .withWebhooks(asked.webhooks().withRetries(Scenarios.attempts(2, Duration.ofMillis(10))));
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

    @ParameterizedTest
    @ValueSource(strings = {"first-event", "last-dispatch", "window"})
    void eventsThatComeWithinAWaitShareAWebhook(String law) throws Exception {
        Outcome outcome = run(Map.of("--batch-wait", "300ms", "--batch-law", law));
        assertThat(outcome.counts().delivered())
                .isEqualTo(outcome.counts().expected())
                .isPositive();
        // six events within each wait; at the beginning and at the end batches are smaller
        assertThat((double) outcome.counts().attempts() / outcome.counts().delivered())
                .isBetween(0.05, 0.3);
        assertThat(outcome.latency().valueAt(0.99)).isLessThan(5 * SECOND);
        assertThat(outcome.latency().meanMillis().orElseThrow()).isGreaterThan(50);
    }

    @Test
    void whatComesBeforeTheAnswerSharesTheNextWebhook() throws Exception {
        Outcome outcome = run(Map.of("--batch-law", "pending"));
        assertThat(outcome.counts().delivered())
                .isEqualTo(outcome.counts().expected())
                .isPositive();
        assertThat(outcome.counts().attempts())
                .isLessThanOrEqualTo(outcome.counts().delivered());
    }

    @Test
    void anEventThatIsRefusedIsLostAloneOnlyWhereBatchesAreSplit() throws Exception {
        Map<String, String> refusing = Map.of("--batch-size", "8", "--batch-wait", "1s", "--refused-share", "0.1");
        Outcome whole = run(refusing);
        Map<String, String> splitting = new java.util.HashMap<>(refusing);
        splitting.put("--batch-split", "true");
        Outcome split = run(splitting);
        assertThat(whole.counts().expected()).isEqualTo(split.counts().expected());
        assertThat(whole.counts().lost()).containsOnlyKeys(MissReason.RETRIES_EXHAUSTED.text());
        assertThat(split.counts().lost()).containsOnlyKeys(MissReason.RETRIES_EXHAUSTED.text());
        assertThat(split.counts().lostInAll()).isLessThan(whole.counts().lostInAll());
        assertThat(split.counts().attempts()).isGreaterThan(whole.counts().attempts());
    }
}
