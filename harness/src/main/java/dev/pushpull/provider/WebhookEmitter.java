package dev.pushpull.provider;

import dev.pushpull.event.StoredEvent;
import dev.pushpull.measure.DirectHttpClient;
import dev.pushpull.measure.HostClocks;
import dev.pushpull.measure.InFlightGate;
import dev.pushpull.measure.MeteredHttpClient.Exchange;
import dev.pushpull.measure.NanoClock;
import dev.pushpull.measure.RoleThreads;
import dev.pushpull.measure.WireTotals;
import dev.pushpull.schedule.DisablingRule;
import dev.pushpull.schedule.InFlightLimit.Start;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.schedule.Seeds.Purpose;
import dev.pushpull.signing.Message;
import dev.pushpull.store.Outbox;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import okhttp3.HttpUrl;

/**
 * Sends events as webhooks: signs each attempt afresh, keeps connections, bounds what is in flight, and tries again by
 * the retry schedule. 2xx alone is success; 410 ends the subscription. An attempt that may start at once is signed and
 * sent on the very thread on which its event occurs.
 */
final class WebhookEmitter implements AutoCloseable {
    private static final int GONE = 410;

    private static final String WAITING = "waiting to be sent";
    private static final String IN_FLIGHT = "in flight";
    private static final String RETRY_PENDING = "retry pending";
    private static final String EXHAUSTED = "retries exhausted";
    private static final String ENDED = "subscription ended";
    private static final String DISABLED = "endpoint disabled";

    private final ProviderSettings settings;
    private final Outbox outbox;
    private final NanoClock clock;
    private final AttemptListener listener;
    private final DirectHttpClient client;
    private final InFlightGate<String, Attempt> gate;
    private final ScheduledThreadPoolExecutor retryTimer;
    private final RandomGenerator jitter;
    /** By number. */
    private final Map<Long, Delivery> open = new ConcurrentHashMap<>();

    private final AtomicLong deliveryNumber = new AtomicLong();
    private final AtomicLong attempts = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();

    /** One event on its way to one endpoint; its state is written by one attempt at a time. */
    static final class Delivery {
        final long number;
        final Subscription subscription;
        final StoredEvent event;
        volatile String state = WAITING;

        Delivery(long number, Subscription subscription, StoredEvent event) {
            this.number = number;
            this.subscription = subscription;
            this.event = event;
        }

        String id() {
            return "dlv_" + number;
        }

        Outbox.Delivery due() {
            return new Outbox.Delivery(number, subscription.id(), event.position());
        }

        /** Why nobody has acknowledged it; what waited for a subscription that has ended will not be sent any more. */
        String reason() {
            String now = state;
            boolean waits = now.equals(WAITING) || now.equals(RETRY_PENDING);
            return waits && !subscription.active() ? ENDED : now;
        }
    }

    /** @param dueNanos when it was to start */
    private record Attempt(Delivery delivery, int number, long dueNanos) {}

    WebhookEmitter(
            ProviderSettings settings,
            Outbox outbox,
            CallbackHosts hosts,
            RoleThreads threads,
            NanoClock clock,
            AttemptListener listener) {
        this.settings = settings;
        this.outbox = outbox;
        this.clock = clock;
        this.listener = listener;
        this.client = new DirectHttpClient(
                new DirectHttpClient.Settings(
                        Duration.ofNanos(settings.webhooks().connectTimeoutNanos()),
                        Duration.ofNanos(settings.webhooks().responseTimeoutNanos()),
                        settings.transport()),
                threads,
                hosts);
        this.gate = new InFlightGate<>(
                settings.webhooks().maxInFlightPerEndpoint(),
                settings.webhooks().maxInFlight());
        this.retryTimer = new ScheduledThreadPoolExecutor(1, threads);
        retryTimer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.jitter = new Seeds(settings.seed()).generator(Purpose.RETRY_JITTER, 0);
    }

    /** A delivery that is due; {@link #begin} sends it. */
    Delivery prepare(Subscription subscription, StoredEvent event) {
        return new Delivery(deliveryNumber.incrementAndGet(), subscription, event);
    }

    /** Sends an event to an endpoint, beginning with the first attempt of the schedule. */
    void begin(Delivery delivery, long intendedNanos) {
        open.put(delivery.number, delivery);
        schedule(delivery, 1, OptionalLong.empty(), intendedNanos);
    }

    /** Deliveries begun from now on get higher numbers. */
    void numberAfter(long lastNumber) {
        deliveryNumber.set(lastNumber);
    }

