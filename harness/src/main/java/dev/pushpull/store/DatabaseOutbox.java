package dev.pushpull.store;

import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.scenario.StoreAddress;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An outbox in a database, committed in groups. The row of a delivery goes when the delivery ends, except that of the
 * newest of all, which stays until there is a newer one: the next number is counted from it. An event goes when it is
 * neither among the newest nor one of an open delivery, or when it is
 * too old and neither the last of its stream nor one of an open delivery.
 */
final class DatabaseOutbox implements Outbox {
    private static final String SUBSCRIBERS =
            "SELECT id, url, scheme, stream, secret FROM outbox_subscription WHERE scope = ? ORDER BY id";
    private static final String OPEN = "SELECT number, subscription, position, attempts, next_attempt_at"
            + " FROM outbox_delivery WHERE scope = ? AND state = 'open' ORDER BY number";
    private static final String LAST_POSITION = "SELECT COALESCE(MAX(position), 0) FROM outbox_event WHERE scope = ?";
    private static final String EVENTS =
            "SELECT position, stream, sequence, json FROM outbox_event WHERE scope = ? AND position > ?";
    private static final String OWED_EVENTS =
            "SELECT position, stream, sequence, json FROM outbox_event WHERE scope = ? AND position <= ? AND position IN"
                    + " (SELECT position FROM outbox_delivery WHERE scope = ? AND state = 'open')";
    /** From each stream to the next by the index, so that it costs as much as there are streams, not events. */
    private static final String NEWEST_OF_STREAMS =
            "WITH RECURSIVE streams (stream) AS (SELECT MIN(stream) FROM outbox_event WHERE scope = ?"
                    + " UNION ALL SELECT (SELECT MIN(stream) FROM outbox_event WHERE scope = ? AND stream > streams.stream)"
                    + " FROM streams WHERE streams.stream IS NOT NULL),"
                    + " newest (position) AS (SELECT (SELECT MAX(position) FROM outbox_event"
                    + " WHERE scope = ? AND stream = streams.stream) FROM streams WHERE streams.stream IS NOT NULL)"
                    + " SELECT e.stream, e.position, e.sequence FROM newest JOIN outbox_event e"
                    + " ON e.scope = ? AND e.position = newest.position";

    private static final String LAST_NUMBER = "SELECT COALESCE(MAX(number), 0) FROM outbox_delivery WHERE scope = ?";
    private static final String INSERT_EVENT =
            "INSERT INTO outbox_event (scope, position, stream, sequence, json, kept_at) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String INSERT_DELIVERY =
            "INSERT INTO outbox_delivery (scope, number, position, subscription, state, attempts)"
                    + " VALUES (?, ?, ?, ?, 'open', 0)";
    private static final String ATTEMPTED =
            "UPDATE outbox_delivery SET attempts = ?, next_attempt_at = ? WHERE scope = ? AND number = ?";
    private static final String END = "DELETE FROM outbox_delivery WHERE scope = ? AND number = ?";
    private static final String END_OF_NEWEST =
            "UPDATE outbox_delivery SET state = 'ended' WHERE scope = ? AND number = ?";
    private static final String NEWEST_ENDED = LAST_NUMBER + " AND state <> 'open'";
    private static final String FORGET_ENDED = "DELETE FROM outbox_delivery WHERE scope = ? AND state <> 'open'"
            + " AND number < (SELECT MAX(number) FROM outbox_delivery WHERE scope = ?)";
    private static final String NOT_OWED = "SELECT position, stream, kept_at FROM outbox_event WHERE scope = ?"
            + " AND position > ? AND position NOT IN"
            + " (SELECT position FROM outbox_delivery WHERE scope = ? AND state = 'open') ORDER BY position LIMIT ?";
    private static final String FORGET_EVENT = "DELETE FROM outbox_event WHERE scope = ? AND position = ?";
    private static final String FORGET_DELIVERIES_FROM =
            "DELETE FROM outbox_delivery WHERE scope = ? AND position >= ?";
    private static final String FORGET_EVENTS_FROM = "DELETE FROM outbox_event WHERE scope = ? AND position >= ?";
    private static final String SUBSCRIBE =
            "INSERT INTO outbox_subscription (id, scope, url, scheme, stream, secret) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String UNSUBSCRIBE = "DELETE FROM outbox_subscription WHERE id = ?";

