package dev.pushpull.store;

import java.util.concurrent.CompletableFuture;

/** Keeps nothing beyond the process, so it only puts events in order. */
final class MemoryOutbox implements Outbox {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    @Override
    public Kept kept(int mostEvents) {
        return Kept.NOTHING;
    }

    @Override
    public synchronized void append(Occurrence occurrence) {
        occurrence.place();
        occurrence.kept();
    }

    @Override
    public CompletableFuture<Void> add(Delivery delivery) {
        return DONE;
    }

    @Override
    public CompletableFuture<Void> attempted(long number, int attempts, long nextAttemptEpochNanos) {
        return DONE;
    }

    @Override
    public CompletableFuture<Void> ended(long number) {
        return DONE;
    }

    @Override
    public CompletableFuture<Void> subscribed(Subscriber subscriber) {
        return DONE;
    }

    @Override
    public CompletableFuture<Void> unsubscribed(String subscription) {
        return DONE;
    }

    @Override
    public boolean idle() {
        return true;
    }

    @Override
    public void close() {
        // nothing to release
    }
}
