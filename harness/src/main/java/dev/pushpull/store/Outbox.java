package dev.pushpull.store;

import dev.pushpull.scenario.StoreAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * What an event source must remember: the events that occurred, its subscribers, and every delivery until it is
 * acknowledged or given up. An event and the deliveries that it makes due are kept in one transaction before it counts
 * as occurred, so a source that is killed continues where it was: at least once, with nothing lost.
 */
public interface Outbox extends AutoCloseable {
    /** Nothing is too old to be kept. */
    long FOREVER = Long.MAX_VALUE;

    /**
     * The settings of a durable outbox.
     *
     * @param scope the owner of the events: nobody else may use this name in the same database at the same time
     * @param keepNanos an older event is deleted, newest or not, unless it has an open delivery or is the last of its
     *     stream; {@link #FOREVER} for no such limit
     * @param told receives a line, on the writing thread, when commits begin to fail, when they work again, and when
     *     writing has ended
     */
    record Settings(String scope, long keepNanos, Consumer<String> told) {}

    /**
     * An event in its place.
     *
     * @param position among all events of the source, from 1
     * @param sequence in its stream, from 1
     * @param json as sent, UTF-8
     */
    record Event(long position, String stream, long sequence, byte[] json) {}

    /**
     * An event on its way to one endpoint.
     *
     * @param number unique within a source
     * @param position of its event
     * @param attempts made so far
     * @param nextAttemptEpochNanos nanoseconds since 1970; meaningless before the first attempt
     */
    record Delivery(long number, String subscription, long position, int attempts, long nextAttemptEpochNanos) {
        /** One that is due at once. */
        public Delivery(long number, String subscription, long position) {
            this(number, subscription, position, 0, 0);
        }
    }

    /** A subscriber to the events of one stream or of all. */
    record Subscriber(String id, String url, String scheme, Optional<String> stream, String secret) {}

    /**
     * What a source left when it ended.
     *
     * @param events the newest ones and those of open deliveries, by position
     * @param lastSequences of each stream, even if none of its events is among those
     * @param open deliveries not yet acknowledged, by number
     * @param lastNumber the highest of any delivery, 0 for none
     */
    record Kept(
            List<Subscriber> subscribers,
            List<Event> events,
            Map<String, Long> lastSequences,
            List<Delivery> open,
            long lastNumber) {
        /** No source existed before. */
        public static final Kept NOTHING = new Kept(List.of(), List.of(), Map.of(), List.of(), 0);
    }

    /** An event about to occur, and the deliveries that it makes due. */
    record Placed(Event event, List<Delivery> deliveries) {}

    /** An event about to occur. One thread makes all calls about an event, and calls about two events never overlap. */
    interface Occurrence {
        /**
         * Gives the event its place; the next event gets its place after this one, before or after this one is kept.
         * Called again after {@link #displaced}.
         */
        Placed place();

        /** The event lost its place, and so did all that got one after it. */
        default void displaced() {
            // those who count places must count back
        }

        /** The event has occurred. */
        void kept();

        /** The event has not occurred and will not; it has no place. */
        void failed(Exception cause);
    }

    /** Lost when the process ends. */
    static Outbox inMemory() {
        return new MemoryOutbox();
    }

    /**
     * Opens it.
     *
     * @param scope the owner of the events: nobody else may use this name in the same database at the same time
     * @param threads makes the writing thread
     * @throws StoreException when the database cannot be used
     */
    static Outbox open(StoreAddress address, String scope, ThreadFactory threads) throws StoreException {
        return open(address, new Settings(scope, FOREVER, line -> {}), threads);
    }

    /**
     * The same, with these settings.
     *
     * @throws StoreException when the database cannot be used
     */
    static Outbox open(StoreAddress address, Settings settings, ThreadFactory threads) throws StoreException {
        return address.inMemory() ? inMemory() : DatabaseOutbox.open(address, settings, threads);
    }

    /**
     * What was kept before it was opened; call this once, before anything is added. Afterwards, events older than those
     * wanted need not be kept.
     *
     * @param mostEvents newest events wanted, besides those of open deliveries
     * @throws StoreException when the database cannot be read
     */
    Kept kept(int mostEvents) throws StoreException;

    /** Keeps an event and its deliveries. Does not wait, except in memory, where everything is done at once. */
    void append(Occurrence occurrence);

    /** Keeps one more delivery of a kept event. This and the methods below complete when it is committed. */
    CompletableFuture<Void> add(Delivery delivery);

    /** An attempt has failed and there will be another. */
    CompletableFuture<Void> attempted(long number, int attempts, long nextAttemptEpochNanos);

    /** No more attempts will be made, whether or not it was acknowledged: the delivery is over. */
    CompletableFuture<Void> ended(long number);

    CompletableFuture<Void> subscribed(Subscriber subscriber);

    CompletableFuture<Void> unsubscribed(String subscription);

    /** Whether nothing waits to be written. */
    boolean idle();

    @Override
    void close();
}