    /** So often old events are looked for, or after so long. */
    private static final int EVENTS_A_LOT = 100;

    private static final long LOT_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** They go in lots, each of which takes some milliseconds. */
    private static final int MOST_FORGOTTEN = 1000;

    private static final byte[] NO_JSON = new byte[0];

    private final Database database;
    private final String scope;
    private final long keepNanos;
    private final NanoClock clock;
    private final long epochOffsetNanos;
    private final GroupCommit commits;
    /** The highest number in the table, and that of the row which is there for its number alone, or 0. */
    private long newest;

    private long newestEnded;
    /** By stream the position of its newest event, which stays: the next sequence is counted from it. */
    private final Map<String, Long> newestOfStreams = new HashMap<>();
    /** Whether a connection was lost and no event has been kept since. */
    private boolean freshlyConnected;
    /** How many of the newest events are wanted, or 0 while that is not known. */
    private volatile int mostEvents;

    private long forgotNanos;
    /** Whether there are more to forget now. */
    private boolean more;

    private DatabaseOutbox(Database database, Settings settings, ThreadFactory threads, NanoClock clock)
            throws SQLException {
        this.database = database;
        this.clock = clock;
        this.epochOffsetNanos = HostClocks.now(clock).offsetNanos();
        this.forgotNanos = clock.nanoTime() - LOT_NANOS;
        this.scope = settings.scope();
        this.keepNanos = settings.keepNanos();
        // connects, and so reads: what that fills in has to be there
        this.commits = new GroupCommit(database, Inbox.Settings.GROUPED, threads, new Rows(), settings.told());
    }

    static Outbox open(StoreAddress address, Settings settings, ThreadFactory threads) throws StoreException {
        return open(address, settings, threads, NanoClock.SYSTEM);
    }

    /** @param clock tells what is too old */
    static Outbox open(StoreAddress address, Settings settings, ThreadFactory threads, NanoClock clock)
            throws StoreException {
        Database database = Database.at(address);
        try {
            return new DatabaseOutbox(database, settings, threads, clock);
        } catch (SQLException e) {
            database.close();
            throw database.refusal(e);
        }
    }

    @Override
    public Kept kept(int mostEvents) throws StoreException {
        this.mostEvents = mostEvents;
        try (Session session = database.connect()) {
            Map<String, Long> lastSequences = new HashMap<>();
            newestOfStreams(session, event -> lastSequences.put(event.stream(), event.sequence()));
            return new Kept(
                    subscribers(session),
                    events(session, mostEvents),
                    lastSequences,
                    open(session),
                    number(session, LAST_NUMBER));
        } catch (SQLException e) {
            throw database.refusal(e);
        }
    }

    /** What is remembered of the rows. */
    private final class Rows implements GroupCommit.Memory {
        private boolean reconnecting;

        /** An earlier version of this kept what had ended. */
        @Override
        public void connected(Session session) throws SQLException {
            session.statement(FORGET_ENDED, scope, scope).executeUpdate();
            readNumbers(session);
            newestOfStreams.clear();
            newestOfStreams(session, event -> newestOfStreams.put(event.stream(), event.position()));
            freshlyConnected = reconnecting;
            reconnecting = true;
        }

        @Override
        public void rolledBack(Session session) throws SQLException {
            readNumbers(session);
        }

        @Override
        public Optional<GroupCommit.Work> whenIdle() {
            return mostEvents > 0 && (more || isLongAgo()) ? Optional.of(new Forgetting()) : Optional.empty();
        }

