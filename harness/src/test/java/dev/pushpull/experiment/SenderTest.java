package dev.pushpull.experiment;

import static dev.pushpull.experiment.ComparisonTest.SECOND;
import static dev.pushpull.experiment.ComparisonTest.assertBalanced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.WebhookSender;
import dev.pushpull.schedule.PoissonArrivals;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run whose webhooks OkHttp sends, beside one whose webhooks our own client sends. */
@Tag("live")
@Execution(ExecutionMode.CONCURRENT)
class SenderTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theBooksBalanceAndABodyCostsTheSameBytesWhoeverSendsIt(boolean encrypted) throws Exception {
        Outcome own = webhooks(WebhookSender.OWN, encrypted);
        Outcome okHttp = webhooks(WebhookSender.OKHTTP, encrypted);

        assertBalanced(own);
        assertBalanced(okHttp);
        assertThat(okHttp.counts().missedInAll()).isZero();
        assertThat(okHttp.counts().events()).isEqualTo(own.counts().events());
        if (!encrypted) { // how many records TLS makes of a request, and how often it shakes hands, is up to the sender
            assertThat(okHttp.counts().bytesToConsumer()).isEqualTo(own.counts().bytesToConsumer());
            assertThat(okHttp.counts().bytesToProvider()).isEqualTo(own.counts().bytesToProvider());
        }
    }

    private static Outcome webhooks(WebhookSender sender, boolean encrypted) throws Exception {
        Scenario usual =
                ComparisonTest.scenario(new PoissonArrivals(40), Scenario.Streams.PER_CONSUMER, 2, SECOND, SECOND / 10);
        Scenario scenario = usual.withWebhooks(usual.webhooks().withSender(sender))
                .withWire(new Scenario.Wire(encrypted, 0, Scenario.Wire.AS_USUAL))
                .withRun(usual.run().withModes(List.of("webhook")));
        return ComparisonTest.outcome(ComparisonTest.run(scenario, new Interruption(), RunListener.NONE), "webhook");
    }
}
