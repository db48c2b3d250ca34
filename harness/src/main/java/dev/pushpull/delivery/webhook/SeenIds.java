package dev.pushpull.delivery.webhook;

import java.util.LinkedHashMap;
import java.util.Map;

/** The newest delivery ids a receiver has accepted. Thread-safe. */
final class SeenIds {
    private final Map<String, Boolean> ids;

    /** @param most how many are remembered */
    SeenIds(int most) {
        ids = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > most;
            }
        };
    }

    synchronized boolean contains(String id) {
        return ids.containsKey(id);
    }

    synchronized void add(String id) {
        ids.put(id, true);
    }
}
