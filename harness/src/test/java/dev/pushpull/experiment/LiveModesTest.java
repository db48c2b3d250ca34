package dev.pushpull.experiment;

import static dev.pushpull.experiment.ComparisonTest.MILLISECOND;
import static dev.pushpull.experiment.ComparisonTest.SECOND;
import static dev.pushpull.experiment.ComparisonTest.assertBalanced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.RetrySchedule;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs of the modes beyond polling and webhooks, on real sockets, against theory. */
@Tag("live")
@Execution(ExecutionMode.CONCURRENT)
class LiveModesTest {
    @Test
    void aConditionalPollInVainIsAnEmptyPollAndCostsFewerBytes() throws Exception {
        Scenario scenario = scenario(2, 20, 3 * SECOND, 200 * MILLISECOND, Map.of());
        Comparison.Result result = run(scenario, "polling", "conditional-polling");
        Outcome plain = ComparisonTest.outcome(result, "polling");
        Outcome conditional = ComparisonTest.outcome(result, "conditional-polling");
        assertComplete(conditional);
        assertThat(conditional.counts().polls() + conditional.counts().skippedPolls())
                .isEqualTo(plain.counts().polls() + plain.counts().skippedPolls());
        assertWaste(conditional, Math.exp(-0.4), 1.0 / 15);
        assertThat(conditional.counts().bytesToConsumer())
                .as("a 304 is shorter than an empty page")
                .isLessThan(plain.counts().bytesToConsumer());
    }

    @Test
    void adaptivePollsBackOffAsTheirChainSays() throws Exception {
        Scenario scenario = scenario(
                1,
                25,
                8 * SECOND,
                100 * MILLISECOND,
                Map.of("--min-interval", "100ms", "--max-interval", "800ms", "--factor", "2"));
        Outcome adaptive = run(scenario, "adaptive-polling").outcomes().get(0);
        assertComplete(adaptive);
        double[] intervals = {0.1, 0.2, 0.4, 0.8};
        double[] weights = new double[4]; // theory.md section 6: the chain of empty polls in a row
        for (int i = 0; i < 4; i++) {
            weights[i] = Math.exp(-0.1 * ((1 << i) - 1)) / (i < 3 ? 1 : 1 - Math.exp(-intervals[i]));
        }
        double total = Arrays.stream(weights).sum();
        double meanInterval = 0;
        for (int i = 0; i < 4; i++) {
            meanInterval += weights[i] / total * intervals[i];
        }
        // it starts at the shortest interval: a few more polls than in the long run, most of them empty
        assertWaste(adaptive, 1 - 1 / total, 0.03);
        double requests =
                (double) adaptive.counts().requests() / adaptive.counts().delivered();
        double deliveries = adaptive.counts().delivered();
        assertThat(requests).isCloseTo(1 / meanInterval, within((0.08 + 4 / Math.sqrt(deliveries)) / meanInterval));
    }

    @Test
    void longPollsAreAnsweredByTheirEventOrWhenTheWaitIsOver() throws Exception {
        double seconds = 5;
        Scenario scenario = scenario(1, 20, 5 * SECOND, 500 * MILLISECOND, Map.of("--wait", "1s"));
        Comparison.Result result = run(scenario, "long-polling", "polling");
        Outcome polled = ComparisonTest.outcome(result, "long-polling");
        assertComplete(polled);
        // each poll ends with an event or, k waits after the last one (or the start), without one
        double inVain = 0;
        for (int k = 1; k <= seconds; k++) {
            inVain += Math.exp(-k) * (seconds - k + 1);
        }
        assertWaste(polled, inVain / (inVain + seconds), 0.03);
        assertThat(polled.latency().quantileMillis(0.5).orElseThrow())
                .as("sooner than by the clock, on the same machine at the same time")
                .isLessThan(ComparisonTest.outcome(result, "polling")
                        .latency()
                        .quantileMillis(0.5)
                        .orElseThrow());
        assertThat(polled.counts().drainRequests())
                .as("who waits at the end is let go, which is neither a poll nor waste")
                .isPositive();
    }

    @Test
    void nobodyHasToWaitForPollsThatAreStillHeld() throws Exception {
        Scenario scenario = scenario(5, 10, SECOND, 200 * MILLISECOND, Map.of("--wait", "60s"));
        long before = System.nanoTime();
        Outcome polled = run(scenario, "long-polling").outcomes().get(0);
        assertThat(System.nanoTime() - before).isLessThan(60 * SECOND);
        assertComplete(polled);
        assertThat(polled.counts().emptyPolls()).isZero();
        assertThat(polled.counts().requests())
                .isLessThanOrEqualTo(polled.counts().delivered());
    }

    @Test
    void aHybridFindsWhatWebhooksLostAndReconfirmsTheRest() throws Exception {
        Outcome hybrid = losing("hybrid", 10_000);
        assertComplete(hybrid);
        Outcome.Counts counts = hybrid.counts();
        assertThat(counts.polls() + counts.skippedPolls()).isEqualTo(8 * 6);
        assertThat(counts.requests()).isEqualTo(counts.attempts() + counts.polls());
        assertThat(counts.attempts())
                .as("one for each event, in vain for three consumers of eight")
                .isEqualTo(counts.events());
        assertThat(counts.reconfirmed())
                .as("what the other five have by webhook")
                .isBetween(1L, counts.events() - 1);
        assertThat(counts.emptyPolls()).isBetween(1L, counts.polls() - 1);
        assertThat(hybrid.latency().valueAt(0.3))
                .as("by webhook, against by poll")
                .isLessThan(hybrid.latency().valueAt(0.9));
        assertThat(hybrid.ledger().accounts())
                .extracting("what")
                .contains("requests to the receiver", "requests to the provider", "events in polls");
    }

