package dev.pushpull.provider.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.event.Event;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.provider.webhook.Delivery.State;
import dev.pushpull.surface.Unfinished;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is kept of deliveries, and for how long. */
class OpenDeliveriesTest {
    private static final int PAYLOAD = 10_000;
    private static final int EACH = PAYLOAD + OpenDeliveries.BYTES_A_DELIVERY;

    private final Subscription one = Emitters.subscription("sub_1", "http://127.0.0.1:1/one");
    private final Subscription other = Emitters.subscription("sub_2", "http://127.0.0.1:1/other");
    private long number;

    private Delivery added(OpenDeliveries open, Subscription subscription, long position) {
        Delivery delivery = new Delivery(
                ++number,
                subscription,
                new StoredEvent(
                        new Event("evt_" + position, "a", position, "test", 0, "{}"), position, new byte[PAYLOAD]));
        open.add(delivery, State.WAITING);
        return delivery;
    }

    @Test
    void whatIsOverIsCountedByReasonAndTheNewestAreListed() {
        OpenDeliveries open = new OpenDeliveries(Emitters.MOST_BYTES, 3);
        for (int i = 1; i <= 10; i++) {
            open.over(added(open, one, i), State.EXHAUSTED);
        }
        open.over(added(open, one, 11), State.DISABLED);
        open.over(added(open, one, 12), State.ACKNOWLEDGED);
        added(open, one, 13);

        assertThat(open.size()).isEqualTo(1);
        assertThat(open.counts())
                .isEqualTo(Map.of("retries exhausted", 10L, "endpoint disabled", 1L, "waiting to be sent", 1L));
        assertThat(open.unfinished()).extracting(Unfinished::sequence).containsExactly(9L, 10L, 11L, 13L);
    }

    @Test
    void aDeliveryEndsOnce() {
        OpenDeliveries open = new OpenDeliveries(Emitters.MOST_BYTES, 3);
        Delivery delivery = added(open, one, 1);

        assertThat(open.over(delivery, State.ENDED)).isTrue();
        assertThat(open.over(delivery, State.EXHAUSTED)).isFalse();
        assertThat(open.is(delivery, State.IN_FLIGHT)).isFalse();
        assertThat(open.counts()).isEqualTo(Map.of("subscription ended", 1L));
    }

    @Test
    void anEndpointThatEndsTakesWithItAllThatWaitsForItAndNothingElse() {
        OpenDeliveries open = new OpenDeliveries(Emitters.MOST_BYTES, 10);
        Delivery inFlight = added(open, one, 1);
        open.is(inFlight, State.IN_FLIGHT);
        Delivery waiting = added(open, one, 2);
        added(open, other, 2);

        assertThat(open.giveUpWaiting(one, State.ENDED)).containsExactly(waiting);
        assertThat(open.counts())
                .isEqualTo(Map.of("in flight", 1L, "waiting to be sent", 1L, "subscription ended", 1L));
    }

    @Test
    void beyondTheLimitTheOldestOfTheEndpointThatHoldsMostIsGivenUp() {
        OpenDeliveries open = new OpenDeliveries(10L * EACH, 100);
        Delivery ofTheOther = added(open, other, 1);
        Delivery inFlight = added(open, one, 2);
        open.is(inFlight, State.IN_FLIGHT);
        List<Delivery> waiting = new ArrayList<>();
        for (int i = 3; i <= 10; i++) {
            waiting.add(added(open, one, i));
            assertThat(open.crowdOut()).isEmpty();
        }

        added(open, one, 11);

        assertThat(open.crowdOut()).as("a tenth more than it must").containsExactlyElementsOf(waiting.subList(0, 2));
        assertThat(open.counts()).containsEntry("too much waiting", 2L);
        assertThat(ofTheOther.state).isEqualTo(State.WAITING);
        assertThat(inFlight.state).isEqualTo(State.IN_FLIGHT);
        assertThat(open.crowdOut()).isEmpty();
    }

    @Test
    void anEventThatManyWaitForIsHeldOnce() {
        OpenDeliveries open = new OpenDeliveries(2L * EACH, 100);
        for (int i = 0; i < 10; i++) {
            added(open, Emitters.subscription("sub_" + i, "http://127.0.0.1:1/" + i), 7);
        }

        assertThat(open.crowdOut()).isEmpty();
    }

    @Test
    void whatIsAllInFlightIsLeftToItsAnswers() {
        OpenDeliveries open = new OpenDeliveries(1, 100);
        open.is(added(open, one, 1), State.IN_FLIGHT);

        assertThat(open.crowdOut()).isEmpty();
        assertThat(open.size()).isEqualTo(1);
    }
}
