package dev.pushpull.surface;

import dev.pushpull.event.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** What a provider's webhook says of its event. */
@FunctionalInterface
public interface WebhookBody {
    /** The event itself. */
    WebhookBody WHOLE = StoredEvent::json;

    /** The body that is signed and sent, UTF-8; the same for every attempt at the event. */
    byte[] of(StoredEvent event);

    /** The body of a batch: a JSON array of what it says of each. */
    default byte[] of(List<StoredEvent> events) {
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        char before = '[';
        for (StoredEvent event : events) {
            array.write(before);
            array.writeBytes(of(event));
            before = ',';
        }
        array.write(']');
        return array.toByteArray();
    }
}
