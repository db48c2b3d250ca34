package dev.pushpull.testing;

import dev.pushpull.store.Outbox;
import dev.pushpull.store.StoreException;
import java.util.concurrent.CompletableFuture;

/** An outbox in memory, for tests that replace a part of it. */
public class ForwardingOutbox implements Outbox {
    private final Outbox outbox = Outbox.inMemory();

    @Override
    public Kept kept(int mostEvents) throws StoreException {
        return outbox.kept(mostEvents);
    }

    @Override
    public void append(Occurrence occurrence) {
        outbox.append(occurrence);
    }

    @Override
    public CompletableFuture<Void> add(Delivery delivery) {
        return outbox.add(delivery);
    }

    @Override
    public CompletableFuture<Void> attempted(long number, int attempts, long nextAttemptEpochNanos) {
        return outbox.attempted(number, attempts, nextAttemptEpochNanos);
    }

    @Override
    public CompletableFuture<Void> ended(long number) {
        return outbox.ended(number);
    }

    @Override
    public CompletableFuture<Void> subscribed(Subscriber subscriber) {
        return outbox.subscribed(subscriber);
    }

    @Override
    public CompletableFuture<Void> unsubscribed(String subscription) {
        return outbox.unsubscribed(subscription);
    }

    @Override
    public boolean idle() {
        return outbox.idle();
    }

    @Override
    public void close() {
        outbox.close();
    }
}
