package dev.pushpull.provider.webhook;

import dev.pushpull.event.StoredEvent;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.WireTotals;
import dev.pushpull.provider.webhook.AttemptLine.Attempt;
import dev.pushpull.provider.webhook.Delivery.State;
import dev.pushpull.schedule.DisablingRule;
import dev.pushpull.store.Outbox;
import dev.pushpull.surface.Batching;
import dev.pushpull.surface.ProviderSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends events as webhooks: limits what is in flight, and retries by the schedule. Only 2xx is success; 410 ends the
 * subscription. An attempt that may start at once is signed and sent on the thread on which its event occurs. However
 * an attempt ends, its place becomes free, and its delivery is acknowledged, waits for a retry or is given up.
 */
final class WebhookEmitter implements AutoCloseable {
    private static final int GONE = 410;

    private final DisablingRule disabling;
    private final Outbox outbox;
    private final NanoClock clock;
    private final RetryTimes times;
    private final AttemptSender sender;
    private final AttemptLine line;
    private final OpenDeliveries open;
    private final Batching batching;
    private final Batches batches;

    private final AtomicLong deliveryNumber = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();

    /** @param open holds the deliveries of this emitter only */
    WebhookEmitter(
            ProviderSettings settings,
            Outbox outbox,
            CallbackHosts hosts,
            RoleThreads threads,
            NanoClock clock,
            Clock wallClock,
            OpenDeliveries open,
            AttemptListener listener) {
        this.disabling = settings.webhooks().disabling();
        this.outbox = outbox;
        this.clock = clock;
        this.times = new RetryTimes(settings.webhooks().retries(), settings.seed(), clock, wallClock);
        this.sender =
                new AttemptSender(new SigningClient(settings, hosts, threads), clock, times, listener, this::settle);
        this.line = new AttemptLine(settings.webhooks(), threads, clock, this::attempt);
        this.open = open;
        this.batching = settings.batching();
        this.batches = new Batches(batching.rule(), settings.seed(), clock, line, this::first);
    }

    /** A delivery that is due; {@link #begin} sends it. */
    Delivery prepare(Subscription subscription, StoredEvent event) {
        return new Delivery(deliveryNumber.incrementAndGet(), subscription, event);
    }

    /** Sends an event to an endpoint, starting with the schedule's first attempt. */
    void begin(Delivery delivery, long intendedNanos) {
        open.add(delivery, State.WAITING);
        if (batching.rule().gathers()) {
            batches.add(delivery, intendedNanos);
        } else {
            first(Parcel.of(delivery), intendedNanos);
        }
        gaveUp(open.crowdOut());
    }

    /** The first attempt at a parcel, which counts from {@code fromNanos}. */
    private void first(Parcel parcel, long fromNanos) {
        long delayNanos = times.firstDelayNanos();
        Attempt first = new Attempt(parcel, 1, fromNanos + delayNanos);
        if (delayNanos == 0) {
            line.start(first);
        } else if (mayBeSent(parcel)) {
            line.add(first);
        }
    }

    /** Deliveries begun from now on get higher numbers. */
    void numberAfter(long lastNumber) {
        deliveryNumber.set(lastNumber);
    }

    /** Continues a delivery that an earlier process left open. */
    void resume(Subscription subscription, StoredEvent event, Outbox.Delivery kept) {
        Delivery delivery = new Delivery(kept.number(), subscription, event);
        if (kept.attempts() == 0) {
            begin(delivery, clock.nanoTime());
        } else {
            open.add(delivery, State.RETRY_PENDING);
            line.add(new Attempt(
                    Parcel.of(delivery), kept.attempts() + 1, times.dueNanos(kept.nextAttemptEpochNanos())));
            gaveUp(open.crowdOut());
        }
    }

    /**
     * Sends an event again, by hand; an earlier delivery of it that was given up no longer counts as unfinished.
     * Completed when it is kept and sent; exceptionally when it could not be kept, and then it is not sent.
     */
    CompletableFuture<Void> sendAgain(Subscription subscription, StoredEvent event) {
        Delivery delivery = prepare(subscription, event);
        return outbox.add(delivery.due()).thenRun(() -> {
            open.forgive(subscription, event.position());
            begin(delivery, clock.nanoTime());
        });
    }

    /** Sends nothing more to a subscription that has ended; requests in flight to it still get their answers. */
    void ended(Subscription subscription) {
        gaveUp(open.giveUpWaiting(subscription, State.ENDED));
        batches.ended(subscription);
    }

    /** Gives the parcel up if its endpoint gets nothing any more; returns whether it continues. */
    private boolean mayBeSent(Parcel parcel) {
        Subscription subscription = parcel.subscription();
        if (!subscription.active()) {
            end(parcel, State.ENDED);
        } else if (subscription.pausedForGood()) {
            end(parcel, State.DISABLED);
        }
        return !parcel.isOver();
    }

    /** Sends it, unless its endpoint gets nothing any more, or nothing now; returns whether it was sent. */
    private boolean attempt(Attempt attempt, Runnable isOver) {
        boolean sent = sent(attempt, isOver);
        if (!sent) {
            batches.over(attempt, clock.nanoTime());
        }
        return sent;
    }

