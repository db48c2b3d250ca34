package dev.pushpull.delivery.webhook;

import dev.pushpull.event.Event;
import dev.pushpull.event.EventJson;

/** Which events a consumer refuses to take. */
@FunctionalInterface
public interface Refusal {
    /** It takes every event. */
    Refusal NONE = new Refusal() {
        @Override
        public boolean refuses(int consumer, Event event) {
            return false;
        }

        @Override
        public boolean refusesAny(int consumer, byte[] body) {
            return false; // without reading it
        }
    };

    /** Whether it refuses this one, and with it the webhook that carries it. */
    boolean refuses(int consumer, Event event);

    /** Whether it refuses any event of a webhook; it refuses only what it can read. */
    default boolean refusesAny(int consumer, byte[] body) {
        try {
            return EventJson.decodeOneOrMore(body).stream().anyMatch(event -> refuses(consumer, event));
        } catch (EventJson.MalformedEventException e) {
            return false;
        }
    }
}
