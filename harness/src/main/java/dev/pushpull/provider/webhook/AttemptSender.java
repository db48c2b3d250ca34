package dev.pushpull.provider.webhook;

import dev.pushpull.host.NanoClock;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.WireTotals;
import dev.pushpull.provider.webhook.AttemptLine.Attempt;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes attempts: signs each afresh, sends it over a kept connection, and when it is over tells the listener and the
 * subscription's log of it. What follows from the answer is for the {@link Settler} to decide.
 */
final class AttemptSender implements AutoCloseable {
    private final SigningClient client;
    private final NanoClock clock;
    private final RetryTimes times;
    private final AttemptListener listener;
    private final Settler settler;
    private final AtomicLong attempts = new AtomicLong();

    /** Decides what follows from an attempt that is over. */
    @FunctionalInterface
    interface Settler {
        /** @param doneNanos when it was over */
        void settle(Attempt attempt, Exchange exchange, long doneNanos);
    }

    /** @param client closed with this sender */
    AttemptSender(SigningClient client, NanoClock clock, RetryTimes times, AttemptListener listener, Settler settler) {
        this.client = client;
        this.clock = clock;
        this.times = times;
        this.listener = listener;
        this.settler = settler;
    }

    /**
     * Signs it and sends it.
     *
     * @param sentNanos now
     * @param isOver run once when a sent attempt is over and settled
     * @return whether it was sent; when it was not, it has failed
     * @throws RejectedExecutionException when this was closed in this very moment: it was not sent and has not failed
     */
    boolean send(Attempt attempt, long sentNanos, Runnable isOver) {
        Delivery delivery = attempt.delivery();
        long sentEpochNanos = times.nowEpochNanos();
        AtomicBoolean answered = new AtomicBoolean();
        attempts.incrementAndGet();
        try {
            long epochSeconds = Math.floorDiv(sentEpochNanos, 1_000_000_000L);
            client.post(delivery.subscription, delivery.event, epochSeconds, exchange -> {
                if (answered.compareAndSet(false, true)) {
                    over(attempt, sentNanos, sentEpochNanos, exchange);
                    isOver.run();
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            attempts.decrementAndGet();
            throw e;
        } catch (RuntimeException | Error e) { // a scheme that cannot sign, say: a failure as any other
            boolean begun = !answered.compareAndSet(false, true);
            if (!begun) {
                over(attempt, sentNanos, sentEpochNanos, Exchange.refused(e));
            }
            return begun;
        }
    }

    /** Throws nothing. */
    private void over(Attempt attempt, long sentNanos, long sentEpochNanos, Exchange exchange) {
        Delivery delivery = attempt.delivery();
        Subscription subscription = delivery.subscription;
        long doneNanos = clock.nanoTime();
        Reported.run(() -> listener.attempted(
                subscription.url(),
                delivery.event,
                attempt.number(),
                attempt.dueNanos(),
                sentNanos,
                doneNanos,
                exchange));
        Reported.run(() -> {
            subscription.log(new Subscription.LoggedAttempt(
                    delivery.id(),
                    delivery.event.position(),
                    delivery.event.event().id(),
                    attempt.number(),
                    sentEpochNanos,
                    (doneNanos - sentNanos) / 1e6,
                    exchange.status(),
                    exchange.error()));
            settler.settle(attempt, exchange, doneNanos);
        });
    }

    /** Breaks off what is in flight. */
    void cancelAll() {
        client.cancelAll();
    }

    WireTotals totals() {
        return client.totals(attempts.get());
    }

    long resent() {
        return client.resent();
    }

    @Override
    public void close() {
        client.close();
    }
}