    /** Goes on with a delivery that an earlier process left open. */
    void resume(Subscription subscription, StoredEvent event, Outbox.Delivery kept) {
        Delivery delivery = new Delivery(kept.number(), subscription, event);
        if (kept.attempts() == 0) {
            begin(delivery, clock.nanoTime());
        } else {
            open.put(delivery.number, delivery);
            long dueNanos = kept.nextAttemptEpochNanos() - HostClocks.now(clock).offsetNanos();
            startAt(dueNanos, delivery, kept.attempts() + 1);
        }
    }

    /**
     * Sends an event once more, by hand; an earlier delivery of it that was given up is no longer unfinished business.
     * Waits for the outbox.
     */
    void sendAgain(Subscription subscription, StoredEvent event) {
        open.values()
                .removeIf(delivery -> delivery.subscription == subscription
                        && delivery.event == event
                        && delivery.state.equals(EXHAUSTED));
        Delivery delivery = prepare(subscription, event);
        outbox.add(delivery.due()).join();
        begin(delivery, clock.nanoTime());
    }

    private void schedule(Delivery delivery, int attempt, OptionalLong retryAfterNanos, long sinceNanos) {
        OptionalLong delay;
        synchronized (jitter) {
            delay = settings.webhooks().retries().delayNanos(attempt, retryAfterNanos, jitter);
        }
        if (delay.isEmpty()) {
            delivery.state = EXHAUSTED;
            outbox.ended(delivery.number, attempt - 1, Outbox.End.EXHAUSTED);
            return;
        }
        delivery.state = attempt == 1 ? WAITING : RETRY_PENDING;
        long dueNanos = sinceNanos + delay.getAsLong();
        if (attempt > 1) {
            outbox.attempted(
                    delivery.number,
                    attempt - 1,
                    dueNanos + HostClocks.now(clock).offsetNanos());
        }
        if (delay.getAsLong() == 0) {
            start(dueNanos, delivery, attempt);
        } else {
            startAt(dueNanos, delivery, attempt);
        }
    }