        private void readNumbers(Session session) throws SQLException {
            newest = number(session, LAST_NUMBER);
            newestEnded = number(session, NEWEST_ENDED);
        }
    }

    private List<Subscriber> subscribers(Session session) throws SQLException {
        List<Subscriber> subscribers = new ArrayList<>();
        try (ResultSet rows = session.statement(SUBSCRIBERS, scope).executeQuery()) {
            while (rows.next()) {
                subscribers.add(new Subscriber(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        Optional.ofNullable(rows.getString(4)),
                        rows.getString(5)));
            }
        }
        return subscribers;
    }

    private List<Event> events(Session session, int most) throws SQLException {
        long before = number(session, LAST_POSITION) - most;
        List<Event> events = new ArrayList<>();
        for (PreparedStatement wanted : List.of(
                session.statement(OWED_EVENTS, scope, before, scope), session.statement(EVENTS, scope, before))) {
            try (ResultSet rows = wanted.executeQuery()) {
                while (rows.next()) {
                    events.add(new Event(rows.getLong(1), rows.getString(2), rows.getLong(3), rows.getBytes(4)));
                }
            }
        }
        events.sort(Comparator.comparingLong(Event::position));
        return events;
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

    private List<Delivery> open(Session session) throws SQLException {
        List<Delivery> open = new ArrayList<>();
        try (ResultSet rows = session.statement(OPEN, scope).executeQuery()) {
            while (rows.next()) {
                open.add(new Delivery(
                        rows.getLong(1), rows.getString(2), rows.getLong(3), rows.getInt(4), rows.getLong(5)));
            }
        }
        return open;
    }

    private long number(Session session, String query) throws SQLException {
        try (ResultSet rows = session.statement(query, scope).executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    @Override
    public void append(Occurrence occurrence) {
        commits.submit(new GroupCommit.Work() {
            private Event event;
            private Long newestBefore;

            @Override
            public void write(Session session) throws SQLException {
                Placed placed = occurrence.place();
                event = placed.event();
                newestBefore = newestOfStreams.put(event.stream(), event.position());
                if (freshlyConnected) {
                    forgetUntold(session, event.position());
                }
                session.statement(
                                INSERT_EVENT,
                                scope,
                                event.position(),
                                event.stream(),
                                event.sequence(),
                                event.json(),
                                nowEpochNanos())
                        .executeUpdate();
                for (Delivery delivery : placed.deliveries()) {
                    insert(session, delivery);
                }
                if (isTimeToForget(event.position())) {
                    forgetEvents(session, event.position() - mostEvents);
                }
            }

            @Override
            public void undone() {
                if (event != null) {
                    newestOfStreams.compute(event.stream(), (stream, newestNow) -> newestBefore);
                    event = null;
                }
                occurrence.displaced();
            }

            @Override
            public void committed() {
                freshlyConnected = false;
                occurrence.kept();
            }

            @Override
            public void failed(Exception cause) {
                occurrence.failed(cause);
            }
        });
    }

    /** A connection that was lost at the very moment of a commit may have left what everybody was told is not there. */
    private void forgetUntold(Session session, long from) throws SQLException {
        session.statement(FORGET_DELIVERIES_FROM, scope, from).executeUpdate();
        session.statement(FORGET_EVENTS_FROM, scope, from).executeUpdate();
    }

    private boolean isTimeToForget(long position) {
        return mostEvents > 0 && (position % EVENTS_A_LOT == 0 || isLongAgo());
    }

    private boolean isLongAgo() {
        return clock.nanoTime() - forgotNanos > LOT_NANOS;
    }

    private void forgetEventsNow(Session session) throws SQLException {
        forgetEvents(session, number(session, LAST_POSITION) - mostEvents);
    }

    /** Perhaps there is nothing to forget; whether it can be is nobody's business but ours. */
    private final class Forgetting implements GroupCommit.Work {
        @Override
        public void write(Session session) throws SQLException {
            forgetEventsNow(session);
        }

        @Override
        public boolean wrote() {
            return false;
        }

        @Override
        public void committed() {
            // nobody waits for it
        }

        @Override
        public void failed(Exception cause) {
            // the next look finds them
        }
    }

    /** From the oldest on, as far as they are beyond what is wanted or too old. */
    private void forgetEvents(Session session, long upTo) throws SQLException {
        forgotNanos = clock.nanoTime();
        long oldest = nowEpochNanos() - keepNanos;
        List<Long> unwanted = new ArrayList<>();
        long seen = 0;
        int read = MOST_FORGOTTEN;
        boolean young = false;
        while (read == MOST_FORGOTTEN && !young && unwanted.size() < MOST_FORGOTTEN) {
            read = 0;
            try (ResultSet rows = session.statement(NOT_OWED, scope, seen, scope, MOST_FORGOTTEN)
                    .executeQuery()) {
                while (!young && rows.next()) {
                    read++;
                    seen = rows.getLong(1);
                    young = seen > upTo && rows.getLong(3) >= oldest;
                    if (!young && newestOfStreams.get(rows.getString(2)) != seen) {
                        unwanted.add(seen);
                    }
                }
            }
        }
        for (long position : unwanted) {
            session.statement(FORGET_EVENT, scope, position).executeUpdate();
        }
        more = unwanted.size() >= MOST_FORGOTTEN;
    }

    private long nowEpochNanos() {
        return clock.nanoTime() + epochOffsetNanos;
    }

    private void insert(Session session, Delivery delivery) throws SQLException {
        session.statement(INSERT_DELIVERY, scope, delivery.number(), delivery.position(), delivery.subscription())
                .executeUpdate();
        if (delivery.number() > newest) {
            newest = delivery.number();
            if (newestEnded != 0) {
                session.statement(END, scope, newestEnded).executeUpdate();
                newestEnded = 0;
            }
        }
    }

    private void end(Session session, long number) throws SQLException {
        if (number == newest) {
            session.statement(END_OF_NEWEST, scope, number).executeUpdate();
            newestEnded = number;
        } else {
            session.statement(END, scope, number).executeUpdate();
        }
    }

    @Override
    public CompletableFuture<Void> add(Delivery delivery) {
        return submit(session -> insert(session, delivery));
    }

    @Override
    public CompletableFuture<Void> attempted(long number, int attempts, long nextAttemptEpochNanos) {
        return submit(session -> session.statement(ATTEMPTED, attempts, nextAttemptEpochNanos, scope, number)
                .executeUpdate());
    }

    @Override
    public CompletableFuture<Void> ended(long number) {
        return submit(session -> end(session, number));
    }

    @Override
    public CompletableFuture<Void> subscribed(Subscriber subscriber) {
        return submit(session -> session.statement(
                        SUBSCRIBE,
                        subscriber.id(),
                        scope,
                        subscriber.url(),
                        subscriber.scheme(),
                        subscriber.stream().orElse(null),
                        subscriber.secret())
                .executeUpdate());
    }

    @Override
    public CompletableFuture<Void> unsubscribed(String subscription) {
        return submit(session -> session.statement(UNSUBSCRIBE, subscription).executeUpdate());
    }

    private interface Writing {
        void write(Session session) throws SQLException;
    }

    private CompletableFuture<Void> submit(Writing writing) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        commits.submit(work(writing, done));
        return done;
    }

    private static GroupCommit.Work work(Writing writing, CompletableFuture<Void> done) {
        return new GroupCommit.Work() {
            @Override
            public void write(Session session) throws SQLException {
                writing.write(session);
            }

            @Override
            public void committed() {
                done.complete(null);
            }

            @Override
            public void failed(Exception cause) {
                done.completeExceptionally(cause);
            }
        };
    }

    @Override
    public boolean idle() {
        return commits.underWay() == 0;
    }

    @Override
    public void close() {
        if (mostEvents > 0 && keepNanos != FOREVER) {
            commits.submit(new Forgetting());
        }
        commits.close();
        database.close();
    }
}
