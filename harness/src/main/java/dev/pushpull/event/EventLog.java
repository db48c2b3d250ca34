package dev.pushpull.event;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The provider's memory: the newest events of each stream, and of all streams together. Appending takes a lock;
 * reading takes none and costs as much as the page it returns, however long the log.
 */
public final class EventLog {
    private final int retention;
    private final ConcurrentHashMap<String, StreamLog> streams = new ConcurrentHashMap<>();
    private final StreamLog all;
    private final Object appending = new Object();

    /** @param retention newest events kept of each stream, at least 1; four times as many of all together */
    public EventLog(int retention) {
        if (retention < 1) {
            throw new IllegalArgumentException("a log keeps at least one event, not " + retention);
        }
        this.retention = retention;
        this.all = new StreamLog((int) Math.min(4L * retention, 1 << 24));
    }

    /** Gives the draft its sequence in the stream and keeps it. */
    public StoredEvent append(EventDraft draft) {
        StreamLog stream = streams.computeIfAbsent(draft.stream(), name -> new StreamLog(retention));
        synchronized (appending) {
            long sequence = stream.head() + 1;
            StoredEvent stored = new StoredEvent(draft.at(sequence), all.head() + 1, draft.json(sequence));
            stream.append(stored);
            all.append(stored);
            return stored;
        }
    }

    /**
     * Up to {@code limit} events of a stream after a cursor, oldest first; what was dropped meanwhile is passed over.
     *
     * @param stream its name, or null for all streams together
     * @param after sequence in the stream (position among all); 0 for the oldest kept
     */
    public Slice read(String stream, long after, int limit) {
        StreamLog log = stream == null ? all : streams.get(stream);
        return log == null ? new Slice(List.of(), 0, after) : log.read(after, limit);
    }

    /**
     * @param head the newest sequence at the time of the look
     * @param end where to go on: the sequence of the last event of the slice, {@code after} when there was none, and when
     *     all there was had been dropped by the time it was reached, the last of these
     */
    public record Slice(List<StoredEvent> events, long head, long end) {}
}
