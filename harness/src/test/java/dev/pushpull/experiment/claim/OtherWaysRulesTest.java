package dev.pushpull.experiment.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.claim.StreamsFinding.Judged;
import dev.pushpull.experiment.claim.ThinWebhooksFinding.Lost;
import dev.pushpull.scenario.ClaimFinding.Verdict;
import dev.pushpull.scenario.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which figures lead to which verdict on streams and on thin webhooks, and where their bounds lie. */
class OtherWaysRulesTest {
    private static Reading about(double value) {
        return new Reading(value, 0.9 * value, 1.1 * value);
    }

    private static Judged left(double streamed, double pushed) {
        return new Judged(false, about(streamed), about(100), about(pushed), true);
    }

    private static Judged ended(double streamed) {
        return new Judged(true, about(streamed), about(100), about(0.2), true);
    }

    @Test
    void aStreamBeatsBothAsLongAsNothingEndsItsConnections() {
        assertThat(StreamsFinding.verdict(List.of(left(0.1, 0.2), ended(25)))).isEqualTo(Verdict.HOLDS_WHEN);
        assertThat(StreamsFinding.verdict(List.of(left(0.1, 0.2), ended(0.1)))).isEqualTo(Verdict.HOLDS);
        assertThat(StreamsFinding.verdict(List.of(left(0.2, 0.2), ended(25))))
                .as("as late as webhooks, and cheaper")
                .isEqualTo(Verdict.HOLDS_WHEN);
        assertThat(StreamsFinding.verdict(List.of(left(0.4, 0.2), ended(25))))
                .as("surely later than webhooks, though nothing ended it")
                .isEqualTo(Verdict.FAILS);
        assertThat(StreamsFinding.verdict(List.of(left(0.26, 0.2), ended(25))))
                .as("the intervals reach beyond the bound")
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(StreamsFinding.verdict(List.of(left(0.1, 0.2), left(0.4, 0.2), ended(25))))
                .as("of two streams one loses")
                .isEqualTo(Verdict.FAILS);
        assertThat(StreamsFinding.verdict(
                        List.of(new Judged(false, about(0.1), about(100), about(0.2), false), ended(25))))
                .as("sooner, but dearer")
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(StreamsFinding.verdict(List.of(left(0.1, 0.2)))).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(StreamsFinding.verdict(List.of())).isEqualTo(Verdict.INCONCLUSIVE);
    }

    private static DeliveryMode mode(String name) {
        return DeliveryModes.all().stream()
                .filter(mode -> mode.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Scenario alone() {
        return OtherWays.scenario(1_000_000_000 * ClaimScenario.SECOND, 1);
    }

    /** With a gap of D = 2 s and legs of 1 ms and 5 ms, the wait D²/(2 (Λ + D)) may take 4 ms and a quarter of 5 ms. */
    @Test
    void theBoundsOfStreamsFollowFromTheClosedForms() {
        StreamBounds bounds = StreamBounds.of(alone(), mode("sse"), mode("webhook"), 1, 5);

        double gap = 2.001;
        assertThat(bounds.lifetimeSeconds()).isCloseTo(gap * gap / (2 * 0.00525) - gap, within(0.01));
        double perSecond = bounds.ratePerHourOfRequests() / 3600;
        assertThat(Math.expm1(60 * perSecond) + 2 * perSecond)
                .as("λ E[C] = 1 behind an idle timeout of 60 s")
                .isCloseTo(1, within(1e-6));
        assertThat(bounds.ratePerHourOfBytes())
                .as("240 heartbeats an hour weigh as much as the frames of a few webhooks")
                .isBetween(1.0, 20.0);
        assertThat(StreamsFinding.bound(List.of(bounds))).matches("connections live > .* and rate > .*/h");
    }

    @Test
    void noLifetimeIsLongEnoughForAStreamThatIsLaterAnyway() {
        StreamBounds bounds = StreamBounds.of(alone(), mode("sse"), mode("webhook"), 5, 1);

        assertThat(bounds.lifetimeSeconds()).isNaN();
        assertThat(StreamsFinding.bound(List.of(bounds))).startsWith("rate > ");
    }

    @Test
    void streamsAreTheModesThatPushOverAHeldConnection() {
        assertThat(OtherWays.streams()).extracting(DeliveryMode::name).contains("sse", "websocket");
        assertThat(OtherWays.thin()).extracting(DeliveryMode::name).containsExactly("thin-webhook");
    }

    @Test
    void thinWebhooksHoldAsLongAsReadsDoNotLagBehind() {
        Lost none = new Lost(false, 0, 0.004);
        Lost noneLagging = new Lost(true, 0, 0.004);
        Lost allLagging = new Lost(true, 0.99, 1);
        assertThat(ThinWebhooksFinding.verdict(List.of(none, noneLagging, allLagging)))
                .isEqualTo(Verdict.HOLDS_WHEN);
        assertThat(ThinWebhooksFinding.verdict(List.of(none, noneLagging))).isEqualTo(Verdict.HOLDS);
        assertThat(ThinWebhooksFinding.verdict(List.of(new Lost(false, 0.5, 0.6), noneLagging)))
                .isEqualTo(Verdict.FAILS);
        assertThat(ThinWebhooksFinding.verdict(List.of(none, new Lost(true, 0, 1))))
                .as("too few events to tell")
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(ThinWebhooksFinding.verdict(List.of(none))).isEqualTo(Verdict.INCONCLUSIVE);
    }

    /** K, from the event to the read: the webhook's leg and that of a request. */
    @Test
    void whoTakesTheWebhooksWordLosesEventsFromALagOfItsLegsOn() {
        Scenario legs = alone().withNetwork(new Scenario.Network(300_000, 500_000));

        assertThat(ThinWebhooksExperiment.losesFromMillis(mode("thin-webhook"), legs))
                .isCloseTo(0.8, within(1e-3));
        assertThat(ThinWebhooksFinding.bound(0.8)).startsWith("reads lag < 0.80 ms");
        assertThat(ThinWebhooksFinding.bound(Double.NaN)).isEqualTo("the cursor comes from what was read");
    }
}
