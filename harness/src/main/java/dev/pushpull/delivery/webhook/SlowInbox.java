package dev.pushpull.delivery.webhook;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.store.Inbox;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An inbox that is slow to say that a message of a slow consumer was saved. No thread waits for it. */
final class SlowInbox implements Inbox {
    private final Inbox inbox;
    private final Scenario scenario;

    private SlowInbox(Inbox inbox, Scenario scenario) {
        this.inbox = inbox;
        this.scenario = scenario;
    }

    /** The same inbox where no endpoint is slow. */
    static Inbox of(Inbox inbox, Scenario scenario) {
        return scenario.webhooks().endpoints().slow().isEmpty() ? inbox : new SlowInbox(inbox, scenario);
    }

    @Override
    public CompletableFuture<Saved> save(int consumer, String deliveryId, byte[] body, long receivedNanos) {
        long answerNanos = scenario.webhooks()
                .endpoints()
                .answerNanos(consumer, scenario.events().consumers());
        CompletableFuture<Saved> saved = inbox.save(consumer, deliveryId, body, receivedNanos);
        return answerNanos == 0
                ? saved
                : saved.thenCompose(told ->
                        new CompletableFuture<Saved>().completeOnTimeout(told, answerNanos, TimeUnit.NANOSECONDS));
    }

    @Override
    public Message take() throws InterruptedException {
        return inbox.take();
    }

    @Override
    public CompletableFuture<Void> processed(Message message) {
        return inbox.processed(message);
    }

    @Override
    public int unprocessed() {
        return inbox.unprocessed();
    }

    @Override
    public void close() {
        inbox.close();
    }
}
