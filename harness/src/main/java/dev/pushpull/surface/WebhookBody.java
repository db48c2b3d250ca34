package dev.pushpull.surface;

import dev.pushpull.event.StoredEvent;

/** What a provider's webhook says of its event. */
@FunctionalInterface
public interface WebhookBody {
    /** The event itself. */
    WebhookBody WHOLE = StoredEvent::json;

    /** The body that is signed and sent, UTF-8; the same for every attempt at the event. */
    byte[] of(StoredEvent event);
}