    @Test
    void whatNeitherWayOfAHybridBroughtIsMissedForBothReasons() throws Exception {
        Outcome hybrid = losing("hybrid", 1);
        assertBalanced(hybrid);
        assertThat(hybrid.counts().missed()).containsOnlyKeys("retries exhausted, dropped by retention");
        Outcome webhook = losing("webhook", 1);
        assertBalanced(webhook);
        assertThat(webhook.counts().missed()).containsOnlyKeys("retries exhausted");
        assertThat(webhook.counts().missedInAll())
                .as("the hybrid's polls found some")
                .isGreaterThan(hybrid.counts().missedInAll());
    }

    @Test
    void allModesRunSideBySideOverTheSameEvents() throws Exception {
        Scenario scenario = scenario(4, 5, 4 * SECOND, 200 * MILLISECOND, Map.of("--reconcile", "1s", "--wait", "2s"));
        List<DeliveryMode> all = DeliveryModes.all();
        assertThat(all).hasSizeGreaterThanOrEqualTo(6); // the tests add a mode of their own
        Comparison.Result result = run(scenario, all);
        assertThat(result.outcomes()).hasSameSizeAs(all);
        for (Outcome outcome : result.outcomes()) {
            assertComplete(outcome);
            assertThat(outcome.counts().events())
                    .isEqualTo(result.outcomes().get(0).counts().events());
        }
        for (String sooner : List.of("webhook", "hybrid", "long-polling")) {
            assertThat(ComparisonTest.outcome(result, sooner)
                            .latency()
                            .meanMillis()
                            .orElseThrow())
                    .as(sooner)
                    .isLessThan(ComparisonTest.outcome(result, "polling")
                            .latency()
                            .meanMillis()
                            .orElseThrow());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stripe", "github", "gitlab", "shopify", "twilio", "slack"})
    void webhooksOfEverySchemeArriveAndWeighWhatIsPredicted(String scheme) throws Exception {
        Scenario asked = scenario(50, 4, SECOND / 2, 200 * MILLISECOND, Map.of());
        Scenario signed = asked.withWebhooks(asked.webhooks().withScheme(scheme));
        Outcome outcome = run(signed, "webhook").outcomes().get(0);
        assertComplete(outcome);
        assertThat(outcome.counts().delivered()).isPositive();
        assertThat(outcome.counts().attempts()).isEqualTo(outcome.counts().delivered());
        double bytes =
                (double) (outcome.counts().bytesToConsumer() + outcome.counts().bytesToProvider())
                        / outcome.counts().delivered();
        assertThat(bytes)
                .isCloseTo(outcome.prediction().value("bytes_per_delivery").orElseThrow(), withinPercentage(1));
    }

    /** Eight consumers, three of whom never get a webhook. */
    private static Outcome losing(String mode, int retention) throws Exception {
        Scenario kept = scenario(5, 8, 3 * SECOND, 200 * MILLISECOND, Map.of("--reconcile", "500ms"));
        Scenario scenario = kept.withEvents(kept.events().withRetention(retention))
                .withWebhooks(kept.webhooks().withRetries(RetrySchedule.NONE))
                .withRun(kept.run().withDrainNanos(SECOND)); // what is lost is waited for until the drain ends
        List<DeliveryMode> modes = List.of(new LosingWebhooks(mode(mode), 3));
        return run(scenario, modes).outcomes().get(0);
    }

    private static void assertComplete(Outcome outcome) {
        assertBalanced(outcome);
        assertThat(outcome.counts().delivered()).isEqualTo(outcome.counts().expected());
        assertThat(outcome.counts().missedInAll()).isZero();
        assertThat(outcome.counts().polls())
                .isGreaterThanOrEqualTo(outcome.counts().emptyPolls());
    }

    /** Within four standard errors of independent polls, plus what the start of the run may add. */
    private static void assertWaste(Outcome outcome, double expected, double edge) {
        double polls = outcome.counts().polls();
        double standardError = Math.sqrt(expected * (1 - expected) / polls);
        assertThat(outcome.counts().emptyPolls() / polls).isCloseTo(expected, within(4 * standardError + edge));
    }

    private static DeliveryMode mode(String name) {
        return DeliveryModes.all().stream()
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Comparison.Result run(Scenario scenario, String... modes) throws Exception {
        List<DeliveryMode> chosen =
                Arrays.stream(modes).map(LiveModesTest::mode).toList();
        return run(scenario, chosen);
    }

    private static Comparison.Result run(Scenario scenario, List<DeliveryMode> modes) throws Exception {
        return new Comparison(scenario, modes, new Interruption(), RunListener.NONE, ComparisonTest.unwarmed(modes))
                .run();
    }

    private static Scenario scenario(
            double ratePerSecond, int consumers, long durationNanos, long intervalNanos, Map<String, String> options) {
        return ComparisonTest.scenario(
                        new PoissonArrivals(ratePerSecond),
                        Scenario.Streams.PER_CONSUMER,
                        consumers,
                        durationNanos,
                        intervalNanos)
                .withModeOptions(options);
    }
}
