package dev.pushpull.event;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The newest entries of one sequence, in a ring. One writer at a time. Readers take no lock: they read the head, then
 * the slots, and check that a slot still holds the entry they want.
 */
final class StreamLog {
    private static final int FIRST_CAPACITY = 16;

    private record Entry(long sequence, StoredEvent event) {}

    private final int retention;
    private volatile AtomicReferenceArray<Entry> ring;
    private volatile long head;

    /** The newest entry that was never kept, or was dropped because of its bytes. */
    private volatile long dropped;

    StreamLog(int retention) {
        this(retention, 0);
    }

    /** @param head the newest entry that is no longer kept */
    StreamLog(int retention, long head) {
        this.retention = retention;
        this.head = head;
        this.dropped = head;
        this.ring = new AtomicReferenceArray<>(Math.min(FIRST_CAPACITY, retention));
    }

    long head() {
        return head;
    }

    /** Callers make sure that only one appends or drops at a time. Returns the entry that it replaced, or null. */
    StoredEvent append(StoredEvent event) {
        long sequence = head + 1;
        AtomicReferenceArray<Entry> slots = ring;
        if (sequence > slots.length() && slots.length() < retention) {
            slots = grown(slots);
            ring = slots;
        }
        Entry before = slots.getAndSet((int) (sequence % slots.length()), new Entry(sequence, event));
        head = sequence;
        return before == null ? null : before.event();
    }

    /** Drops and returns the oldest entry; null when that is also the newest. */
    StoredEvent dropOldest() {
        long oldest = beforeOldest() + 1;
        if (oldest >= head) {
            return null;
        }
        StoredEvent event = ring.get((int) (oldest % ring.length())).event();
        dropUpTo(oldest);
        return event;
    }

    /** Drops the entries up to a sequence. */
    void dropUpTo(long last) {
        for (long sequence = beforeOldest() + 1; sequence <= last; sequence++) {
            ring.set((int) (sequence % ring.length()), null);
            dropped = sequence;
        }
    }

    private long beforeOldest() {
        return Math.max(dropped, head - retention);
    }

    /** @param mostBytes of JSON, but always at least one event */
    EventLog.Slice read(long after, int limit, long mostBytes) {
        long newest = head; // read before the ring: the ring then holds at least everything up to this head
        AtomicReferenceArray<Entry> slots = ring;
        if (after >= newest) {
            return new EventLog.Slice(List.of(), newest, after);
        }
        long sequence = Math.max(Math.max(dropped, after), newest - retention) + 1;
        List<StoredEvent> events = new ArrayList<>((int) Math.max(0, Math.min(limit, newest - sequence + 1)));
        long bytes = 0;
        while (sequence <= newest && events.size() < limit) {
            Entry entry = slots.get((int) (sequence % slots.length()));
            if (entry != null && entry.sequence() == sequence) {
                bytes += entry.event().json().length;
                if (bytes > mostBytes && !events.isEmpty()) {
                    break;
                }
                events.add(entry.event());
                sequence++;
            } else { // overwritten since: continue with the oldest that is kept now
                sequence = Math.max(sequence, beforeOldest()) + 1;
            }
        }
        return new EventLog.Slice(events, newest, Math.max(after, Math.min(sequence - 1, newest)));
    }

    private AtomicReferenceArray<Entry> grown(AtomicReferenceArray<Entry> old) {
        int capacity = (int) Math.min(retention, 2L * old.length());
        AtomicReferenceArray<Entry> larger = new AtomicReferenceArray<>(capacity);
        for (int i = 0; i < old.length(); i++) {
            Entry entry = old.get(i);
            if (entry != null) {
                larger.set((int) (entry.sequence() % capacity), entry);
            }
        }
        return larger;
    }
}
