package dev.pushpull.store;

import dev.pushpull.store.Outbox.Event;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The events of an outbox. An event is deleted when it is neither among the newest nor part of an open delivery, or
 * when it is too old and neither the last of its stream nor part of an open delivery.
 */
final class EventRows extends Pruning {
    private static final String LAST_POSITION = "SELECT COALESCE(MAX(position), 0) FROM outbox_event WHERE scope = ?";
    private static final String NEWEST =
            "SELECT position, stream, sequence, json FROM outbox_event WHERE scope = ? AND position > ?";
    private static final String OWED =
            "SELECT position, stream, sequence, json FROM outbox_event WHERE scope = ? AND position <= ? AND position IN"
                    + " (SELECT position FROM outbox_delivery WHERE scope = ? AND state = 'open')";
    /** Goes from stream to stream by the index, so the cost grows with the number of streams, not of events. */
    private static final String NEWEST_OF_STREAMS =
            "WITH RECURSIVE streams (stream) AS (SELECT MIN(stream) FROM outbox_event WHERE scope = ?"
                    + " UNION ALL SELECT (SELECT MIN(stream) FROM outbox_event WHERE scope = ? AND stream > streams.stream)"
                    + " FROM streams WHERE streams.stream IS NOT NULL),"
                    + " newest (position) AS (SELECT (SELECT MAX(position) FROM outbox_event"
                    + " WHERE scope = ? AND stream = streams.stream) FROM streams WHERE streams.stream IS NOT NULL)"
                    + " SELECT e.stream, e.position, e.sequence FROM newest JOIN outbox_event e"
                    + " ON e.scope = ? AND e.position = newest.position";

    private static final String INSERT =
            "INSERT INTO outbox_event (scope, position, stream, sequence, json, kept_at) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String NOT_OWED = "SELECT position, stream, kept_at FROM outbox_event WHERE scope = ?"
            + " AND position > ? AND position NOT IN"
            + " (SELECT position FROM outbox_delivery WHERE scope = ? AND state = 'open') ORDER BY position LIMIT ?";
    private static final String DELETE = "DELETE FROM outbox_event WHERE scope = ? AND position = ?";
    private static final String DELETE_FROM = "DELETE FROM outbox_event WHERE scope = ? AND position >= ?";

    /** Old events are looked for each time this many were added. */
    private static final int EVENTS_A_LOT = 100;

    private static final int MOST_DELETED = 1000;
    private static final byte[] NO_JSON = new byte[0];

    private final RowTimes times;
    private final String scope;

    /** The position of each stream's newest event, which stays because the next sequence is counted from it. */
    private final Map<String, Long> newestOfStreams = new HashMap<>();

    /** How many of the newest events are wanted; 0 while unknown. */
    private volatile int mostEvents;

    EventRows(RowTimes times, Outbox.Settings settings) {
        super(times, settings.keepNanos());
        this.times = times;
        this.scope = settings.scope();
    }

    /** May be called on any thread: from now on only this many events are kept for being the newest. */
    void keepNewest(int mostEvents) {
        this.mostEvents = mostEvents;
    }

    /** Events of open deliveries or among the newest, in order. */
    List<Event> wanted(Session session) throws SQLException {
        long before = session.number(LAST_POSITION, scope) - mostEvents;
        List<Event> events = new ArrayList<>();
        for (PreparedStatement wanted :
                List.of(session.statement(OWED, scope, before, scope), session.statement(NEWEST, scope, before))) {
            try (ResultSet rows = wanted.executeQuery()) {
                while (rows.next()) {
                    events.add(new Event(rows.getLong(1), rows.getString(2), rows.getLong(3), rows.getBytes(4)));
                }
            }
        }
        events.sort(Comparator.comparingLong(Event::position));
        return events;
    }

    /** The last sequence of each stream. */
    Map<String, Long> lastSequences(Session session) throws SQLException {
        Map<String, Long> lastSequences = new HashMap<>();
        newestOfStreams(session, event -> lastSequences.put(event.stream(), event.sequence()));
        return lastSequences;
    }

    /** Events without their JSON. */
    private void newestOfStreams(Session session, Consumer<Event> each) throws SQLException {
        try (ResultSet rows =
                session.statement(NEWEST_OF_STREAMS, scope, scope, scope, scope).executeQuery()) {
            while (rows.next()) {
                each.accept(new Event(rows.getLong(2), rows.getString(1), rows.getLong(3), NO_JSON));
            }
        }
    }

    /** Reads what is remembered about the rows. */
    void read(Session session) throws SQLException {
        newestOfStreams.clear();
        newestOfStreams(session, event -> newestOfStreams.put(event.stream(), event.position()));
    }

    /** Remembers an event as the newest of its stream; returns the position of the previous one, or null. */
    Long remember(Event event) {
        return newestOfStreams.put(event.stream(), event.position());
    }

    /** Takes back {@link #remember}, given its result. */
    void forget(Event event, Long newestBefore) {
        newestOfStreams.compute(event.stream(), (stream, newestNow) -> newestBefore);
    }

    void insert(Session session, Event event) throws SQLException {
        session.statement(
                        INSERT,
                        scope,
                        event.position(),
                        event.stream(),
                        event.sequence(),
                        event.json(),
                        times.nowEpochNanos())
                .executeUpdate();
    }

    /** Looks for old events if it is time to, now that this one has been added. */
    void lookIfDue(Session session, Event inserted) throws SQLException {
        if (isWanted() && (inserted.position() % EVENTS_A_LOT == 0 || isLongAgo())) {
            look(session);
        }
    }

    void deleteFrom(Session session, long position) throws SQLException {
        session.statement(DELETE_FROM, scope, position).executeUpdate();
    }

    @Override
    boolean isWanted() {
        return mostEvents > 0;
    }

    /** From the oldest on, deletes those that are beyond the wanted number or too old. */
    @Override
    boolean deleteLot(Session session, long oldestEpochNanos) throws SQLException {
        long upTo = session.number(LAST_POSITION, scope) - mostEvents;
        List<Long> unwanted = new ArrayList<>();
        long seen = 0;
        int read = MOST_DELETED;
        boolean young = false;
        while (read == MOST_DELETED && !young && unwanted.size() < MOST_DELETED) {
            read = 0;
            try (ResultSet rows = session.statement(NOT_OWED, scope, seen, scope, MOST_DELETED)
                    .executeQuery()) {
                while (!young && rows.next()) {
                    read++;
                    seen = rows.getLong(1);
                    young = seen > upTo && rows.getLong(3) >= oldestEpochNanos;
                    if (!young && newestOfStreams.get(rows.getString(2)) != seen) {
                        unwanted.add(seen);
                    }
                }
            }
        }
        for (long position : unwanted) {
            session.statement(DELETE, scope, position).executeUpdate();
        }
        return unwanted.size() >= MOST_DELETED;
    }
}
