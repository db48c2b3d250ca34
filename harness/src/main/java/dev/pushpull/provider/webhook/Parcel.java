package dev.pushpull.provider.webhook;

import dev.pushpull.event.StoredEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * What one webhook carries: a delivery, or several to the same endpoint. Its loops are plain: where webhooks are few, their
 * code is cold, and a stream takes microseconds of each.
 *
 * @param id the id of the message, the same for every attempt
 * @param deliveries at least one, in the order of their events
 * @param gathered whether they waited for each other, so that others may wait for its answer
 */
record Parcel(String id, List<Delivery> deliveries, boolean gathered) {
    /** A delivery by itself; its message has the event's own id. */
    static Parcel of(Delivery delivery) {
        return new Parcel(delivery.event.event().id(), List.of(delivery), false);
    }

    /** Deliveries that waited for each other. */
    static Parcel gathered(List<Delivery> deliveries) {
        return new Parcel(id(deliveries), deliveries, true);
    }

    /** An id as long as an event's. */
    private static String id(List<Delivery> deliveries) {
        return "bat_%08x%08x".formatted((int) deliveries.get(0).number, deliveries.size());
    }

    /** Both halves, as messages of their own. */
    List<Parcel> halves() {
        int half = deliveries.size() / 2;
        List<Delivery> first = deliveries.subList(0, half);
        List<Delivery> second = deliveries.subList(half, deliveries.size());
        return List.of(new Parcel(id(first), first, false), new Parcel(id(second), second, false));
    }

    /** The same message with those that are still wanted. */
    Parcel with(List<Delivery> wanted) {
        return new Parcel(id, wanted, gathered);
    }

    Subscription subscription() {
        return deliveries.get(0).subscription;
    }

    List<StoredEvent> events() {
        List<StoredEvent> events = new ArrayList<>(deliveries.size());
        for (Delivery delivery : deliveries) {
            events.add(delivery.event);
        }
        return events;
    }

    /** Whether nothing of it is to be sent any more. */
    boolean isOver() {
        for (Delivery delivery : deliveries) {
            if (!delivery.state.isOver()) {
                return false;
            }
        }
        return true;
    }
}
