package dev.pushpull.delivery.webhook;

import dev.pushpull.event.Event;
import dev.pushpull.event.EventJson;
import java.util.List;
import java.util.Optional;

/** What consumers do with a webhook that they have acknowledged. */
@FunctionalInterface
public interface WebhookTaker {
    /**
     * Some events of a stream, one after another.
     *
     * @param first the sequence of the first
     */
    record Extent(long first, int events) {}

    /**
     * Called once for each webhook, by one thread, in the order of acknowledgement.
     *
     * @param receivedNanos when it was verified
     * @return the events that it brought and that the consumer now holds for the first time
     */
    List<Event> take(int consumer, byte[] body, long receivedNanos);

    /** Which events it is about; empty when it is malformed. */
    default Optional<Extent> extent(byte[] body) {
        try {
            List<Event> events = EventJson.decodeOneOrMore(body);
            return Optional.of(new Extent(events.get(0).sequence(), events.size()));
        } catch (EventJson.MalformedEventException e) {
            return Optional.empty();
        }
    }
}
