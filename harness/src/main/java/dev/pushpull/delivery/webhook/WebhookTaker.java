package dev.pushpull.delivery.webhook;

import dev.pushpull.event.Event;
import java.util.List;

/** What consumers do with a webhook that they have acknowledged. */
@FunctionalInterface
public interface WebhookTaker {
    /**
     * Called once for each webhook, by one thread, in the order of acknowledgement.
     *
     * @param receivedNanos when it was verified
     * @return the events that it brought and that the consumer now holds for the first time
     */
    List<Event> take(int consumer, byte[] body, long receivedNanos);
}
