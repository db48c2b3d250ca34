package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.measure.LatencyHistogram;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Prediction.CurvePoint;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Leg;
import dev.pushpull.scenario.Scenario.Network;
import dev.pushpull.watch.WatchLane;
import org.junit.jupiter.api.Test;

/** What the page expects of a mode. */
class WatchingTest {
    private static final Scenario SCENARIO = DemoCommand.scenario();

    private static WatchLane.Expected expected(String name, Network network) {
        DeliveryMode mode = DeliveryModes.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        return Watching.expected(mode, SCENARIO.withNetwork(network));
    }

    private static Distribution legs() {
        LatencyHistogram learned = new LatencyHistogram();
        for (long millis = 200; millis < 400; millis++) {
            learned.record(millis * 1_000_000);
        }
        return learned.distribution();
    }

    @Test
    void whereALegWasLearnedItsDistributionIsExpectedOfWebhooks() {
        WatchLane.Expected webhook = expected("webhook", Network.learned(Leg.WEBHOOK, legs()));

        assertThat(webhook.instead()).isEmpty();
        assertThat(webhook.curve())
                .extracting(CurvePoint::latencyMillis)
                .allMatch(millis -> millis > 190 && millis < 410);
    }

    @Test
    void ofPollsTheWholeIntervalIsExpectedThoughTheLegIsDrawn() {
        WatchLane.Expected polling = expected("polling", Network.learned(Leg.POLL_RESPONSE, legs()));

        assertThat(polling.instead()).isEmpty();
        assertThat(polling.curve())
                .hasSameSizeAs(expected("polling", new Network(300_000_000, 0)).curve());
        assertThat(polling.curve())
                .anyMatch(point -> point.probability() == 0.5 && Math.abs(point.latencyMillis() - 1_300) < 5);
    }

    @Test
    void whereOnlyTheMiddleIsKnownItIsSaid() {
        WatchLane.Expected webhook = expected("webhook", new Network(0, 1_200_000));

        assertThat(webhook.curve()).containsExactly(new CurvePoint(0.5, 1.2));
        assertThat(webhook.instead()).isEqualTo("with these settings the formulas give only the mean, 1.20 ms");
    }

    @Test
    void everyModeHasACurveOrSaysWhyNot() {
        for (DeliveryMode mode : DeliveryModes.all()) {
            WatchLane.Expected one = Watching.expected(mode, SCENARIO);
            assertThat(one.curve().size() > 1)
                    .as(mode.name())
                    .isEqualTo(one.instead().isEmpty());
        }
    }
}
