package dev.pushpull.store;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.store.Inbox.Saved;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Unneeded messages are deleted. */
class OldMessagesTest extends PrunedDatabase {
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
}
