package dev.pushpull.provider.webhook;

import dev.pushpull.event.StoredEvent;
import dev.pushpull.scenario.MissReason;
import dev.pushpull.store.Outbox;
import java.util.concurrent.Future;

/** One event on its way to one endpoint. Only {@link OpenDeliveries} changes its state. */
final class Delivery {
    /** What an unacknowledged delivery waits for, or why it is no longer sent. */
    enum State {
        WAITING(MissReason.WAITING.text()),
        IN_FLIGHT(MissReason.IN_FLIGHT.text()),
        RETRY_PENDING(MissReason.RETRY_PENDING.text()),
        ACKNOWLEDGED("acknowledged"),
        EXHAUSTED(MissReason.RETRIES_EXHAUSTED.text()),
        ENDED(MissReason.SUBSCRIPTION_ENDED.text()),
        DISABLED(MissReason.ENDPOINT_DISABLED.text()),
        CROWDED_OUT(MissReason.CROWDED_OUT.text());

        private final String reason;

        State(String reason) {
            this.reason = reason;
        }

        /** Its name in the books. */
        String reason() {
            return reason;
        }

        boolean waits() {
            return this == WAITING || this == RETRY_PENDING;
        }

        boolean isOver() {
            return !waits() && this != IN_FLIGHT;
        }
    }

    final long number;
    final Subscription subscription;
    final StoredEvent event;
    volatile State state = State.WAITING;
    private volatile Future<?> start;

    Delivery(long number, Subscription subscription, StoredEvent event) {
        this.number = number;
        this.subscription = subscription;
        this.event = event;
    }

    String id() {
        return "dlv_" + number;
    }

    Outbox.Delivery due() {
        return new Outbox.Delivery(number, subscription.id(), event.position());
    }

    /** A timer will start its next attempt. */
    void startsBy(Future<?> timer) {
        start = timer;
        if (state.isOver()) { // given up at this moment
            timer.cancel(false);
        }
    }

    /** The delivery is over: a timer must not hold it any more. */
    void startsNoMore() {
        Future<?> timer = start;
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