    private void startAt(long dueNanos, Delivery delivery, int attempt) {
        delivery.state = attempt == 1 ? WAITING : RETRY_PENDING;
        try {
            retryTimer.schedule(
                    () -> start(dueNanos, delivery, attempt),
                    Math.max(0, dueNanos - clock.nanoTime()),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // stopped meanwhile: the retry stays pending
        }
    }

    private void start(long dueNanos, Delivery delivery, int attempt) {
        startFrom(gate.offer(delivery.subscription.url(), new Attempt(delivery, attempt, dueNanos)));
    }

    /** Starts an attempt, or when nothing comes of it the next one that may; null when none may. */
    private void startFrom(Start<String, Attempt> first) {
        Start<String, Attempt> start = first;
        while (start != null && !attempt(start)) {
            start = gate.nextAfter(start);
        }
    }

    /** Sends it, unless its subscription does not want it any more; whether it was sent. */
    private boolean attempt(Start<String, Attempt> start) {
        Attempt attempt = start.item();
        Delivery delivery = attempt.delivery();
        Subscription subscription = delivery.subscription;
        if (!subscription.active()) {
            delivery.state = ENDED;
            outbox.ended(delivery.number, attempt.number() - 1, Outbox.End.SUBSCRIPTION_ENDED);
            return false;
        }
        if (subscription.pausedAt(clock.nanoTime())) {
            delivery.state = DISABLED;
            return false;
        }
        delivery.state = IN_FLIGHT;
        long sentNanos = clock.nanoTime();
        long sentEpochNanos = sentNanos + HostClocks.now(clock).offsetNanos();
        attempts.incrementAndGet();
        try {
            byte[] body = delivery.event.json();
            HttpUrl url = subscription.target(body);
            Map<String, String> signature = subscription
                    .scheme()
                    .sign(
                            subscription.secret(),
                            delivery.event.event().id(),
                            Math.floorDiv(sentEpochNanos, 1_000_000_000L),
                            Message.of(body, url.toString()));
            client.post(url, withOwn(signature), body, exchange -> {
                try {
                    over(attempt, sentNanos, sentEpochNanos, exchange);
                } finally {
                    startFrom(gate.nextAfter(start));
                }
            });
        } catch (RejectedExecutionException e) {
            attempts.decrementAndGet(); // closed in this very moment: it was not sent
            return false;
        } catch (RuntimeException | Error e) { // of no other delivery's concern, and its place is free again
            over(attempt, sentNanos, sentEpochNanos, Exchange.refused(e));
            return false;
        }
        return true;
    }

    private Map<String, String> withOwn(Map<String, String> signature) {
        Map<String, String> own = settings.webhooks().headers();
        if (own.isEmpty()) {
            return signature;
        }
        Map<String, String> all = new LinkedHashMap<>(signature);
        all.putAll(own);
        return all;
    }

    private void over(Attempt attempt, long sentNanos, long sentEpochNanos, Exchange exchange) {
        Delivery delivery = attempt.delivery();
        Subscription subscription = delivery.subscription;
        long doneNanos = clock.nanoTime();
        listener.attempted(
                subscription.url(),
                delivery.event,
                attempt.number(),
                attempt.dueNanos(),
                sentNanos,
                doneNanos,
                exchange);
        subscription.log(new Subscription.LoggedAttempt(
                delivery.id(),
                delivery.event,
                attempt.number(),
                sentEpochNanos,
                (doneNanos - sentNanos) / 1e6,
                exchange.status(),
                exchange.error()));
        settle(delivery, attempt.number(), exchange, doneNanos);
    }

    private void settle(Delivery delivery, int attempt, Exchange exchange, long doneNanos) {
        subscription(delivery, exchange, doneNanos);
        if (exchange.successful()) {
            acknowledged.incrementAndGet();
            open.remove(delivery.number);
            outbox.ended(delivery.number, attempt, Outbox.End.ACKNOWLEDGED);
        } else if (exchange.status() == GONE) {
            delivery.subscription.end();
            delivery.state = ENDED;
            outbox.unsubscribed(delivery.subscription.id());
            outbox.ended(delivery.number, attempt, Outbox.End.SUBSCRIPTION_ENDED);
        } else {
            schedule(delivery, attempt + 1, retryAfterNanos(exchange, doneNanos), doneNanos);
        }
    }

    /** What the outcome means for the endpoint. */
    private void subscription(Delivery delivery, Exchange exchange, long doneNanos) {
        if (exchange.successful()) {
            delivery.subscription.succeeded();
            return;
        }
        OptionalLong pause = settings.webhooks().disabling().pauseAfter(delivery.subscription.failed());
        if (pause.isPresent() && pause.getAsLong() == DisablingRule.FOR_GOOD) {
            delivery.subscription.pauseUntil(Long.MAX_VALUE);
        } else if (pause.isPresent()) {
            delivery.subscription.pauseUntil(doneNanos + pause.getAsLong());
        }
    }

    /**
     * What {@code Retry-After} asks for, in seconds or as a date (RFC 9110), counted from the end of the attempt; empty
     * when absent or unreadable.
     */
    private OptionalLong retryAfterNanos(Exchange exchange, long doneNanos) {
        String value = exchange.headers().get("Retry-After");
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value.matches("\\d{1,9}")) {
            return OptionalLong.of(TimeUnit.SECONDS.toNanos(Long.parseLong(value)));
        }
        try {
            ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            long doneEpochNanos = doneNanos + HostClocks.now(clock).offsetNanos();
            return OptionalLong.of(Math.max(0, TimeUnit.SECONDS.toNanos(date.toEpochSecond()) - doneEpochNanos));
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    /** Whether nothing is on its way or could start without waiting for a retry. */
    boolean idle() {
        return outbox.idle() && gate.underWay() == 0 && gate.waiting() == 0;
    }

    /** Starts no attempt any more and waits for those in flight, at most so long; what is out then is broken off. */
    void stop(long mostNanos) throws InterruptedException {
        retryTimer.shutdownNow();
        if (!gate.stop(mostNanos)) {
            client.cancelAll();
            gate.stop(TimeUnit.SECONDS.toNanos(1));
        }
    }

    WireTotals totals() {
        return new WireTotals(
                attempts.get(),
                client.bytesSent(),
                client.bytesReceived(),
                client.connectionsOpened(),
                client.outside());
    }

    long acknowledged() {
        return acknowledged.get();
    }

    List<ProviderBooks.Unfinished> unfinished() {
        List<ProviderBooks.Unfinished> unfinished = new ArrayList<>();
        for (Delivery delivery : open.values()) {
            unfinished.add(new ProviderBooks.Unfinished(
                    delivery.subscription.url(),
                    delivery.event.event().stream(),
                    delivery.event.event().sequence(),
                    delivery.reason()));
        }
        return unfinished;
    }

    long resent() {
        return client.resent();
    }

    long heldBack() {
        return gate.held();
    }

    int mostWaiting() {
        return gate.mostWaiting();
    }

    @Override
    public void close() {
        retryTimer.shutdownNow();
        gate.close();
        client.close();
    }
}
