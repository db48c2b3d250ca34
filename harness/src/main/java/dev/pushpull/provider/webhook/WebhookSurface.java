package dev.pushpull.provider.webhook;

import dev.pushpull.event.StoredEvent;
import dev.pushpull.http.WireTotals;
import dev.pushpull.scenario.Counted;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.store.Outbox;
import dev.pushpull.surface.Counter;
import dev.pushpull.surface.Counter.Side;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.surface.Source;
import dev.pushpull.surface.Surface;
import dev.pushpull.surface.Unfinished;
import io.undertow.server.HttpServerExchange;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

/** Subscriptions, and the webhooks sent to them. */
public final class WebhookSurface implements Surface {
    private static final String PATH = "/subscriptions";

    private final Source source;
    private final Outbox outbox;
    private final Scenario.Webhooks webhooks;
    private final OpenDeliveries open;
    private final WebhookEmitter emitter;
    private final Subscriptions subscriptions;
    private final SubscriptionsHandler requests;

    /** @param kept what the outbox kept of an earlier process */
    public WebhookSurface(
            ProviderSettings settings, Outbox outbox, Outbox.Kept kept, Source source, AttemptListener listener) {
        this.source = source;
        this.outbox = outbox;
        this.webhooks = settings.webhooks();
        CallbackHosts hosts = new CallbackHosts(settings.allowedHosts());
        this.open = new OpenDeliveries(settings.mostGivenUpListed());
        this.emitter = new WebhookEmitter(
                settings, outbox, hosts, source.threads(), source.clock(), Clock.systemUTC(), open, listener);
        this.subscriptions = new Subscriptions(outbox, kept.subscribers(), emitter::ended);
        this.requests = new SubscriptionsHandler(subscriptions, hosts, this::sendAgain);
    }

    /**
     * Continues the deliveries that an earlier process left open.
     *
     * @param events that are kept, by position
     */
    public void resume(Outbox.Kept kept, LongFunction<StoredEvent> events) {
        emitter.numberAfter(kept.lastNumber());
        for (Outbox.Delivery owed : kept.open()) {
            subscriptions
                    .find(owed.subscription())
                    .ifPresentOrElse(
                            subscription -> emitter.resume(subscription, events.apply(owed.position()), owed),
                            () -> outbox.ended(owed.number()));
        }
    }

    private Optional<CompletableFuture<Void>> sendAgain(Subscription subscription, Subscription.LoggedAttempt attempt) {
        return source.log().at(attempt.position()).map(kept -> emitter.sendAgain(subscription, kept));
    }

    @Override
    public boolean takes(HttpServerExchange exchange) {
        String path = exchange.getRelativePath();
        return path.startsWith(PATH) && (path.length() == PATH.length() || path.charAt(PATH.length()) == '/');
    }

    @Override
    public void answer(HttpServerExchange exchange) throws Exception {
        exchange.setResolvedPath(exchange.getResolvedPath() + PATH);
        exchange.setRelativePath(exchange.getRelativePath().substring(PATH.length()));
        requests.handleRequest(exchange);
    }

    @Override
    public Dispatch place(StoredEvent event) {
        Deliveries deliveries = new Deliveries();
        for (List<Subscription> wanting : subscriptions.of(event.event().stream())) {
            for (Subscription subscription : wanting) {
                if (subscription.active()) {
                    deliveries.add(emitter.prepare(subscription, event));
                }
            }
        }
        return deliveries;
    }

    private final class Deliveries implements Dispatch {
        private final List<Delivery> all = new ArrayList<>(2);
        private final List<Outbox.Delivery> due = new ArrayList<>(2);

        void add(Delivery delivery) {
            all.add(delivery);
            due.add(delivery.due());
        }

        @Override
        public List<Outbox.Delivery> due() {
            return due;
        }

        @Override
        public void begin(long intendedNanos) {
            for (Delivery delivery : all) {
                emitter.begin(delivery, intendedNanos);
            }
        }
    }

    @Override
    public void letGo() {
        // it holds nothing open
    }

    @Override
    public void stop(long mostNanos) throws InterruptedException {
        emitter.stop(mostNanos);
    }

    @Override
    public boolean idle() {
        return emitter.idle();
    }

    /** How many deliveries wait for a retry. */
    public int timed() {
        return emitter.timed();
    }

    @Override
    public List<Counter> counters() {
        return List.of(new Counter(
                Exchanges.ACKNOWLEDGED,
                Side.RECEIVED,
                "by the provider",
                emitter.acknowledged(),
                Begins.PROVIDER,
                1,
                false));
    }

    @Override
    public WireTotals sent() {
        return emitter.totals();
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (heldBack() > 0) {
            warnings.add("%s waited for the in-flight limits (%d an endpoint, %d in all); the line was up to %,d long"
                    .formatted(
                            Counted.of(heldBack(), "webhook attempt"),
                            webhooks.maxInFlightPerEndpoint(),
                            webhooks.maxInFlight(),
                            mostWaiting()));
        }
        if (resent() > 0) {
            warnings.add("%s sent again at once: the receiver had closed the connection %s went over"
                    .formatted(Counted.of(resent(), "webhook was", "webhooks were"), resent() == 1 ? "it" : "they"));
        }
        return warnings;
    }

    /** Attempts answered 2xx. */
    public long acknowledged() {
        return emitter.acknowledged();
    }

    /** Deliveries not acknowledged; of those given up only the newest, as many as are listed. */
    public List<Unfinished> unfinished() {
        return open.unfinished();
    }

    /** The number of unacknowledged deliveries by reason, including those that are not listed. */
    public Map<String, Long> unacknowledged() {
        return open.counts();
    }

    /** Attempts that had to wait for the in-flight limits. */
    public long heldBack() {
        return emitter.line().heldBack();
    }

    /** The longest that their queue was. */
    public int mostWaiting() {
        return emitter.line().mostWaiting();
    }

    /** The most attempts that were under way at once. */
    public int mostInFlight() {
        return emitter.line().mostInFlight();
    }

    /** Attempts' requests that were sent twice. */
    public long resent() {
        return emitter.resent();
    }

    @Override
    public void close() {
        emitter.close();
    }
}
