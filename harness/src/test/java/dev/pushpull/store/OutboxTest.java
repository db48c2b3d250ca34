package dev.pushpull.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.scenario.StoreAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a durable outbox keeps, and what it no longer keeps. */
@Tag("live")
class OutboxTest {
    private static final int MOST_EVENTS = 20;
    private static final byte[] JSON = {'{', '}'};

    @TempDir
    private Path directory;

    private String database() {
        return directory.resolve("outbox.db").toString();
    }

    private Outbox open() throws StoreException {
        return Outbox.open(new StoreAddress(database()), "test", Thread::new);
    }

    private long rows(String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            return count.next() ? count.getLong(1) : -1;
        }
    }

    /** An event with one delivery of the same number. */
    private static CompletableFuture<Void> occur(Outbox outbox, long position, String stream) {
        CompletableFuture<Void> kept = new CompletableFuture<>();
        outbox.append(new Outbox.Occurrence() {
            @Override
            public Outbox.Placed place() {
                return new Outbox.Placed(
                        new Outbox.Event(position, stream, position, JSON),
                        List.of(new Outbox.Delivery(position, "sub", position)));
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

    @Test
    void aDeliveryThatHasEndedLeavesIt() throws Exception {
        try (Outbox outbox = open()) {
            outbox.kept(MOST_EVENTS);
            outbox.subscribed(new Outbox.Subscriber("sub", "http://127.0.0.1/", "none", Optional.empty(), ""))
                    .join();
            for (long i = 1; i <= 10_000; i++) {
                occur(outbox, i, "a");
                if (i != 7) {
                    outbox.attempted(i, 1, 5);
                    outbox.ended(i);
                }
            }
            outbox.ended(10_000).join();

            assertThat(rows("outbox_delivery"))
                    .as("one is open, and one has the highest number")
                    .isEqualTo(2);
        }
    }

    @Test
    void anEventLeavesItThatIsNeitherNewNorStillToBeSent() throws Exception {
        try (Outbox outbox = open()) {
            outbox.kept(MOST_EVENTS);
            occur(outbox, 1, "quiet");
            outbox.ended(1);
            for (long i = 2; i <= 10_000; i++) {
                occur(outbox, i, "a");
                if (i != 7) {
                    outbox.ended(i);
                }
            }
            outbox.ended(10_000).join();

            assertThat(rows("outbox_event"))
                    .as("new ones, 7, the newest of the quiet stream")
                    .isEqualTo(MOST_EVENTS + 2);
        }
        try (Outbox outbox = open()) {
            Outbox.Kept kept = outbox.kept(MOST_EVENTS);
            assertThat(kept.events())
                    .extracting(Outbox.Event::position)
                    .startsWith(7L, 9_981L)
                    .endsWith(10_000L);
            assertThat(kept.open()).extracting(Outbox.Delivery::number).containsExactly(7L);
            assertThat(kept.lastSequences()).isEqualTo(Map.of("quiet", 1L, "a", 10_000L));
        }
    }

    @Test
    void numbersGoOnWhereTheyEnded() throws Exception {
        try (Outbox outbox = open()) {
            outbox.kept(MOST_EVENTS);
            occur(outbox, 1, "a").join();
            occur(outbox, 2, "a").join();
            outbox.ended(2).join();
            outbox.ended(1).join();
        }
        try (Outbox outbox = open()) {
            Outbox.Kept kept = outbox.kept(MOST_EVENTS);
            assertThat(kept.open()).isEmpty();
            assertThat(kept.lastNumber()).isEqualTo(2);
            occur(outbox, 3, "a").join();
            assertThat(rows("outbox_delivery")).isEqualTo(1);
        }
    }

    @Test
    void whatAnEarlierVersionLeftBehindIsTidiedUp() throws Exception {
        try (Outbox outbox = open()) {
            outbox.kept(MOST_EVENTS);
            for (long i = 1; i <= 5; i++) {
                occur(outbox, i, "a").join();
            }
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE outbox_delivery SET state = 'acknowledged' WHERE number <> 2");
        }
        try (Outbox outbox = open()) {
            Outbox.Kept kept = outbox.kept(MOST_EVENTS);
            assertThat(kept.open()).extracting(Outbox.Delivery::number).containsExactly(2L);
            assertThat(kept.lastNumber()).isEqualTo(5);
            assertThat(rows("outbox_delivery")).isEqualTo(2);
        }
    }
}
