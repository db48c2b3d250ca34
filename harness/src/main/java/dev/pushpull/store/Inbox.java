package dev.pushpull.store;

import dev.pushpull.scenario.StoreAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/**
 * What a receiver has accepted. A durable one holds a message before its sender is told so, hands it out again after a
 * restart until it is processed, and knows duplicates for as long as their rows are there.
 */
public interface Inbox extends AutoCloseable {
    /** Nothing is too old to be kept. */
    long FOREVER = Long.MAX_VALUE;

    /** What became of a message. */
    enum Saved {
        ACCEPTED,
        DUPLICATE,
        /** Too many wait to be processed; it is not kept. */
        FULL
    }

    /**
     * A message that was accepted.
     *
     * @param id its place in the order of acceptance
     * @param consumer whose endpoint it came to; a delivery id is unique there
     * @param receivedNanos when, on this process's monotonic clock
     */
    record Message(long id, int consumer, String deliveryId, long receivedNanos, byte[] body) {}

    /**
     * How a durable inbox works.
     *
     * @param scope whose messages: nobody else works under this name in the same database at the same time
     * @param mostUnprocessed beyond these it is full, at least 1
     * @param mostPerCommit works committed together, at least 1
     * @param keepNanos so long after it was processed a message is known, and its duplicates are; {@link #FOREVER} for
     *     good
     * @param told a line when commits begin to fail, when they work again, and when nothing is written any more; by the
     *     thread that writes
     */
    record Settings(
            String scope,
            int mostUnprocessed,
            int mostPerCommit,
            Effect effect,
            long keepNanos,
            Consumer<String> told) {
        /** Plenty in one commit. */
        public static final int GROUPED = 1000;

        /** What fails is told to nobody but those whose message it is. */
        public Settings(String scope, int mostUnprocessed, int mostPerCommit, Effect effect) {
            this(scope, mostUnprocessed, mostPerCommit, effect, FOREVER, line -> {});
        }

        /** Messages processed without an effect on the database, committed in groups. */
        public Settings(String scope, int mostUnprocessed) {
            this(scope, mostUnprocessed, GROUPED, Effect.NONE);
        }
    }

    /**
     * Opens it; what was not processed comes first.
     *
     * @param threads the thread that writes comes from there
     * @throws StoreException when the database cannot be used
     */
    static Inbox open(StoreAddress address, Settings settings, ThreadFactory threads) throws StoreException {
        return address.inMemory()
                ? new MemoryInbox(settings.mostUnprocessed())
                : DatabaseInbox.open(address, settings, threads);
    }

    /**
     * Sees whether a database can be reached and is one of ours; an empty one becomes one.
     *
     * @throws StoreException when it is not
     */
    static void check(StoreAddress address) throws StoreException {
        if (!address.inMemory()) {
            Database.at(address).close();
        }
    }

    /**
     * Keeps a message unless it is there. Does not wait.
     *
     * @return completed at once in memory, else by the thread that writes, after the commit; exceptionally when it could
     *     not be kept
     */
    CompletableFuture<Saved> save(int consumer, String deliveryId, byte[] body, long receivedNanos);

    /** The next to be processed, in the order of acceptance; waits for one. */
    Message take() throws InterruptedException;

    /**
     * A message that was taken is processed: its effect happens now, once.
     *
     * @return completed when it is so, as {@link #save}; exceptionally when it is not, and then it is taken again
     */
    CompletableFuture<Void> processed(Message message);

    /** Messages accepted and not yet processed. */
    int unprocessed();

    @Override
    void close();
}
