package dev.pushpull.store;

import java.util.LinkedHashMap;
import java.util.Map;

/** The newest delivery ids a receiver has accepted. */
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

    boolean contains(String id) {
        return ids.containsKey(id);
    }

    void add(String id) {
        ids.put(id, true);
    }
}
