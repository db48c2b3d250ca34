package dev.pushpull.provider;

import dev.pushpull.event.EventDraft;
import dev.pushpull.event.EventLog;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.Carried;
import dev.pushpull.http.MeteredHttpServer;
import dev.pushpull.http.WebPages;
import dev.pushpull.http.WireTotals;
import dev.pushpull.provider.polling.PollingSurface;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.provider.webhook.WebhookSurface;
import dev.pushpull.store.Outbox;
import dev.pushpull.store.StoreException;
import dev.pushpull.surface.Json;
import dev.pushpull.surface.Problem;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.surface.Source;
import dev.pushpull.surface.Surface;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.PathHandler;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The event source as a server. It keeps the log, tells its surfaces about each event, and passes each request to the
 * surface that handles it. Every provider has two surfaces, polling and webhooks; modes can bring others.
 */
public final class ProviderServer implements Source, AutoCloseable {
    private final NanoClock clock;
    private final Outbox outbox;
    private final EventLog log;
    private final RoleThreads threads;
    private final PollingSurface polling;
    private final WebhookSurface webhooks;
    private final List<Surface> surfaces = new ArrayList<>();
    private final MeteredHttpServer server;
    private final ControlHandler control = new ControlHandler();

    /**
     * Starts listening; unfinished deliveries are lost when the process ends.
     *
     * @param owner the delivery mode it serves; its threads carry that name
     * @throws java.io.UncheckedIOException when it cannot listen at that address
     */
    public ProviderServer(ProviderSettings settings, String owner, NanoClock clock, AttemptListener listener) {
        this(
                settings,
                Outbox.inMemory(),
                Outbox.Kept.NOTHING,
                new RoleThreads(owner, RoleThreads.PROVIDER),
                clock,
                listener,
                List.of());
    }

    /**
     * Starts listening and continues with what the outbox kept: subscriptions, the log that pollers read, and
     * unacknowledged deliveries.
     *
     * @param outbox closed with this provider
     * @param threads to work with
     * @throws StoreException when the outbox cannot be read
     * @throws java.io.UncheckedIOException when it cannot listen at that address
     */
    public ProviderServer(
            ProviderSettings settings, Outbox outbox, RoleThreads threads, NanoClock clock, AttemptListener listener)
            throws StoreException {
        this(settings, outbox, threads, clock, listener, List.of());
    }

    /** @param more surfaces besides those that every provider has */
    public ProviderServer(
            ProviderSettings settings,
            Outbox outbox,
            RoleThreads threads,
            NanoClock clock,
            AttemptListener listener,
            List<Surface.Opener> more)
            throws StoreException {
        this(settings, outbox, outbox.kept(EventLog.mostOfAll(settings.retention())), threads, clock, listener, more);
    }

    private ProviderServer(
            ProviderSettings settings,
            Outbox outbox,
            Outbox.Kept kept,
            RoleThreads threads,
            NanoClock clock,
            AttemptListener listener,
            List<Surface.Opener> more) {
        this.clock = clock;
        this.outbox = outbox;
        this.threads = threads;
        KeptEvents events = new KeptEvents(kept);
        this.log = events.log(settings.retention());
        this.polling = new PollingSurface(this, settings.quota(), settings.readLagNanos());
        this.webhooks = new WebhookSurface(settings, outbox, kept, this, listener);
        more.forEach(opener -> surfaces.add(opener.open(this))); // first: a mode may share a path and go by a header
        surfaces.add(polling);
        surfaces.add(webhooks);
        HttpHandler others = new PathHandler(Problem::notFound)
                .addPrefixPath("/control", control)
                .addExactPath("/healthz", this::health);
        this.server = MeteredHttpServer.bound(
                settings.host(),
                settings.port(),
                threads,
                settings.transport(),
                settings.heldConnections(),
                exchange -> answerUnlessFromAWebPage(exchange, asked -> dispatch(asked, others)));
        webhooks.resume(kept, events::at);
        server.accept(); // not earlier: new events are numbered after those that were kept
    }

    private void dispatch(HttpServerExchange exchange, HttpHandler others) throws Exception {
        for (Surface surface : surfaces) {
            if (surface.takes(exchange)) {
                surface.answer(exchange);
                return;
            }
        }
        others.handleRequest(exchange);
    }

