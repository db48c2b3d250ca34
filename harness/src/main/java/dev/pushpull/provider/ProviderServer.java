package dev.pushpull.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.event.EventDraft;
import dev.pushpull.event.EventLog;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.measure.HostClocks;
import dev.pushpull.measure.MeteredHttpServer;
import dev.pushpull.measure.NanoClock;
import dev.pushpull.measure.RoleThreads;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.PathHandler;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The event source as a server: events by polling and by webhook. */
public final class ProviderServer implements AutoCloseable {
    private final NanoClock clock;
    private final EventLog log;
    private final HeldPolls held = new HeldPolls();
    private final Subscriptions subscriptions = new Subscriptions();
    private final WebhookEmitter emitter;
    private final EventsHandler events;
    private final MeteredHttpServer server;

    /**
     * Starts listening.
     *
     * @param owner the delivery mode it works for; its threads are named so
     * @throws java.io.UncheckedIOException when it cannot listen where it should
     */
    public ProviderServer(ProviderSettings settings, String owner, NanoClock clock, AttemptListener listener) {
        this.clock = clock;
        this.log = new EventLog(settings.retention());
        RoleThreads threads = new RoleThreads(owner, RoleThreads.PROVIDER);
        CallbackHosts hosts = new CallbackHosts(settings.allowedHosts());
        this.emitter = new WebhookEmitter(settings, hosts, threads, clock, listener);
        this.events = new EventsHandler(log, held, this::byHand, draft -> append(draft, clock.nanoTime()));
        PathHandler paths = new PathHandler(ProviderServer::notFound)
                .addExactPath("/events", events)
                .addPrefixPath(
                        "/subscriptions",
                        new SubscriptionsHandler(
                                subscriptions,
                                hosts,
                                (subscription, attempt) -> emitter.sendAgain(subscription, attempt.event())))
                .addExactPath("/healthz", this::health);
        this.server = new MeteredHttpServer(settings.host(), settings.port(), threads, paths);
    }

    /** Where it listens. */
    public URI address() {
        return server.address();
    }

    /**
     * An event occurs: it is kept for pollers, those that wait for it are answered, and it is sent to subscribers.
     *
     * @param intendedNanos when it was to occur, on this provider's clock
     */
    public StoredEvent append(EventDraft draft, long intendedNanos) {
        StoredEvent stored = log.append(draft);
        held.wake(draft.stream());
        for (List<Subscription> wanting : subscriptions.of(draft.stream())) {
            for (Subscription subscription : wanting) {
                if (subscription.active()) {
                    emitter.emit(subscription, stored, intendedNanos);
                }
            }
        }
        return stored;
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
                events.polls(),
                events.eventsServed(),
                emitter.acknowledged(),
                emitter.unfinished(),
                emitter.heldBack(),
                emitter.mostWaiting());
    }

    private Optional<EventDraft> byHand(JsonNode posted) {
        JsonNode data = posted.path("data");
        boolean wellFormed = (data.isMissingNode() || data.isObject())
                && (!posted.has("stream") || posted.get("stream").isTextual())
                && (!posted.has("type") || posted.get("type").isTextual());
        return wellFormed
                ? Optional.of(new EventDraft(
                        "evt_" + UUID.randomUUID().toString().replace("-", ""),
                        posted.path("stream").asText("default"),
                        posted.path("type").asText("event.posted"),
                        HostClocks.now(clock).epochNanos(),
                        data.isObject() ? data.toString() : "{}"))
                : Optional.empty();
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
    }
}
