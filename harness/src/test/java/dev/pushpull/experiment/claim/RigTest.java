package dev.pushpull.experiment.claim;

import static dev.pushpull.experiment.claim.ClaimScenario.MILLISECOND;
import static dev.pushpull.experiment.claim.ClaimScenario.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.event.Event;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.RetrySchedule;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("live")
class RigTest {
    private static final ArrivalStreams HUNDRED_A_SECOND = Rig.oneStream(new PeriodicArrivals(100), 1);
    private static final RetrySchedule PATIENT = new RetrySchedule(Collections.nCopies(200, 20 * MILLISECOND), 0);

    private static WebhookRig.Setup setup(int receivers, RetrySchedule retries) {
        return new WebhookRig.Setup(
                new PeriodicArrivals(100),
                receivers,
                ClaimScenario.webhooks(retries, 16, 16, SECOND),
                UnaryOperator.identity(),
                0,
                1);
    }

    @Test
    void everyPlannedEventOccursAndNoTwoPeriodsShareAnId() throws Exception {
        try (Rig rig = new Rig(ClaimScenario.usual(1), AttemptListener.NONE)) {
            for (int period = 0; period < 2; period++) {
                DeliveryLedger ledger = new DeliveryLedger(1);
                try (EventPeriod events = rig.begin(HUNDRED_A_SECOND, 200 * MILLISECOND, ledger)) {
                    events.awaitEnd(0);
                }
                assertThat(ledger.events()).isEqualTo(20);
            }
            List<String> ids = rig.pollAll().stream().map(Event::id).toList();
            assertThat(ids).hasSize(40);
            assertThat(new HashSet<>(ids)).hasSize(40);
        }
    }

    @Test
    void eventsThatCannotOccurAreAnErrorAndNotASilentLoss() throws Exception {
        try (Rig rig = new Rig(ClaimScenario.usual(1), AttemptListener.NONE);
                EventPeriod events = rig.begin(HUNDRED_A_SECOND, SECOND / 10, new DeliveryLedger(1), () -> {
                    throw new IllegalStateException("no place for it");
                })) {
            assertThatThrownBy(() -> events.awaitEnd(SECOND))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no place for it");
        }
    }

    @Test
    void aClosedPeriodLetsNoMoreEventsOccur() throws Exception {
        DeliveryLedger ledger = new DeliveryLedger(1);
        try (Rig rig = new Rig(ClaimScenario.usual(1), AttemptListener.NONE)) {
            try (EventPeriod events = rig.begin(HUNDRED_A_SECOND, 3600 * SECOND, ledger)) {
                events.waitUntil(100 * MILLISECOND);
            }
        }
        assertThat(ledger.events()).isPositive().isLessThan(3600 * 100 / 2);
    }

    @Test
    void whileNobodyListensAttemptsFailAndRetriesBringTheEventsLater() throws Exception {
        try (WebhookRig rig = new WebhookRig(setup(1, PATIENT))) {
            WebhookRig.Result result = rig.observe(300 * MILLISECOND, 10 * SECOND, () -> rig.down(200 * MILLISECOND));

            assertThat(result.events()).isEqualTo(30);
            assertThat(result.effects()).isEqualTo(30);
            assertThat(result.timeouts()).isPositive();
        }
    }

    @Test
    void anotherStreamsEventsGoWhereTheyShouldAndEnterNoFigure() throws Exception {
        Set<Integer> receivers = Collections.synchronizedSet(new HashSet<>());
        WebhookRig.Setup two = setup(2, RetrySchedule.NONE);
        WebhookRig.Setup noted = new WebhookRig.Setup(
                two.arrivals(),
                two.receivers(),
                two.webhooks(),
                inbox -> TroubledInbox.answeringLate(inbox, receiver -> {
                    receivers.add(receiver);
                    return receiver == 2 ? MILLISECOND : 0;
                }),
                0,
                1);
        try (WebhookRig rig = new WebhookRig(noted)) {
            rig.sendAlso(rig.address(2), new PeriodicArrivals(100));
            WebhookRig.Result result = rig.observe(200 * MILLISECOND, 10 * SECOND);

            assertThat(receivers).containsExactlyInAnyOrder(0, 1, 2);
            assertThat(result.events()).isEqualTo(40);
            assertThat(result.effects()).isEqualTo(40);
        }
    }

    @Test
    void aProviderThatForgetsLosesWhatNobodyHasAcknowledgedWhenItRestarts() throws Exception {
        try (WebhookRig rig = new WebhookRig(setup(1, PATIENT))) {
            int port = rig.stopListening();
            WebhookRig.Result unheard = rig.observe(100 * MILLISECOND, 0);
            rig.restartProvider();
            rig.listenAgain(port);
            rig.period().awaitAll(SECOND / 5);

            assertThat(unheard.effects()).isZero();
            assertThat(rig.ledger().received()).isZero();
        }
    }
}
