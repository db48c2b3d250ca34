package dev.pushpull.provider.webhook;

import dev.pushpull.host.NanoClock;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.WireTotals;
import dev.pushpull.provider.webhook.AttemptLine.Attempt;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes attempts: signs each one afresh, sends it over a kept connection, and notifies the listener and the
 * subscription's log when it is over. The {@link Settler} decides what follows from the answer.
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
     * @param sentNanos the current time
     * @param isOver run once when a sent attempt is over and settled
     * @return whether it was sent; if not, the attempt has failed
     * @throws RejectedExecutionException when this sender was closed at that moment: it was not sent and has not failed
     */
    boolean send(Attempt attempt, long sentNanos, Runnable isOver) {
        Parcel parcel = attempt.parcel();
        long sentEpochNanos = times.nowEpochNanos();
        AtomicBoolean answered = new AtomicBoolean();
        attempts.incrementAndGet();
        try {
            long epochSeconds = Math.floorDiv(sentEpochNanos, 1_000_000_000L);
            client.post(parcel, epochSeconds, exchange -> {
                if (answered.compareAndSet(false, true)) {
                    over(attempt, sentNanos, sentEpochNanos, exchange);
                    isOver.run();
                }
            });
            return true;
        } catch (RejectedExecutionException e) {
            attempts.decrementAndGet();
            throw e;
        } catch (RuntimeException | Error e) { // for instance a scheme that cannot sign: a failure like any other
            boolean begun = !answered.compareAndSet(false, true);
            if (!begun) {
                over(attempt, sentNanos, sentEpochNanos, Exchange.refused(e));
            }
            return begun;
        }
    }

    /** Throws nothing. */
    private void over(Attempt attempt, long sentNanos, long sentEpochNanos, Exchange exchange) {
        Subscription subscription = attempt.parcel().subscription();
        long doneNanos = clock.nanoTime();
        Reported.run(() -> listener.attempted(
                subscription.url(),
                attempt.parcel().events(),
                attempt.number(),
                attempt.dueNanos(),
                sentNanos,
                doneNanos,
                exchange));
        Reported.run(() -> {
            for (Delivery delivery : attempt.parcel().deliveries()) {
                subscription.log(new Subscription.LoggedAttempt(
                        delivery.id(),
                        delivery.event.position(),
                        delivery.event.event().id(),
                        attempt.number(),
                        sentEpochNanos,
                        (doneNanos - sentNanos) / 1e6,
                        exchange.status(),
                        exchange.error()));
            }
            settler.settle(attempt, exchange, doneNanos);
        });
    }

    /** Breaks off all attempts in flight. */
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
