package dev.pushpull.store;

import dev.pushpull.scenario.StoreAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * What an event source owes: the events that occurred, who subscribed, and every delivery until it is acknowledged or given up. An
 * event and the deliveries it makes due are kept in one transaction before it counts as occurred, so that a source that
 * is killed goes on where it was: at least once, nothing lost.
 */
public interface Outbox extends AutoCloseable {
    /** Nothing is too old to be kept. */
    long FOREVER = Long.MAX_VALUE;

    /**
     * How a durable outbox works.
     *
     * @param scope whose events: nobody else works under this name in the same database at the same time
     * @param keepNanos an event that is older goes, newest or not, unless a delivery of it is open or it is the last of
     *     its stream; {@link #FOREVER} for no such limit
     * @param told a line when commits begin to fail, when they work again, and when nothing is written any more; by the
     *     thread that writes
     */
    record Settings(String scope, long keepNanos, Consumer<String> told) {}

    /**
     * An event in its place.
     *
     * @param position among all events of the source, from 1
     * @param sequence in its stream, from 1
     * @param json as it travels, UTF-8
     */
    record Event(long position, String stream, long sequence, byte[] json) {}

    /**
     * An event on its way to one endpoint.
     *
     * @param number no two of a source have the same
     * @param position the event's
     * @param attempts made so far
     * @param nextAttemptEpochNanos nanoseconds since 1970; meaningless before the first attempt
     */
    record Delivery(long number, String subscription, long position, int attempts, long nextAttemptEpochNanos) {
        /** One that is due at once. */
        public Delivery(long number, String subscription, long position) {
            this(number, subscription, position, 0, 0);
        }
    }

    /** Who wants events, of one stream or of all. */
    record Subscriber(String id, String url, String scheme, Optional<String> stream, String secret) {}

    /**
     * What a source left behind when it ended.
     *
     * @param events the newest ones and those of open deliveries, by position
     * @param lastSequences of each stream, whether or not any of its events are among those
     * @param open deliveries that nobody has acknowledged yet, by number
     * @param lastNumber the highest of any delivery, 0 for none
     */
    record Kept(
            List<Subscriber> subscribers,
            List<Event> events,
            Map<String, Long> lastSequences,
            List<Delivery> open,
            long lastNumber) {
        /** There was no source before. */
        public static final Kept NOTHING = new Kept(List.of(), List.of(), Map.of(), List.of(), 0);
    }

    /** An event that is to occur, and the deliveries it makes due. */
    record Placed(Event event, List<Delivery> deliveries) {}

    /** An event that is to occur. Of each event all calls come from one thread, and of two events never at once. */
    interface Occurrence {
        /**
         * Gives it its place; the next event asks for its own after this one, before or after this one is kept. Called
         * again after {@link #displaced}.
         */
        Placed place();

        /** It has no place any more, nor has any that got one after it. */
        default void displaced() {
            // whoever counts places counts back
        }

        /** It has occurred. */
        void kept();

        /** It has not occurred and will not; it has no place. */
        void failed(Exception cause);
    }

    /** Gone with the process. */
    static Outbox inMemory() {
        return new MemoryOutbox();
    }

    /**
     * Opens it.
     *
     * @param scope whose events: nobody else works under this name in the same database at the same time
     * @param threads the thread that writes comes from there
     * @throws StoreException when the database cannot be used
     */
    static Outbox open(StoreAddress address, String scope, ThreadFactory threads) throws StoreException {
        return open(address, new Settings(scope, FOREVER, line -> {}), threads);
    }

    /**
     * The same, as wished.
     *
     * @throws StoreException when the database cannot be used
     */
    static Outbox open(StoreAddress address, Settings settings, ThreadFactory threads) throws StoreException {
        return address.inMemory() ? inMemory() : DatabaseOutbox.open(address, settings, threads);
    }

    /**
     * What was kept before it was opened; asked once, before anything is added. From then on older events than those
     * wanted need not be kept.
     *
     * @param mostEvents newest events wanted, besides those of open deliveries
     * @throws StoreException when the database cannot be read
     */
    Kept kept(int mostEvents) throws StoreException;

    /** Keeps an event and its deliveries. Does not wait, except in memory, where all is done at once. */
    void append(Occurrence occurrence);

    /** Keeps one more delivery of an event that is kept. Completed, as all below, when it is committed. */
    CompletableFuture<Void> add(Delivery delivery);

    /** An attempt has failed and there will be another. */
    CompletableFuture<Void> attempted(long number, int attempts, long nextAttemptEpochNanos);

    /** No attempt will be made any more, with or without an acknowledgement: the delivery is owed no longer. */
    CompletableFuture<Void> ended(long number);

    CompletableFuture<Void> subscribed(Subscriber subscriber);

    CompletableFuture<Void> unsubscribed(String subscription);

    /** Whether nothing waits to be written. */
    boolean idle();

    @Override
    void close();
}
