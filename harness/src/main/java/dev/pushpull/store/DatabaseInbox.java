package dev.pushpull.store;

import dev.pushpull.host.NanoClock;
import dev.pushpull.scenario.StoreAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An inbox in a database: a row is stored before its sender is told. Only the database decides what is a duplicate.
 * Messages waiting to be processed are in memory too, and are read from the rows whenever a connection is made.
 */
final class DatabaseInbox implements Inbox {
    private static final String INSERT = "INSERT INTO inbox (scope, consumer, delivery_id, received_at, body)"
            + " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id";
    private static final String FIND = "SELECT id FROM inbox WHERE scope = ? AND consumer = ? AND delivery_id = ?";
    private static final String MARK = "UPDATE inbox SET processed_at = ? WHERE id = ? AND processed_at IS NULL";
    private static final String UNPROCESSED = "SELECT id, consumer, delivery_id, received_at, body FROM inbox"
            + " WHERE scope = ? AND processed_at IS NULL ORDER BY id";

    /** Only when the database is stuck do so many wait. */
    private static final int MOST_WRITING = 100_000;

    private final Database database;
    private final Settings settings;
    private final RowTimes times;
    private final OldMessages old;
    private final BlockingQueue<Message> waiting = new LinkedBlockingQueue<>();
    private final Set<Long> underWay = ConcurrentHashMap.newKeySet(); // accepted but not processed
    private final AtomicInteger repeated = new AtomicInteger(); // handed out or to be handed out
    private final GroupCommit commits;

    private DatabaseInbox(Database database, Settings settings, ThreadFactory threads, NanoClock clock)
            throws SQLException {
        this.database = database;
        this.settings = settings;
        this.times = new RowTimes(clock);
        this.old = new OldMessages(times, settings);
        this.commits = new GroupCommit(database, settings.mostPerCommit(), threads, new Rows(), settings.told());
    }

    static Inbox open(StoreAddress address, Settings settings, ThreadFactory threads) throws StoreException {
        return open(address, settings, threads, NanoClock.SYSTEM);
    }

    /** @param clock decides what is too old */
    static Inbox open(StoreAddress address, Settings settings, ThreadFactory threads, NanoClock clock)
            throws StoreException {
        Database database = Database.at(address);
        try {
            return new DatabaseInbox(database, settings, threads, clock);
        } catch (SQLException e) {
            database.close();
            throw database.refusal(e);
        }
    }

    /** What is remembered about the rows. */
    private final class Rows implements GroupCommit.Memory {
        @Override
        public void connected(Session session) throws SQLException {
            old.beginAnew();
            readUnprocessed(session);
        }

        @Override
        public void rolledBack(Session session) {
            old.beginAnew();
        }

        @Override
        public Optional<GroupCommit.Work> whenIdle() {
            return old.whenIdle();
        }
    }

    private void readUnprocessed(Session session) throws SQLException {
        try (ResultSet rows = session.statement(UNPROCESSED, settings.scope()).executeQuery()) {
            while (rows.next()) {
                if (underWay.add(rows.getLong(1))) {
                    waiting.add(new Message(
                            rows.getLong(1),
                            rows.getInt(2),
                            rows.getString(3),
                            times.nanos(rows.getLong(4)),
                            rows.getBytes(5)));
                }
            }
        }
    }

    @Override
    public CompletableFuture<Saved> save(int consumer, String deliveryId, byte[] body, long receivedNanos) {
        if (commits.underWay() > MOST_WRITING) {
            return CompletableFuture.completedFuture(Saved.FULL);
        }
        Saving saving = new Saving(consumer, deliveryId, body, receivedNanos);
        commits.submit(saving);
        return saving.outcome;
    }

    private final class Saving implements GroupCommit.Work {
        final CompletableFuture<Saved> outcome = new CompletableFuture<>();
        private final int consumer;
        private final String deliveryId;
        private final byte[] body;
        private final long receivedNanos;
        private Saved saved;
        private long id;

        Saving(int consumer, String deliveryId, byte[] body, long receivedNanos) {
            this.consumer = consumer;
            this.deliveryId = deliveryId;
            this.body = body;
            this.receivedNanos = receivedNanos;
        }

        @Override
        public void write(Session session) throws SQLException {
            old.countMessage();
            if (old.isDue()) {
                old.look(session);
            }
            if (underWay.size() >= settings.mostUnprocessed()) {
                saved = isThere(session) ? Saved.DUPLICATE : Saved.FULL;
                return;
            }
            try (ResultSet inserted = session.statement(
                            INSERT, settings.scope(), consumer, deliveryId, times.epochNanos(receivedNanos), body)
                    .executeQuery()) {
                saved = inserted.next() ? Saved.ACCEPTED : Saved.DUPLICATE;
                if (saved == Saved.ACCEPTED) {
                    id = inserted.getLong(1);
                    underWay.add(id);
                }
            }
        }

        private boolean isThere(Session session) throws SQLException {
            try (ResultSet found = session.statement(FIND, settings.scope(), consumer, deliveryId)
                    .executeQuery()) {
                return found.next();
            }
        }

        @Override
        public boolean wrote() {
            return saved == Saved.ACCEPTED;
        }

        @Override
        public void undone() {
            if (saved == Saved.ACCEPTED) {
                underWay.remove(id);
            }
            saved = null;
        }

        @Override
        public void committed() {
            if (saved == Saved.ACCEPTED) {
                waiting.add(new Message(id, consumer, deliveryId, receivedNanos, body));
            } else if (saved == Saved.DUPLICATE
                    && settings.handsOutRepeated()
                    && repeated.get() < settings.mostUnprocessed()) {
                repeated.incrementAndGet();
                waiting.add(Message.repetition(consumer, deliveryId, receivedNanos, body));
            }
            outcome.complete(saved);
        }

        @Override
        public void failed(Exception cause) {
            outcome.completeExceptionally(cause);
        }
    }

    @Override
    public Message take() throws InterruptedException {
        return waiting.take();
    }

    @Override
    public CompletableFuture<Void> processed(Message message) {
        if (message.repeated()) {
            repeated.decrementAndGet();
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        commits.submit(new GroupCommit.Work() {
            @Override
            public void write(Session session) throws SQLException {
                if (session.statement(MARK, times.nowEpochNanos(), message.id()).executeUpdate() == 1) {
                    settings.effect().apply(session.connection(), message);
                }
            }

            @Override
            public void committed() {
                underWay.remove(message.id());
                done.complete(null);
            }

            @Override
            public void failed(Exception cause) {
                waiting.add(message); // will be processed again
                done.completeExceptionally(cause);
            }
        });
        return done;
    }

    @Override
    public int unprocessed() {
        return underWay.size() + repeated.get();
    }

    @Override
    public void close() {
        old.atTheEnd().ifPresent(commits::submit);
        commits.close();
        database.close();
    }
}
