package dev.pushpull.provider;

import dev.pushpull.event.EventDraft;
import dev.pushpull.event.EventLog;
import dev.pushpull.event.PostedEvent;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpServer;
import dev.pushpull.http.WebPages;
import dev.pushpull.scenario.Failures;
import dev.pushpull.store.Outbox;
import dev.pushpull.store.StoreException;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.PathHandler;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** The event source as a server: events by polling and by webhook. */
public final class ProviderServer implements AutoCloseable {
    private final NanoClock clock;
    private final Outbox outbox;
    private final EventLog log;
    private final HeldPolls held = new HeldPolls();
    private final Subscriptions subscriptions;
    private final OpenDeliveries open;
    private final WebhookEmitter emitter;
    private final EventsHandler polling;
    private final MeteredHttpServer server;
    private volatile Control control;

    /**
     * Starts listening; what it owes is gone with the process.
     *
     * @param owner the delivery mode it works for; its threads are named so
     * @throws java.io.UncheckedIOException when it cannot listen where it should
     */
    public ProviderServer(ProviderSettings settings, String owner, NanoClock clock, AttemptListener listener) {
        this(
                settings,
                Outbox.inMemory(),
                Outbox.Kept.NOTHING,
                new RoleThreads(owner, RoleThreads.PROVIDER),
                clock,
                listener);
    }

    /**
     * Starts listening and goes on with what the outbox holds: subscriptions, the log that pollers read, deliveries that
     * nobody has acknowledged.
     *
     * @param outbox closed with this provider
     * @param threads that it works with
     * @throws StoreException when the outbox cannot be read
     * @throws java.io.UncheckedIOException when it cannot listen where it should
     */
    public ProviderServer(
            ProviderSettings settings, Outbox outbox, RoleThreads threads, NanoClock clock, AttemptListener listener)
            throws StoreException {
        this(settings, outbox, outbox.kept(EventLog.mostOfAll(settings.retention())), threads, clock, listener);
    }

    private ProviderServer(
            ProviderSettings settings,
            Outbox outbox,
            Outbox.Kept kept,
            RoleThreads threads,
            NanoClock clock,
            AttemptListener listener) {
        this.clock = clock;
        this.outbox = outbox;
        KeptEvents events = new KeptEvents(kept);
        this.log = events.log(settings.retention());
        CallbackHosts hosts = new CallbackHosts(settings.allowedHosts());
        this.open = new OpenDeliveries(settings.mostGivenUpListed());
        this.emitter = new WebhookEmitter(settings, outbox, hosts, threads, clock, Clock.systemUTC(), open, listener);
        this.subscriptions = new Subscriptions(outbox, kept.subscribers(), emitter::ended);
        this.polling = new EventsHandler(
                log, held, this::byHand, draft -> occur(draft, clock.nanoTime()), settings.quota(), clock);
        PathHandler paths = new PathHandler(ProviderServer::notFound)
                .addExactPath("/events", polling)
                .addPrefixPath("/subscriptions", new SubscriptionsHandler(subscriptions, hosts, this::sendAgain))
                .addPrefixPath("/control", this::control)
                .addExactPath("/healthz", this::health);
        this.server = MeteredHttpServer.bound(
                settings.host(),
                settings.port(),
                threads,
                settings.transport(),
                exchange -> answerUnlessFromAWebPage(exchange, paths));
        resume(kept, events);
        server.accept(); // not before: what comes gets the numbers after those that are kept
    }

    private void resume(Outbox.Kept kept, KeptEvents events) {
        emitter.numberAfter(kept.lastNumber());
        for (Outbox.Delivery owed : kept.open()) {
            subscriptions
                    .find(owed.subscription())
                    .ifPresentOrElse(
                            subscription -> emitter.resume(subscription, events.at(owed.position()), owed),
                            () -> outbox.ended(owed.number()));
        }
    }

    private Optional<CompletableFuture<Void>> sendAgain(Subscription subscription, Subscription.LoggedAttempt attempt) {
        return log.at(attempt.position()).map(kept -> emitter.sendAgain(subscription, kept));
    }

    /** Who lets events occur, for those who drive this provider from another process. */
    public interface Control {
        /** Events stop, and begin anew from their first when they are started. */
        void arm();

        /**
         * Events occur.
         *
         * @throws IllegalStateException with one line when they cannot any more
         */
        void start();

        /** Events stop for good. */
        void stop();

        /** What was counted so far, by name. */
        Map<String, Object> books();
    }

    /** From now on {@code /control} answers, to loopback only. */
    public void controlledBy(Control driver) {
        control = driver;
    }

    /**
     * A page that somebody looks at may send requests to servers of the same machine; its browser says where the page is
     * from with all that could change anything. We serve no pages, so such a request is none of our users'.
     */
    private static void answerUnlessFromAWebPage(HttpServerExchange exchange, HttpHandler handler) throws Exception {
        boolean changes = !exchange.getRequestMethod().equals(Methods.GET)
                && !exchange.getRequestMethod().equals(Methods.HEAD);
        if (changes && WebPages.sent(exchange)) {
            forbid(exchange, "web pages change nothing here; send it without Origin");
        } else {
            handler.handleRequest(exchange);
        }
    }

    private static void forbid(HttpServerExchange exchange, String detail) {
        new Problem(StatusCodes.FORBIDDEN, "Forbidden", detail).answer(exchange);
    }

