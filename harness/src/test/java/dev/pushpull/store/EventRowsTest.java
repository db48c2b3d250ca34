package dev.pushpull.store;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.scenario.StoreAddress;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Unneeded events are deleted, and those that are kept do not slow down a start. */
class EventRowsTest extends PrunedDatabase {
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
        for (int round = 0; round < 7; round++) { // side by side, and of each the run that nothing disturbed
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
