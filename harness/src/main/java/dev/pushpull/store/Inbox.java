package dev.pushpull.store;

import dev.pushpull.scenario.StoreAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * Messages that a receiver has accepted. A durable inbox stores a message before its sender is told, hands it out again
 * after a restart until it is processed, and recognises duplicates as long as their rows exist.
 */
public interface Inbox extends AutoCloseable {
    /** Nothing is too old to be kept. */
    long FOREVER = Long.MAX_VALUE;

    /** What happened to a message. */
    enum Saved {
        ACCEPTED,
        DUPLICATE,
        /** Too many wait to be processed, so it is not kept. */
        FULL
    }

    /**
     * An accepted message, or one that came again.
     *
     * @param id its place in the order of acceptance; 0 when it came again
     * @param consumer whose endpoint received it; a delivery id is unique there
     * @param receivedNanos when it was received, on this process's monotonic clock
     * @param repeated whether it is a duplicate, which nothing keeps; only an inbox that was told to hands it out
     */
    record Message(long id, int consumer, String deliveryId, long receivedNanos, byte[] body, boolean repeated) {
        /** An accepted one. */
        public Message(long id, int consumer, String deliveryId, long receivedNanos, byte[] body) {
            this(id, consumer, deliveryId, receivedNanos, body, false);
        }

        /** One that came again. */
        static Message repetition(int consumer, String deliveryId, long receivedNanos, byte[] body) {
            return new Message(0, consumer, deliveryId, receivedNanos, body, true);
        }
    }

    /**
     * The settings of a durable inbox.
     *
     * @param scope the owner of the messages: nobody else may use this name in the same database at the same time
     * @param mostUnprocessed above this number it is full; at least 1
     * @param mostPerCommit the most work in one commit, at least 1
     * @param keepNanos how long after its processing a message, and so its duplicates, is recognised; {@link #FOREVER}
     *     for good
     * @param told receives a line, on the writing thread, when commits begin to fail, when they work again, and when
     *     writing has ended
     * @param handsOutRepeated whether {@link #take} returns duplicates too, each after the message that it repeats; not
     *     beyond the number above, and not after a restart
     */
    record Settings(
            String scope,
            int mostUnprocessed,
            int mostPerCommit,
            Effect effect,
            long keepNanos,
            Consumer<String> told,
            boolean handsOutRepeated) {
        /** Many messages in one commit. */
        public static final int GROUPED = 1000;

        /** Duplicates are dropped. */
        public Settings(
                String scope,
                int mostUnprocessed,
                int mostPerCommit,
                Effect effect,
                long keepNanos,
                Consumer<String> told) {
            this(scope, mostUnprocessed, mostPerCommit, effect, keepNanos, told, false);
        }

        /** Only those whose message failed are notified. */
        public Settings(String scope, int mostUnprocessed, int mostPerCommit, Effect effect) {
            this(scope, mostUnprocessed, mostPerCommit, effect, FOREVER, line -> {});
        }

        /** Messages processed without an effect on the database, committed in groups. */
        public Settings(String scope, int mostUnprocessed) {
            this(scope, mostUnprocessed, GROUPED, Effect.NONE);
        }
    }

    /**
     * Opens it; unprocessed messages come first.
     *
     * @param threads makes the writing thread
     * @throws StoreException when the database cannot be used
     */
    static Inbox open(StoreAddress address, Settings settings, ThreadFactory threads) throws StoreException {
        return address.inMemory()
                ? new MemoryInbox(settings.mostUnprocessed(), settings.handsOutRepeated())
                : DatabaseInbox.open(address, settings, threads);
    }

    /**
     * Checks that a database can be reached and is ours; an empty one becomes ours.
     *
     * @throws StoreException when it is not
     */
    static void check(StoreAddress address) throws StoreException {
        if (!address.inMemory()) {
            Database.at(address).close();
        }
    }

    /**
     * Keeps a message unless it is there already. Does not wait.
     *
     * @return completed at once in memory, otherwise by the writing thread after the commit; exceptionally when it
     *     could not be kept
     */
    CompletableFuture<Saved> save(int consumer, String deliveryId, byte[] body, long receivedNanos);

    /** The next message to be processed, in the order of acceptance; waits for one. */
    Message take() throws InterruptedException;

    /**
     * A message that was taken is processed: its effect happens now, once.
     *
     * @return completed as for {@link #save}; exceptionally when it failed, and then the message is taken again
     */
    CompletableFuture<Void> processed(Message message);

    /** Messages that {@link #take} returned or will return, and that are not yet processed. */
    int unprocessed();

    @Override
    void close();
}
