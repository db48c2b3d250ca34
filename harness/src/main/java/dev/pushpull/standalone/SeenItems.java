package dev.pushpull.standalone;

import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers a limited number of items; it first forgets those that have not appeared for the longest time. */
final class SeenItems {
    /** Of an item that is new. */
    static final long NEVER = 0;

    private final Map<Fingerprint, Long> seen;
    private long most;
    private boolean forgot;

    SeenItems(int remembered) {
        most = remembered;
        seen = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Fingerprint, Long> eldest) {
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

    /**
     * Remembers that a poll showed it.
     *
     * @param poll its number, from 1
     * @return the poll that showed it before; {@link #NEVER} when none did
     */
    long seen(Fingerprint item, long poll) {
        Long before = seen.put(item, poll);
        return before == null ? NEVER : before;
    }

    /** Whether any was forgotten: if it comes again, it counts as new. */
    boolean forgot() {
        return forgot;
    }
}