    private void control(HttpServerExchange exchange) {
        Control driver = control;
        String action = exchange.getRelativePath();
        if (driver == null) {
            notFound(exchange);
        } else if (!exchange.getSourceAddress().getAddress().isLoopbackAddress()) {
            forbid(exchange, "only loopback controls this provider");
        } else if (WebPages.sent(exchange) || !WebPages.isToLoopback(exchange)) {
            // the name is that of a page's own host, given our address
            forbid(exchange, "no web page controls this provider; address it as localhost, 127.0.0.1 or [::1]");
        } else if (action.equals("/books")) {
            if (exchange.getRequestMethod().equals(Methods.GET)) {
                answer(exchange, driver.books());
            } else {
                Problem.notAllowed(exchange, "GET", "GET /control/books");
            }
        } else if (List.of("/arm", "/start", "/stop").contains(action)) {
            if (!exchange.getRequestMethod().equals(Methods.POST)) {
                Problem.notAllowed(exchange, "POST", "POST /control" + action);
                return;
            }
            try {
                switch (action) {
                    case "/arm" -> driver.arm();
                    case "/start" -> driver.start();
                    default -> driver.stop();
                }
                answer(exchange, Map.of("control", action.substring(1)));
            } catch (IllegalStateException e) {
                new Problem(StatusCodes.CONFLICT, "Not possible any more", Failures.sentence(e)).answer(exchange);
            }
        } else {
            notFound(exchange);
        }
    }

    private static void answer(HttpServerExchange exchange, Map<String, Object> document) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(Json.write(document));
    }

    /** Where it listens. */
    public URI address() {
        return server.address();
    }

    /** {@link #occur}, waiting until it has occurred. */
    public StoredEvent append(EventDraft draft, long intendedNanos) {
        return occur(draft, intendedNanos).join();
    }

    /**
     * An event occurs: it is kept for pollers, those that wait for it are answered, and it is sent to subscribers. With a
     * durable outbox that is when event and deliveries are committed; events occur in the order of the calls.
     *
     * @param intendedNanos when it was to occur, on this provider's clock
     * @return completed when it has occurred: at once, or by the thread that writes; exceptionally when it could not
     */
    public CompletableFuture<StoredEvent> occur(EventDraft draft, long intendedNanos) {
        Occurring occurring = new Occurring(draft, intendedNanos);
        outbox.append(occurring);
        return occurring.occurred;
    }

    private final class Occurring implements Outbox.Occurrence {
        final CompletableFuture<StoredEvent> occurred = new CompletableFuture<>();
        private final EventDraft draft;
        private final long intendedNanos;
        private final List<Delivery> deliveries = new ArrayList<>();
        private StoredEvent stored;

        Occurring(EventDraft draft, long intendedNanos) {
            this.draft = draft;
            this.intendedNanos = intendedNanos;
        }

        @Override
        public Outbox.Placed place() {
            deliveries.clear();
            stored = log.place(draft);
            List<Outbox.Delivery> due = new ArrayList<>();
            for (List<Subscription> wanting : subscriptions.of(draft.stream())) {
                for (Subscription subscription : wanting) {
                    if (subscription.active()) {
                        Delivery delivery = emitter.prepare(subscription, stored);
                        deliveries.add(delivery);
                        due.add(delivery.due());
                    }
                }
            }
            return new Outbox.Placed(
                    new Outbox.Event(
                            stored.position(), draft.stream(), stored.event().sequence(), stored.json()),
                    due);
        }

        @Override
        public void kept() {
            log.keep(stored);
            held.wake(draft.stream());
            deliveries.forEach(delivery -> emitter.begin(delivery, intendedNanos));
            occurred.complete(stored);
        }

        @Override
        public void displaced() {
            log.freePlaces();
        }

        @Override
        public void failed(Exception cause) {
            occurred.completeExceptionally(cause);
        }
    }

    /** Whether no webhook is on its way or waiting to be sent; those that wait for a retry do not count. */
    public boolean emitterIdle() {
        return emitter.idle();
    }

    /** Polls that wait for an event now. */
    int heldPolls() {
        return held.count();
    }

    /** Answers every poll that waits and holds none any more. */
    public void letHeldPollsGo() {
        held.letGo();
    }

    /** Starts no webhook attempt any more and waits for those in flight, at most so long. */
    public void stopEmitting(long mostNanos) throws InterruptedException {
        emitter.stop(mostNanos);
    }

    /** What was counted so far. */
    public ProviderBooks books() {
        return new ProviderBooks(
                server.totals(),
                emitter.totals(),
                polling.polls(),
                polling.eventsServed(),
                emitter.acknowledged(),
                open.unfinished(),
                open.counts(),
                emitter.heldBack(),
                emitter.mostWaiting(),
                emitter.resent());
    }

    private EventDraft byHand(PostedEvent posted) {
        return new EventDraft(
                "evt_" + UUID.randomUUID().toString().replace("-", ""),
                posted.stream(),
                posted.type(),
                HostClocks.now(clock).epochNanos(),
                posted.dataJson());
    }

    private void health(HttpServerExchange exchange) {
        HostClocks now = HostClocks.now(clock);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender()
                .send(Json.write(Map.of(
                        "boot_id", now.bootId(),
                        "monotonic_nanos", now.monotonicNanos(),
                        "epoch_nanos", now.epochNanos())));
    }

    private static void notFound(HttpServerExchange exchange) {
        new Problem(StatusCodes.NOT_FOUND, "Not found", "there is nothing at " + exchange.getRequestPath())
                .answer(exchange);
    }

    @Override
    public void close() {
        held.letGo();
        emitter.close();
        server.close();
        outbox.close();
    }
}
