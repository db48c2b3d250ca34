package dev.pushpull.store;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.store.Inbox.Saved;
import dev.pushpull.testing.PostgresCluster;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What differs between PostgreSQL and a file. */
@Tag("live")
class PostgresStoreTest {
    private static final byte[] BODY = {'{', '}'};

    @TempDir
    private Path directory;

    @Test
    void itKeepsWhatItCanAndSaysWhoseItIs() throws Exception {
        try (PostgresCluster cluster = PostgresCluster.started(directory)) {
            StoreAddress address = new StoreAddress(cluster.url());
            aNameThatItCannotHoldFailsAlone(address);
            streamsAreFoundByTheirNewest(address);
            anotherProgramsSchemaVersionIsNotOurs(cluster.url());
        }
    }

    private static void aNameThatItCannotHoldFailsAlone(StoreAddress address) throws Exception {
        List<String> told = new ArrayList<>();
        Inbox.Settings settings = new Inbox.Settings("test", 100, 1000, Effect.NONE, Inbox.FOREVER, told::add);
        try (Inbox inbox = Inbox.open(address, settings, Thread::new)) {
            List<CompletableFuture<Saved>> saved = new ArrayList<>();
            for (String id : List.of("a", "b", "NUL \0", "c", "d", "a")) {
                saved.add(inbox.save(0, id, BODY, System.nanoTime()));
            }
            eventually("all are told", () -> saved.stream().allMatch(CompletableFuture::isDone));
            for (int i = 0; i < saved.size(); i++) {
                assertThat(saved.get(i).isCompletedExceptionally())
                        .as("message %d", i)
                        .isEqualTo(i == 2);
            }
            assertThat(saved.get(5).join()).isEqualTo(Saved.DUPLICATE);
            for (String id : List.of("a", "b", "c", "d")) {
                assertThat(inbox.take().deliveryId()).isEqualTo(id);
            }
            assertThat(told).as("the database did not fail").isEmpty();
        }
    }

    private static void streamsAreFoundByTheirNewest(StoreAddress address) throws Exception {
        try (Connection connection = DriverManager.getConnection(address.text())) {
            connection
                    .createStatement()
                    .execute("INSERT INTO outbox_event (scope, position, stream, sequence, json)"
                            + " SELECT 'test', i, 's' || (i % 3), i, '{}' FROM generate_series(1, 100) i");
        }
        try (Outbox outbox = Outbox.open(address, "test", Thread::new)) {
            Outbox.Kept kept = outbox.kept(10);
            assertThat(kept.lastSequences()).isEqualTo(Map.of("s0", 99L, "s1", 100L, "s2", 98L));
            assertThat(kept.events()).hasSize(10);
        }
    }

    private static void anotherProgramsSchemaVersionIsNotOurs(String url) throws Exception {
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.createStatement().execute("CREATE SCHEMA other");
            connection.createStatement().execute("CREATE TABLE other.schema_version (version TEXT)");
            connection.createStatement().execute("INSERT INTO other.schema_version VALUES ('1')");
        }
        StoreAddress other = new StoreAddress(url + (url.contains("?") ? "&" : "?") + "currentSchema=other");
        assertThatThrownBy(() -> Inbox.check(other))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("belongs to another program, with the table schema_version");
    }
}
