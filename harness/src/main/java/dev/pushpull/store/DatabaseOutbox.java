package dev.pushpull.store;

import dev.pushpull.host.NanoClock;
import dev.pushpull.scenario.StoreAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;

/**
 * An outbox in a database, committed in groups: subscriptions, and the rows of events and deliveries, which are added
 * and removed together.
 */
final class DatabaseOutbox implements Outbox {
    private static final String SUBSCRIBERS =
            "SELECT id, url, scheme, stream, secret FROM outbox_subscription WHERE scope = ? ORDER BY id";
    private static final String SUBSCRIBE =
            "INSERT INTO outbox_subscription (id, scope, url, scheme, stream, secret) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String UNSUBSCRIBE = "DELETE FROM outbox_subscription WHERE id = ?";

    private final Database database;
    private final String scope;
    private final EventRows events;
    private final DeliveryRows deliveries;
    private final GroupCommit commits;

    /** Whether a connection was lost and no event has been kept since. */
    private boolean freshlyConnected;

    private DatabaseOutbox(Database database, Settings settings, ThreadFactory threads, NanoClock clock)
            throws SQLException {
        this.database = database;
        this.scope = settings.scope();
        this.events = new EventRows(new RowTimes(clock), settings);
        this.deliveries = new DeliveryRows(scope);
        // connects and reads, so the fields that this fills must exist
        this.commits = new GroupCommit(database, Inbox.Settings.GROUPED, threads, new Rows(), settings.told());
    }

    static Outbox open(StoreAddress address, Settings settings, ThreadFactory threads) throws StoreException {
        return open(address, settings, threads, NanoClock.SYSTEM);
    }

    /** @param clock decides what is too old */
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
        events.keepNewest(mostEvents);
        try (Session session = database.connect()) {
            return new Kept(
                    subscribers(session),
                    events.wanted(session),
                    events.lastSequences(session),
                    deliveries.open(session),
                    deliveries.lastNumber(session));
        } catch (SQLException e) {
            throw database.refusal(e);
        }
    }

    /** What is remembered about the rows. */
    private final class Rows implements GroupCommit.Memory {
        private boolean reconnecting;

        @Override
        public void connected(Session session) throws SQLException {
            deliveries.deleteEnded(session);
            deliveries.read(session);
            events.read(session);
            freshlyConnected = reconnecting;
            reconnecting = true;
        }

        @Override
        public void rolledBack(Session session) throws SQLException {
            deliveries.read(session);
        }

        @Override
        public Optional<GroupCommit.Work> whenIdle() {
            return events.whenIdle();
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

    @Override
    public void append(Occurrence occurrence) {
        commits.submit(new GroupCommit.Work() {
            private Event event;
            private Long newestBefore;

            @Override
            public void write(Session session) throws SQLException {
                Placed placed = occurrence.place();
                event = placed.event();
                newestBefore = events.remember(event);
                if (freshlyConnected) {
                    deleteUntold(session, event.position());
                }
                events.insert(session, event);
                for (Delivery delivery : placed.deliveries()) {
                    deliveries.insert(session, delivery);
                }
                events.lookIfDue(session, event);
            }

            @Override
            public void undone() {
                if (event != null) {
                    events.forget(event, newestBefore);
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

    /** If the connection was lost just during a commit, rows may exist although everyone was told that they do not. */
    private void deleteUntold(Session session, long from) throws SQLException {
        deliveries.deleteFrom(session, from);
        events.deleteFrom(session, from);
    }

    @Override
    public CompletableFuture<Void> add(Delivery delivery) {
        return submit(session -> deliveries.insert(session, delivery));
    }

    @Override
    public CompletableFuture<Void> attempted(long number, int attempts, long nextAttemptEpochNanos) {
        return submit(session -> deliveries.attempted(session, number, attempts, nextAttemptEpochNanos));
    }

    @Override
    public CompletableFuture<Void> ended(long number) {
        return submit(session -> deliveries.end(session, number));
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
        events.atTheEnd().ifPresent(commits::submit);
        commits.close();
        database.close();
    }
}
