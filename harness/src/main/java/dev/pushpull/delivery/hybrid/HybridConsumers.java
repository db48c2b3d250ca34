package dev.pushpull.delivery.hybrid;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.delivery.LiveConsumers;

/**
 * Consumers that take webhooks and poll for those that were lost. The shared recorder tells which of the two brought an
 * event first.
 */
record HybridConsumers(LiveConsumers webhooks, LiveConsumers reconciler) implements LiveConsumers {
    @Override
    public void start(long startNanos) {
        webhooks.start(startNanos);
        reconciler.start(startNanos);
    }

    @Override
    public void askNoMore() {
        webhooks.askNoMore();
        reconciler.askNoMore();
    }

    @Override
    public void stop(long mostNanos) throws InterruptedException {
        reconciler.stop(mostNanos);
        webhooks.stop(mostNanos);
    }

    @Override
    public ConsumerBooks books() {
        return webhooks.books().plus(reconciler.books());
    }

    @Override
    public void close() {
        reconciler.close();
        webhooks.close();
    }
}