    private boolean sent(Attempt attempt, Runnable isOver) {
        Parcel parcel = attempt.parcel();
        if (!mayBeSent(parcel)) {
            return false;
        }
        long sentNanos = clock.nanoTime();
        if (parcel.subscription().pausedAt(sentNanos)) {
            end(parcel, State.DISABLED);
            return false;
        }
        List<Delivery> wanted = new ArrayList<>(parcel.deliveries().size());
        for (Delivery delivery : parcel.deliveries()) {
            if (open.is(delivery, State.IN_FLIGHT)) {
                wanted.add(delivery);
            }
        }
        if (wanted.isEmpty()) {
            return false; // given up at this moment
        }
        try {
            return sender.send(
                    new Attempt(parcel.with(wanted), attempt.number(), attempt.dueNanos()), sentNanos, isOver);
        } catch (RejectedExecutionException e) {
            wanted.forEach(delivery -> open.is(delivery, attempt.number() == 1 ? State.WAITING : State.RETRY_PENDING));
            return false;
        }
    }

    private void settle(Attempt attempt, Exchange exchange, long doneNanos) {
        Parcel parcel = attempt.parcel();
        Subscription subscription = parcel.subscription();
        if (exchange.successful()) {
            subscription.succeeded();
            acknowledged.incrementAndGet();
            end(parcel, State.ACKNOWLEDGED);
        } else if (exchange.status() == GONE) {
            subscription.end();
            end(parcel, State.ENDED);
            ended(subscription);
            Reported.run(() -> outbox.unsubscribed(subscription.id()));
        } else {
            pause(subscription, doneNanos);
            boolean refused = exchange.status() > 0;
            if (refused && batching.splits() && parcel.deliveries().size() > 1) {
                split(parcel, doneNanos); // perhaps only one of its events was refused
            } else {
                tryAgain(parcel, attempt.number() + 1, exchange, doneNanos);
            }
        }
        batches.over(attempt, doneNanos);
    }

    private void split(Parcel refused, long doneNanos) {
        for (Parcel half : refused.halves()) {
            half.deliveries().forEach(delivery -> open.is(delivery, State.WAITING));
            line.start(new Attempt(half, 1, doneNanos));
        }
    }

    /** Handles what a failure means for the endpoint. */
    private void pause(Subscription subscription, long doneNanos) {
        OptionalLong pause = disabling.pauseAfter(subscription.failed());
        if (pause.isPresent() && pause.getAsLong() == DisablingRule.FOR_GOOD) {
            subscription.pauseUntil(Long.MAX_VALUE);
            gaveUp(open.giveUpWaiting(subscription, State.DISABLED));
        } else if (pause.isPresent()) {
            subscription.pauseUntil(doneNanos + pause.getAsLong());
        }
    }

    private void tryAgain(Parcel parcel, int attempt, Exchange failed, long doneNanos) {
        OptionalLong delay = times.delayNanos(attempt, failed, doneNanos);
        if (delay.isEmpty()) {
            end(parcel, State.EXHAUSTED);
            return;
        }
        parcel.deliveries().forEach(delivery -> open.is(delivery, State.RETRY_PENDING));
        if (!mayBeSent(parcel)) {
            return;
        }
        long dueNanos = doneNanos + delay.getAsLong();
        for (Delivery delivery : parcel.deliveries()) {
            Reported.run(() -> outbox.attempted(delivery.number, attempt - 1, times.epochNanos(dueNanos)));
        }
        Attempt next = new Attempt(parcel, attempt, dueNanos);
        if (delay.getAsLong() == 0) {
            line.start(next);
        } else {
            line.add(next);
        }
        gaveUp(open.crowdOut());
    }

    /** These deliveries are over; neither the timer nor the queue holds them. */
    private void end(Parcel parcel, State how) {
        for (Delivery delivery : parcel.deliveries()) {
            if (open.over(delivery, how)) {
                Reported.run(() -> outbox.ended(delivery.number));
            }
        }
    }

    /** These were given up while they waited. */
    private void gaveUp(List<Delivery> deliveries) {
        if (!deliveries.isEmpty()) {
            line.withdraw(deliveries);
            deliveries.forEach(delivery -> Reported.run(() -> outbox.ended(delivery.number)));
        }
    }

    /** Whether nothing is on its way or could start without waiting for a retry. */
    boolean idle() {
        return outbox.idle() && line.idle();
    }

    /** Starts no more attempts and waits at most this long for those in flight; then breaks them off. */
    void stop(long mostNanos) throws InterruptedException {
        if (!line.stop(mostNanos)) {
            sender.cancelAll();
            line.stop(TimeUnit.SECONDS.toNanos(1));
        }
    }

    WireTotals totals() {
        return sender.totals();
    }

    long acknowledged() {
        return acknowledged.get();
    }

    long resent() {
        return sender.resent();
    }

    /** Retries that the timer holds. */
    int timed() {
        return line.timed();
    }

    /** What is under way, queued, or waits for its time. */
    AttemptLine line() {
        return line;
    }

    @Override
    public void close() {
        line.close();
        sender.close();
    }
}
