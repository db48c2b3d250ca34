package dev.pushpull.provider;

import dev.pushpull.event.EventJson;
import dev.pushpull.event.EventLog;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.store.Outbox;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The events that an outbox kept when the provider ended. */
final class KeptEvents {
    private final TreeMap<Long, StoredEvent> byPosition = new TreeMap<>();
    private final Map<String, Long> lastSequences;

    /**
     * @throws IllegalStateException when one cannot be read, which happens only if someone else changed the database
     */
    KeptEvents(Outbox.Kept kept) {
        for (Outbox.Event event : kept.events()) {
            byPosition.put(event.position(), stored(event));
        }
        lastSequences = kept.lastSequences();
    }

    private static StoredEvent stored(Outbox.Event event) {
        try {
            return new StoredEvent(EventJson.decode(event.json()), event.position(), event.json());
        } catch (EventJson.MalformedEventException e) {
            throw new IllegalStateException("the outbox holds no event at position " + event.position(), e);
        }
    }

    /** A log that continues after them. */
    EventLog log(int retention) {
        long newest = byPosition.isEmpty() ? 0 : byPosition.lastKey();
        long oldest = newest + 1;
        while (newest - oldest < EventLog.mostOfAll(retention) - 1L && byPosition.containsKey(oldest - 1)) {
            oldest--; // before a gap stand single events, kept for another reason
        }
        return new EventLog(
                retention, List.copyOf(byPosition.tailMap(oldest, true).values()), lastSequences);
    }

    StoredEvent at(long position) {
        return byPosition.get(position);
    }
}
