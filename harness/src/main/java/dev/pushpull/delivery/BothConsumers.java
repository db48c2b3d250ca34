package dev.pushpull.delivery;

/**
 * Consumers that take what the provider sends, and ask it as well. They share a recorder, which tells which of the two
 * brought an event first.
 */
public record BothConsumers(LiveConsumers taking, LiveConsumers asking) implements LiveConsumers {
    @Override
    public void start(long startNanos) {
        taking.start(startNanos);
        asking.start(startNanos);
    }

    @Override
    public void askNoMore() {
        taking.askNoMore();
        asking.askNoMore();
    }

    @Override
    public void stop(long mostNanos) throws InterruptedException {
        asking.stop(mostNanos);
        taking.stop(mostNanos);
    }

    @Override
    public ConsumerBooks books() {
        return taking.books().plus(asking.books());
    }

    @Override
    public void close() {
        asking.close();
        taking.close();
    }
}
