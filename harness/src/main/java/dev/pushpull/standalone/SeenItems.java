package dev.pushpull.standalone;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers a limited number of items; it first forgets those that have not appeared for the longest time. */
final class SeenItems {
    private final Map<Fingerprint, Boolean> seen;
    private long most;
    private boolean forgot;

    SeenItems(int remembered) {
        most = remembered;
        seen = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Fingerprint, Boolean> eldest) {
                forgot |= size() > most;
                return size() > most;
            }
        };
    }

    /** From now on at least this many are remembered. */
    void remember(long items) {
        most = Math.max(most, items);
    }

    /** How many are remembered. */
    long most() {
        return most;
    }

    /** Whether it is new. */
    boolean add(Fingerprint item) {
        return seen.put(item, true) == null;
    }

    /** Whether any was forgotten: if it comes again, it counts as new. */
    boolean forgot() {
        return forgot;
    }
}
