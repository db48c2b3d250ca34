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

    private static final double RATE = 20;

    private static Comparison.Result run(Map<String, String> options, long drainNanos) throws Exception {
        Scenario asked = ComparisonTest.scenario(
                        new PoissonArrivals(RATE), Scenario.Streams.PER_CONSUMER, 4, 2 * SECOND, 200 * MILLISECOND)
                .withModeOptions(options);
        Scenario scenario = asked.withRun(asked.run().withDrainNanos(drainNanos))
                .withWebhooks(asked.webhooks().withRetries(Scenarios.attempts(2, Duration.ofMillis(10))));
        Comparison.Result result = new Comparison(
                        scenario,
                        DeliveryModes.all().stream()
                                .filter(mode -> mode.name().equals(MODE))
                                .toList(),
                        new Interruption(),
                        RunListener.NONE,
                        new WarmedUp(Map.of(MODE, Scenario.Network.NONE), List.of()))
                .run();
        assertBalanced(result.outcomes().get(0));
        return result;
    }

    @ParameterizedTest
    @ValueSource(strings = {"first-event", "last-dispatch", "window"})
    void eventsThatComeWithinAWaitShareAWebhook(String law) throws Exception {
        Comparison.Result result = run(Map.of("--batch-wait", "1s", "--batch-law", law), 30 * SECOND);
        Outcome outcome = result.outcomes().get(0);
        assertThat(outcome.counts().delivered())
                .isEqualTo(outcome.counts().expected())
                .isPositive();
        // twenty events within each wait, and more where the machine stalls, for less than a wait; of three batches the
        // first and the last are smaller
        double longestWait = 1 + result.noise().hiccups().maxMillis().orElse(0) / 1e3;
        assertThat((double) outcome.counts().attempts() / outcome.counts().delivered())
                .isBetween(0.3 / (RATE * longestWait), 0.09);
        assertThat(outcome.latency().valueAt(0.99)).isLessThan(5 * SECOND);
        assertThat(outcome.latency().meanMillis().orElseThrow()).isGreaterThan(50);
    }

    @Test
    void whatComesBeforeTheAnswerSharesTheNextWebhook() throws Exception {
        Outcome outcome =
                run(Map.of("--batch-law", "pending"), 30 * SECOND).outcomes().get(0);
        assertThat(outcome.counts().delivered())
                .isEqualTo(outcome.counts().expected())
                .isPositive();
        assertThat(outcome.counts().attempts())
                .isLessThanOrEqualTo(outcome.counts().delivered());
    }

    @Test
    void anEventThatIsRefusedIsLostAloneOnlyWhereBatchesAreSplit() throws Exception {
        Map<String, String> refusing = Map.of("--batch-size", "8", "--batch-wait", "1s", "--refused-share", "0.1");
        // what is lost is waited for until the drain ends
        Outcome whole = run(refusing, 2 * SECOND).outcomes().get(0);
        Map<String, String> splitting = new java.util.HashMap<>(refusing);
        splitting.put("--batch-split", "true");
        Outcome split = run(splitting, 2 * SECOND).outcomes().get(0);
        assertThat(whole.counts().expected()).isEqualTo(split.counts().expected());
        assertThat(whole.counts().lost()).containsOnlyKeys(MissReason.RETRIES_EXHAUSTED.text());
        assertThat(split.counts().lost()).containsOnlyKeys(MissReason.RETRIES_EXHAUSTED.text());
        assertThat(split.counts().lostInAll()).isLessThan(whole.counts().lostInAll());
        assertThat(split.counts().attempts()).isGreaterThan(whole.counts().attempts());
    }
}
