package dev.pushpull.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.store.Inbox.Saved;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("live")
class InboxTest {
    private static final byte[] BODY = {'{', '}'};

    @TempDir
    private Path directory;

    private Inbox open(String kind, Inbox.Settings settings) throws StoreException {
        String address = kind.equals("file") ? directory.resolve("inbox.db").toString() : kind;
        return Inbox.open(new StoreAddress(address), settings, Thread::new);
    }

    private static Saved save(Inbox inbox, int consumer, String id) throws Exception {
        return inbox.save(consumer, id, BODY, System.nanoTime()).get();
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite", "file"})
    void whatIsSavedIsHandedOutOnceInOrderAndKnownFromThenOn(String kind) throws Exception {
        try (Inbox inbox = open(kind, new Inbox.Settings("test", 10))) {
            assertThat(save(inbox, 0, "a")).isEqualTo(Saved.ACCEPTED);
            assertThat(save(inbox, 1, "a")).as("an id is its consumer's").isEqualTo(Saved.ACCEPTED);
            assertThat(save(inbox, 0, "b")).isEqualTo(Saved.ACCEPTED);
            assertThat(save(inbox, 0, "a")).isEqualTo(Saved.DUPLICATE);
            assertThat(inbox.unprocessed()).isEqualTo(3);
            List<String> taken = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Inbox.Message message = inbox.take();
                taken.add(message.consumer() + message.deliveryId());
                assertThat(message.body()).isEqualTo(BODY);
                inbox.processed(message).get();
            }
            assertThat(taken).containsExactly("0a", "1a", "0b");
            assertThat(inbox.unprocessed()).isZero();
            assertThat(save(inbox, 0, "b")).as("processed or not").isEqualTo(Saved.DUPLICATE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite", "file"})
    void whatCameAgainIsHandedOutAfterWhatItRepeatsToThoseWhoAsk(String kind) throws Exception {
        Inbox.Settings settings = new Inbox.Settings("test", 3, 10, Effect.NONE, Inbox.FOREVER, line -> {}, true);
        try (Inbox inbox = open(kind, settings)) {
            save(inbox, 0, "a");
            assertThat(save(inbox, 0, "a")).isEqualTo(Saved.DUPLICATE);
            save(inbox, 0, "b");
            assertThat(inbox.unprocessed()).isEqualTo(3);
            List<String> taken = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Inbox.Message message = inbox.take();
                taken.add(message.deliveryId() + (message.repeated() ? " again" : ""));
                assertThat(message.body()).isEqualTo(BODY);
                inbox.processed(message).get();
            }
            assertThat(taken).containsExactly("a", "a again", "b");
            assertThat(inbox.unprocessed()).isZero();
            for (int i = 0; i < 10; i++) {
                assertThat(save(inbox, 0, "b")).isEqualTo(Saved.DUPLICATE);
            }
            assertThat(inbox.unprocessed()).as("memory stays flat").isLessThanOrEqualTo(3);
            assertThat(save(inbox, 0, "c")).isNotEqualTo(Saved.DUPLICATE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void aFullInboxKeepsNothingMoreUntilSomethingIsProcessed(String kind) throws Exception {
        try (Inbox inbox = open(kind, new Inbox.Settings("test", 2))) {
            save(inbox, 0, "a");
            save(inbox, 0, "b");
            assertThat(save(inbox, 0, "c")).isEqualTo(Saved.FULL);
            assertThat(save(inbox, 0, "a")).as("known all the same").isEqualTo(Saved.DUPLICATE);
            inbox.processed(inbox.take()).get();
            if (kind.equals("sqlite")) {
                assertThat(save(inbox, 0, "c")).isEqualTo(Saved.ACCEPTED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Timeout(60)
    void everyMessageIsTakenHoweverFastTheyCome(int takers) throws Exception {
        int messages = 3000;
        ExecutorService threads = Executors.newFixedThreadPool(takers);
        try (Inbox inbox = open("memory", new Inbox.Settings("test", messages))) {
            List<String> taken = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch all = new CountDownLatch(messages);
            for (int i = 0; i < takers; i++) {
                threads.submit(() -> {
                    while (true) {
                        taken.add(inbox.take().deliveryId());
                        all.countDown();
                    }
                });
            }
            Random random = new Random(1);
            for (int i = 0; i < messages; i++) {
                save(inbox, 0, Integer.toString(i));
                if (random.nextInt(10) == 0) { // a burst, and then a pause that a taker naps or sleeps through
                    LockSupport.parkNanos(random.nextInt(4_000_000));
                }
            }
            all.await();
            assertThat(taken).doesNotHaveDuplicates().hasSize(messages);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatWasNotProcessedComesFirstAfterARestart() throws Exception {
        Inbox.Settings settings = new Inbox.Settings("test", 10);
        try (Inbox inbox = open("file", settings)) {
            save(inbox, 0, "a");
            save(inbox, 0, "b");
            inbox.processed(inbox.take()).get();
        }
        try (Inbox inbox = open("file", settings)) {
            assertThat(inbox.unprocessed()).isEqualTo(1);
            assertThat(inbox.take().deliveryId()).isEqualTo("b");
            assertThat(save(inbox, 0, "a")).isEqualTo(Saved.DUPLICATE);
        }
        try (Inbox other = open("file", new Inbox.Settings("other", 10))) {
            assertThat(other.unprocessed()).as("another's messages").isZero();
            assertThat(save(other, 0, "a")).isEqualTo(Saved.ACCEPTED);
        }
    }

    @Test
    void anEffectThatFailsLeavesItsMessageUnprocessed() throws Exception {
        boolean[] fails = {true};
        Inbox.Settings settings = new Inbox.Settings("test", 10, 10, (connection, message) -> {
            if (fails[0]) {
                throw new SQLException("no room");
            }
        });
        try (Inbox inbox = open("file", settings)) {
            save(inbox, 0, "a");
            CompletableFuture<Void> first = inbox.processed(inbox.take());
            assertThatThrownBy(first::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("no room");
            fails[0] = false;
            Inbox.Message again = inbox.take();
            assertThat(again.deliveryId()).isEqualTo("a");
            inbox.processed(again).get();
            assertThat(inbox.unprocessed()).isZero();
        }
    }

    @Test
    void twoInboxesShareADatabase() throws Exception {
        try (Inbox one = open("file", new Inbox.Settings("one", 100));
                Inbox other = open("file", new Inbox.Settings("other", 100))) {
            List<CompletableFuture<Saved>> saved = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                saved.add(one.save(0, "m" + i, BODY, 0));
                saved.add(other.save(0, "m" + i, BODY, 0));
            }
            for (CompletableFuture<Saved> each : saved) {
                assertThat(each.get()).isEqualTo(Saved.ACCEPTED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 99})
    void aDatabaseOfAnotherVersionIsRefusedInOneLine(int version) throws Exception {
        open("file", new Inbox.Settings("test", 10)).close();
        Path file = directory.resolve("inbox.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            connection.createStatement().executeUpdate("UPDATE schema_version SET version = " + version);
        }
        assertThatThrownBy(() -> open("file", new Inbox.Settings("test", 10)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("schema version " + version)
                .hasMessageContaining(version == 0 ? "an older" : "a newer")
                .hasMessageContaining("accepted: version 1");
    }

    @Test
    void whatIsNoDatabaseIsRefusedInOneLine() throws Exception {
        Files.writeString(directory.resolve("inbox.db"), "these are no tables, and there are no rows here either\n");
        assertThatThrownBy(() -> open("file", new Inbox.Settings("test", 10)))
                .isInstanceOf(StoreException.class)
                .message()
                .hasLineCount(1)
                .contains("inbox.db cannot be used");
    }
}