    @Override
    public EventLog log() {
        return log;
    }

    @Override
    public NanoClock clock() {
        return clock;
    }

    @Override
    public RoleThreads threads() {
        return threads;
    }

    @Override
    public CompletableFuture<StoredEvent> occur(EventDraft draft) {
        return occur(draft, clock.nanoTime());
    }

    /** From now on {@code /control} answers, to loopback only. */
    public void controlledBy(EventControl driver) {
        control.handTo(driver);
    }

    /**
     * A web page may send requests to servers on its user's machine, but its browser says which page sent anything that
     * could change data. We serve no pages, so we refuse such requests.
     */
    private static void answerUnlessFromAWebPage(HttpServerExchange exchange, HttpHandler handler) throws Exception {
        boolean changes = !exchange.getRequestMethod().equals(Methods.GET)
                && !exchange.getRequestMethod().equals(Methods.HEAD);
        if (changes && WebPages.sent(exchange)) {
            Problem.forbidden(exchange, "web pages change nothing here; send it without Origin");
        } else {
            handler.handleRequest(exchange);
        }
    }

    /** Where it listens. */
    public URI address() {
        return server.address();
    }

    /** As {@link #occur}, but waits until the event has occurred. */
    public StoredEvent append(EventDraft draft, long intendedNanos) {
        return occur(draft, intendedNanos).join();
    }

    /**
     * An event occurs: it is kept for pollers, waiting polls are answered, and it is sent to subscribers. With a
     * durable outbox this happens when event and deliveries are committed. Events occur in the order of the calls.
     *
     * @param intendedNanos when it should have occurred, on this provider's clock
     * @return completed when the event has occurred: at once, or by the writing thread; exceptionally when it failed to
     *     occur
     */
    public CompletableFuture<StoredEvent> occur(EventDraft draft, long intendedNanos) {
        EventOccurrence occurrence = new EventOccurrence(draft, intendedNanos, log, surfaces);
        outbox.append(occurrence);
        return occurrence.occurred();
    }

    /** Whether no surface has anything on its way or queued for sending; what waits for a retry does not count. */
    public boolean idle() {
        return surfaces.stream().allMatch(Surface::idle);
    }

    /** Whether any webhook waits for its retry. */
    public boolean retriesLater() {
        return webhooks.timed() > 0;
    }

    /** Polls that wait for an event now. */
    int heldPolls() {
        return polling.heldPolls();
    }

    /** Ends what the surfaces hold open, above all held polls; from now on they hold nothing. */
    public void letGo() {
        surfaces.forEach(Surface::letGo);
    }

    /** Lets the surfaces begin nothing more; waits at most this long for what is unfinished. */
    public void stop(long mostNanos) throws InterruptedException {
        for (Surface surface : surfaces) {
            surface.stop(mostNanos);
        }
    }

    /** Everything counted so far. */
    public ProviderBooks books() {
        return new ProviderBooks(
                server.totals(),
                surfaces.stream().map(Surface::sent).reduce(WireTotals.NONE, WireTotals::plus),
                surfaces.stream()
                        .flatMap(surface -> surface.counters().stream())
                        .toList(),
                surfaces.stream()
                        .flatMap(surface -> surface.warnings().stream())
                        .toList(),
                polling.polls(),
                polling.eventsServed(),
                webhooks.acknowledged(),
                webhooks.unfinished(),
                webhooks.unacknowledged(),
                webhooks.heldBack(),
                webhooks.mostWaiting(),
                webhooks.resent(),
                webhooks.mostInFlight());
    }

    /** What its clients asked for and got, by their addresses. */
    public Map<String, Carried> servedByAddress() {
        return server.byAddress();
    }

    private void health(HttpServerExchange exchange) {
        HostClocks now = HostClocks.now(clock);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender()
                .send(Json.write(Map.of(
                        "boot_id", now.bootId(),
                        "time_namespace", now.timeNamespace(),
                        "monotonic_nanos", now.monotonicNanos(),
                        "epoch_nanos", now.epochNanos())));
    }

    @Override
    public void close() {
        surfaces.forEach(Surface::close);
        server.close();
        outbox.close();
    }
}
