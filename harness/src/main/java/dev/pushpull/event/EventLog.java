package dev.pushpull.event;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The provider's memory: the newest events of each stream, and of all streams together, up to a limit in bytes, so that
 * nobody can fill the heap with large events. Appending takes a lock. Reading takes none, and costs as much as the page
 * it returns, however long the log is.
 */
public final class EventLog {
    /** An event is held as bytes and as text, so the log takes at most three eighths of the heap. */
    private static final int PART_OF_THE_HEAP = 8;

    private final int retention;
    private final long mostBytes;
    private final ConcurrentHashMap<String, StreamLog> streams = new ConcurrentHashMap<>();
    private final StreamLog all;
    private final Object appending = new Object();
    private final Map<String, Long> placed = new HashMap<>();
    private long placedInAll;

    /** What all streams together keep. */
    private long heldBytes;

    /**
     * @param retention how many events of each stream to keep, at least 1; four times as many of all streams together
     */
    public EventLog(int retention) {
        this(retention, mostBytes());
    }

    /**
     * @param mostBytes of the kept events' JSON; the oldest are dropped first, and the newest stays whatever its size
     */
    EventLog(int retention, long mostBytes) {
        if (retention < 1) {
            throw new IllegalArgumentException("a log keeps at least one event, not " + retention);
        }
        this.retention = retention;
        this.mostBytes = mostBytes;
        this.all = new StreamLog(mostOfAll(retention));
    }

    /**
     * A log that continues an earlier one.
     *
     * @param newest the newest of all events, by position and without a gap; none older than {@link #mostOfAll} are
     *     needed
     * @param lastSequences of every stream that existed
     */
    public EventLog(int retention, List<StoredEvent> newest, Map<String, Long> lastSequences) {
        this.retention = retention;
        this.mostBytes = mostBytes();
        this.all = new StreamLog(
                mostOfAll(retention), newest.isEmpty() ? 0 : newest.get(0).position() - 1);
        for (StoredEvent stored : newest) {
            long before = stored.event().sequence() - 1;
            streams.computeIfAbsent(stored.event().stream(), name -> new StreamLog(retention, before));
            keep(stored);
        }
        lastSequences.forEach(
                (stream, last) -> streams.computeIfAbsent(stream, name -> new StreamLog(retention, last)));
        freePlaces();
    }

    private static long mostBytes() {
        return Runtime.getRuntime().maxMemory() / PART_OF_THE_HEAP;
    }

    /** How many events of all streams together are kept. */
    public static int mostOfAll(int retention) {
        return (int) Math.min(4L * retention, 1 << 24);
    }

    /** Gives the draft its sequence in the stream and keeps it. */
    public StoredEvent append(EventDraft draft) {
        synchronized (appending) {
            StoredEvent stored = place(draft);
            keep(stored);
            return stored;
        }
    }

    /**
     * Gives the draft its place, after all others, without keeping it yet: nobody can read it. Drafts with a place are
     * then kept in the same order, or not at all: see {@link #freePlaces}.
     */
    public StoredEvent place(EventDraft draft) {
        synchronized (appending) {
            Long last = placed.get(draft.stream());
            long sequence = (last == null ? stream(draft.stream()).head() : last) + 1;
            placed.put(draft.stream(), sequence);
            placedInAll = Math.max(placedInAll, all.head()) + 1;
            return new StoredEvent(draft.at(sequence), placedInAll, draft.json(sequence));
        }
    }

    /** Keeps the draft with the next place. */
    public void keep(StoredEvent stored) {
        synchronized (appending) {
            stream(stored.event().stream()).append(stored);
            StoredEvent before = all.append(stored);
            heldBytes += stored.json().length - (before == null ? 0 : before.json().length);
            dropBeyondTheLimit();
        }
    }

    private void dropBeyondTheLimit() {
        while (heldBytes > mostBytes) {
            StoredEvent oldest = all.dropOldest();
            if (oldest == null) {
                return;
            }
            heldBytes -= oldest.json().length;
            stream(oldest.event().stream()).dropUpTo(oldest.event().sequence());
        }
    }

    /** Frees the places of drafts that were not kept; those drafts are never kept. */
    public void freePlaces() {
        synchronized (appending) {
            placed.clear();
            placedInAll = all.head();
        }
    }

    private StreamLog stream(String name) {
        return streams.computeIfAbsent(name, same -> new StreamLog(retention));
    }

    /**
     * Up to {@code limit} events of a stream after a cursor, oldest first; events dropped meanwhile are skipped.
     *
     * @param stream its name, or null for all streams together
     * @param after sequence in the stream (position among all); 0 for the oldest kept
     */
    public Slice read(String stream, long after, int limit) {
        return read(stream, after, limit, Long.MAX_VALUE);
    }

    /**
     * The same, within a number of bytes.
     *
     * @param mostBytes of the events' JSON; one event is returned whatever its size
     */
    public Slice read(String stream, long after, int limit, long mostBytes) {
        StreamLog log = stream == null ? all : streams.get(stream);
        return log == null ? new Slice(List.of(), 0, after) : log.read(after, limit, mostBytes);
    }

    /** The event at a position among all; empty when it is no longer kept. */
    public Optional<StoredEvent> at(long position) {
        return all.read(position - 1, 1, Long.MAX_VALUE).events().stream()
                .filter(stored -> stored.position() == position)
                .findFirst();
    }

    /**
     * @param head the newest sequence when the log was read
     * @param end where to continue: the sequence of the last event of the slice; {@code after} when the slice is empty;
     *     and when everything had been dropped by then, the sequence of the last dropped event
     */
    public record Slice(List<StoredEvent> events, long head, long end) {}
}
