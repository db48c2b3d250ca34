package dev.pushpull.store;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.host.NanoClock;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.store.Inbox.Saved;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that nobody needs any more go, and those that are there cost a start nothing. */
@Tag("live")
class PruningTest {
    private static final byte[] BODY = {'{', '}'};
    private static final long WEEK_NANOS = TimeUnit.DAYS.toNanos(7);

    @TempDir
    private Path directory;

    private String file(String name) {
        return directory.resolve(name + ".db").toString();
    }

    private long number(String file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            return row.next() ? row.getLong(1) : -1;
        }
    }

    private void execute(String file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            connection.createStatement().execute(sql);
        }
    }

    private Inbox inbox(String scope, long keepNanos) throws StoreException {
        return Inbox.open(
                new StoreAddress(file("inbox")),
                new Inbox.Settings(scope, 10_000, 1000, Effect.NONE, keepNanos, line -> {}),
                Thread::new);
    }

    @Test
    void aMessageGoesWhenItWasProcessedLongAgo() throws Exception {
        try (Inbox inbox = inbox("test", Inbox.FOREVER);
                Inbox other = inbox("other", Inbox.FOREVER)) {
            for (String id : List.of("old", "new", "waits")) {
                inbox.save(0, id, BODY, System.nanoTime()).get();
            }
            other.save(0, "old", BODY, System.nanoTime()).get();
            inbox.processed(inbox.take()).get();
            inbox.processed(inbox.take()).get();
        }
        long longAgo = (System.currentTimeMillis() - TimeUnit.DAYS.toMillis(8)) * 1_000_000;
        execute(file("inbox"), "UPDATE inbox SET received_at = " + longAgo);
        execute(file("inbox"), "UPDATE inbox SET processed_at = " + longAgo + " WHERE delivery_id = 'old'");

        try (Inbox inbox = inbox("test", WEEK_NANOS)) {
            assertThat(inbox.save(0, "next", BODY, System.nanoTime()).get()).isEqualTo(Saved.ACCEPTED);
            assertThat(number(file("inbox"), "SELECT COUNT(*) FROM inbox WHERE scope = 'test'"))
                    .as("new, waits, next")
                    .isEqualTo(3);
            assertThat(number(file("inbox"), "SELECT COUNT(*) FROM inbox WHERE scope = 'other'"))
                    .as("another's are another's")
                    .isEqualTo(1);
            assertThat(inbox.save(0, "new", BODY, System.nanoTime()).get()).isEqualTo(Saved.DUPLICATE);
            assertThat(inbox.save(0, "waits", BODY, System.nanoTime()).get()).isEqualTo(Saved.DUPLICATE);
        }
    }

    /** A clock that is set. */
    private final AtomicLong aheadNanos = new AtomicLong();

    private final NanoClock clock = () -> System.nanoTime() + aheadNanos.get();

    private Inbox weekInbox() throws StoreException {
        return DatabaseInbox.open(
                new StoreAddress(file("inbox")),
                new Inbox.Settings("test", 10_000, 1000, Effect.NONE, WEEK_NANOS, line -> {}),
                Thread::new,
                clock);
    }

    private long messages() {
        try {
            return number(file("inbox"), "SELECT COUNT(*) FROM inbox");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void messagesGoThoughNoneComesAnyMore() throws Exception {
        try (Inbox inbox = weekInbox()) {
            for (int i = 0; i < 5000; i++) {
                inbox.save(0, "m" + i, BODY, clock.nanoTime());
            }
            for (int i = 0; i < 4999; i++) {
                inbox.processed(inbox.take());
            }
            CompletableFuture<Void> last = inbox.processed(inbox.take());
            last.get(20, TimeUnit.SECONDS);
            assertThat(messages()).isEqualTo(5000);
            aheadNanos.set(WEEK_NANOS + TimeUnit.HOURS.toNanos(1));
            eventually("all are gone, in several lots", () -> messages() == 0);
        }
    }

    @Test
    void messagesGoAtTheEndToo() throws Exception {
        try (Inbox inbox = weekInbox()) {
            inbox.save(0, "old", BODY, clock.nanoTime()).get(20, TimeUnit.SECONDS);
            inbox.processed(inbox.take()).get(20, TimeUnit.SECONDS);
            aheadNanos.set(WEEK_NANOS + 1_000_000_000);
        }
        assertThat(messages()).isZero();
    }

    @Test
    void whatWasOnceTooOldAndNotProcessedGoesWhenItIs() throws Exception {
        try (Inbox inbox = weekInbox()) {
            inbox.save(0, "slow", BODY, clock.nanoTime()).get(20, TimeUnit.SECONDS);
            inbox.save(0, "done", BODY, clock.nanoTime()).get(20, TimeUnit.SECONDS);
            Inbox.Message slow = inbox.take();
            inbox.processed(inbox.take()).get(20, TimeUnit.SECONDS);
            aheadNanos.set(2 * WEEK_NANOS);
            inbox.save(0, "new", BODY, clock.nanoTime()).get(20, TimeUnit.SECONDS);
            assertThat(messages()).as("slow, new").isEqualTo(2);
            aheadNanos.addAndGet(TimeUnit.HOURS.toNanos(1)); // the next look passes slow over, and ends at new
            inbox.save(0, "next", BODY, clock.nanoTime()).get(20, TimeUnit.SECONDS);
            inbox.processed(slow).get(20, TimeUnit.SECONDS);
            aheadNanos.set(2 * WEEK_NANOS + WEEK_NANOS / 2);
            inbox.save(0, "newer", BODY, clock.nanoTime()).get(20, TimeUnit.SECONDS);
            aheadNanos.set(3 * WEEK_NANOS + WEEK_NANOS / 4);
            eventually("slow is gone, though there are younger ones", () -> messages() == 3);
        }
    }

    @Test
    void eventsGoThoughNoneOccursAnyMoreAndAtTheEnd() throws Exception {
        Outbox.Settings settings = new Outbox.Settings("test", WEEK_NANOS, line -> {});
        try (Outbox outbox = DatabaseOutbox.open(new StoreAddress(file("outbox")), settings, Thread::new, clock)) {
            outbox.kept(1000);
            for (long i = 1; i <= 10; i++) {
                occur(outbox, i, "a").join();
            }
            aheadNanos.set(WEEK_NANOS + TimeUnit.HOURS.toNanos(1));
            eventually("but the last of its stream", () -> events() == 1);
            occur(outbox, 11, "a").join();
            occur(outbox, 12, "a").join();
            aheadNanos.addAndGet(WEEK_NANOS + 1_000_000_000);
        }
        assertThat(events()).isEqualTo(1);
    }

    private long events() {
        try {
            return number(file("outbox"), "SELECT COUNT(*) FROM outbox_event");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void messagesGoAsFastAsTheyCome() throws Exception {
        try (Inbox inbox = inbox("test", 1)) {
            for (int i = 0; i < 5000; i++) {
                CompletableFuture<Saved> saved = inbox.save(0, "m" + i, BODY, System.nanoTime());
                if (i % 500 == 499) {
                    saved.get();
                    for (int taken = 0; taken < 500; taken++) {
                        CompletableFuture<Void> processed = inbox.processed(inbox.take());
                        if (taken == 499) {
                            processed.get();
                        }
                    }
                }
            }
            assertThat(number(file("inbox"), "SELECT COUNT(*) FROM inbox")).isLessThan(2500);
        }
    }

    private static CompletableFuture<Void> occur(Outbox outbox, long position, String stream, long... deliveries) {
        CompletableFuture<Void> kept = new CompletableFuture<>();
        outbox.append(new Outbox.Occurrence() {
            @Override
            public Outbox.Placed place() {
                return new Outbox.Placed(
                        new Outbox.Event(position, stream, position, BODY),
                        java.util.Arrays.stream(deliveries)
                                .mapToObj(number -> new Outbox.Delivery(number, "sub", position))
                                .toList());
            }

            @Override
            public void kept() {
                kept.complete(null);
            }

            @Override
            public void failed(Exception cause) {
                kept.completeExceptionally(cause);
            }
        });
        return kept;
    }

    private Outbox outbox(long keepNanos) throws StoreException {
        return Outbox.open(
                new StoreAddress(file("outbox")), new Outbox.Settings("test", keepNanos, line -> {}), Thread::new);
    }

    @Test
    void anEventThatIsTooOldGoesThoughItIsAmongTheNewest() throws Exception {
        try (Outbox outbox = outbox(Outbox.FOREVER)) {
            outbox.kept(1000);
            occur(outbox, 1, "quiet");
            occur(outbox, 2, "a", 1);
            occur(outbox, 3, "a").join();
            occur(outbox, 4, "a").join();
        }
        long longAgo = (System.currentTimeMillis() - TimeUnit.DAYS.toMillis(8)) * 1_000_000;
        execute(file("outbox"), "UPDATE outbox_event SET kept_at = " + longAgo);
        try (Outbox outbox = outbox(WEEK_NANOS)) {
            outbox.kept(1000);
            occur(outbox, 5, "a").join();
            assertThat(number(file("outbox"), "SELECT COUNT(*) FROM outbox_event"))
                    .as("1 is the last of its stream, 2 is owed, 5 is new")
                    .isEqualTo(3);
        }
        try (Outbox outbox = outbox(WEEK_NANOS)) {
            Outbox.Kept kept = outbox.kept(1000);
            assertThat(kept.events()).extracting(Outbox.Event::position).containsExactly(1L, 2L, 5L);
            assertThat(kept.lastSequences()).isEqualTo(Map.of("quiet", 1L, "a", 5L));
        }
    }

    @Test
    void aStartDoesNotReadTheEventsThatAreThere() throws Exception {
        fill("few", 3_000);
        fill("many", 300_000);
        start("few");
        start("many");
        double few = Double.MAX_VALUE;
        double many = Double.MAX_VALUE;
        for (int round = 0; round < 7; round++) { // side by side, and of each the one that nothing disturbed
            few = Math.min(few, start("few"));
            many = Math.min(many, start("many"));
        }
        assertThat(many / few).as("a hundred times as many events").isLessThan(5);
    }

    private void fill(String name, int events) throws Exception {
        Outbox.open(new StoreAddress(file(name)), "test", Thread::new).close();
        execute(
                file(name),
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + events + ")"
                        + " INSERT INTO outbox_event (scope, position, stream, sequence, json)"
                        + " SELECT 'test', i, 's' || (i % 20), i, x'7b7d' FROM n");
    }

    private double start(String name) throws StoreException {
        long beginNanos = System.nanoTime();
        try (Outbox outbox = Outbox.open(new StoreAddress(file(name)), "test", Thread::new)) {
            assertThat(outbox.kept(20).lastSequences()).hasSize(20);
            return System.nanoTime() - beginNanos;
        }
    }

    @Test
    void manyEventsThatNobodyWantsAnyMoreGoInLots() throws Exception {
        fill("many", 10_000);
        try (Outbox outbox = Outbox.open(new StoreAddress(file("many")), "test", Thread::new)) {
            outbox.kept(20);
            occur(outbox, 10_001, "a").join();
            long left = number(file("many"), "SELECT COUNT(*) FROM outbox_event");
            assertThat(left).as("not all at once").isBetween(8_000L, 9_500L);
            for (long i = 10_002; i <= 12_000; i++) {
                occur(outbox, i, "a");
            }
            occur(outbox, 12_001, "a").join();
            eventually("they go", () -> rows() < 300);
        }
    }

    private long rows() {
        try {
            return number(file("many"), "SELECT COUNT(*) FROM outbox_event");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
