package dev.pushpull.provider.polling;

import dev.pushpull.event.EventDraft;
import dev.pushpull.event.EventJson.MalformedEventException;
import dev.pushpull.event.EventLog;
import dev.pushpull.event.EventLog.Slice;
import dev.pushpull.event.PostedEvent;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.http.LaterAnswer;
import dev.pushpull.http.MeteredHttpServer;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.schedule.RequestQuota;
import dev.pushpull.surface.Counter;
import dev.pushpull.surface.Counter.Side;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.surface.PostedBody;
import dev.pushpull.surface.Problem;
import dev.pushpull.surface.Source;
import dev.pushpull.surface.Surface;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code GET /events}: a page of events after a cursor, now or, if the client prefers to wait, when there is one.
 * {@code POST /events}: an event posted by hand.
 */
public final class PollingSurface implements Surface {
    private static final String PATH = "/events";

    private static final int TOO_MANY_REQUESTS = 429;

    /** The largest body of an event posted by hand. */
    static final int MOST_EVENT_BYTES = 2 << 20;

    private final EventLog log;
    private final Source source;
    private final NanoClock clock;
    private final RequestQuota quota;
    private final long lagNanos;
    private final HeldPolls held = new HeldPolls();
    private final Map<String, RequestQuota.Window> windows = new ConcurrentHashMap<>();
    private final AtomicLong polls = new AtomicLong();
    private final AtomicLong eventsServed = new AtomicLong();

    /**
     * @param quota how often clients may poll for the events of one stream
     * @param lagNanos how long after an event occurred it can be found
     */
    public PollingSurface(Source source, RequestQuota quota, long lagNanos) {
        this.source = source;
        this.log = source.log();
        this.clock = source.clock();
        this.quota = quota;
        this.lagNanos = lagNanos;
    }

    @Override
    public boolean takes(HttpServerExchange exchange) {
        String path = exchange.getRelativePath();
        return path.equals(PATH) || path.equals(PATH + "/");
    }

    @Override
    public Dispatch place(StoredEvent event) {
        return intendedNanos -> held.wake(event.event().stream());
    }

    @Override
    public void letGo() {
        held.letGo();
    }

    @Override
    public List<Counter> counters() {
        return List.of(new Counter(
                Exchanges.EVENTS_IN_POLLS,
                Side.SENT,
                "served",
                eventsServed.get(),
                Begins.CONSUMER,
                PollQuestion.MOST_LIMIT,
                true));
    }

    /** Polls that wait for an event now. */
    public int heldPolls() {
        return held.count();
    }

    /** GETs for events so far. */
    public long polls() {
        return polls.get();
    }

    /** Events in the answers to them. */
    public long eventsServed() {
        return eventsServed.get();
    }

    @Override
    public void answer(HttpServerExchange exchange) {
        if (exchange.getRequestMethod().equals(Methods.GET)) {
            polls.incrementAndGet();
            long waitNanos = overQuotaNanos(exchange);
            if (waitNanos > 0) {
                tooMany(exchange, waitNanos);
                return;
            }
            answerPoll(exchange, HeldPolls.secondsAsked(exchange));
        } else if (exchange.getRequestMethod().equals(Methods.POST)) {
            PostedBody.read(exchange, MOST_EVENT_BYTES, this::takeEvent);
        } else {
            Problem.notAllowed(exchange, "GET, POST", "GET or POST /events");
        }
    }

    /** How long the stream's poller must wait; 0 while it is within its quota. */
    private long overQuotaNanos(HttpServerExchange exchange) {
        if (!quota.limits()) {
            return 0;
        }
        String stream = parameter(exchange, "stream");
        RequestQuota.Window window =
                windows.computeIfAbsent(stream == null ? "" : stream, name -> new RequestQuota.Window());
        synchronized (window) {
            return quota.waitNanos(window, clock.nanoTime());
        }
    }

    private static void tooMany(HttpServerExchange exchange, long waitNanos) {
        long seconds = RequestQuota.retryAfterNanos(waitNanos) / 1_000_000_000L;
        exchange.getResponseHeaders().put(Headers.RETRY_AFTER, Long.toString(seconds));
        new Problem(TOO_MANY_REQUESTS, "Too many requests", "over quota; ask again after " + seconds + " s")
                .answer(exchange);
    }

    /** @param waitSeconds how long the poll may be held when there is nothing to answer yet */
    private void answerPoll(HttpServerExchange exchange, long waitSeconds) {
        HeaderValues ifNoneMatch = exchange.getRequestHeaders().get(Headers.IF_NONE_MATCH);
        PollQuestion question = new PollQuestion(
                parameter(exchange, "stream"),
                parameter(exchange, "after"),
                parameter(exchange, "limit"),
                ifNoneMatch == null ? List.of() : ifNoneMatch);
        PollQuestion.Answer answer = lagNanos == 0
                ? question.answer(log)
                : question.answer(log, HostClocks.now(clock).epochNanos() - lagNanos);
        if (answer instanceof PollQuestion.Refusal refusal) {
            badRequest(exchange, refusal);
        } else if (answer instanceof PollQuestion.Found found) {
            send(exchange, question.stream(), found, waitSeconds);
        }
    }

    private void send(HttpServerExchange exchange, String stream, PollQuestion.Found found, long waitSeconds) {
        Slice slice = found.slice();
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(Headers.ETAG, found.etag());
        if (waitSeconds > 0) {
            HeldPolls.grant(exchange, waitSeconds);
            if (found.unchanged() || slice.events().isEmpty()) {
                held.hold(
                        exchange,
                        stream,
                        waitSeconds,
                        () -> log.read(stream, found.newest(), 1).head() > found.newest(),
                        again -> answerPoll(again, 0));
                return;
            }
        }
        if (found.unchanged()) {
            exchange.setStatusCode(StatusCodes.NOT_MODIFIED);
            exchange.endExchange();
            return;
        }
        if (!slice.events().isEmpty()) {
            eventsServed.addAndGet(slice.events().size());
            MeteredHttpServer.answersWith(exchange, slice.events().size());
        }
        headers.put(Headers.CONTENT_TYPE, "application/json");
        Page.of(slice, found.hasMore()).answer(exchange);
    }

    private void takeEvent(HttpServerExchange exchange, byte[] body) {
        EventDraft draft;
        try {
            draft = byHand(PostedEvent.read(body));
        } catch (MalformedEventException e) {
            new Problem(
                            StatusCodes.BAD_REQUEST,
                            "Bad event",
                            e.getMessage()
                                    + "; accepted: {\"stream\": text, \"type\": text, \"data\": object}, each optional")
                    .answer(exchange);
            return;
        }
        LaterAnswer.when(source.occur(draft), exchange, (stored, failure) -> {
            if (failure != null) {
                Problem.notKept(exchange, "the event could not be kept");
                return;
            }
            exchange.setStatusCode(StatusCodes.CREATED);
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
            exchange.getResponseSender().send(ByteBuffer.wrap(stored.json()));
        });
    }

    private EventDraft byHand(PostedEvent posted) {
        return new EventDraft(
                "evt_" + UUID.randomUUID().toString().replace("-", ""),
                posted.stream(),
                posted.type(),
                HostClocks.now(clock).epochNanos(),
                posted.dataJson());
    }

    private static void badRequest(HttpServerExchange exchange, PollQuestion.Refusal refusal) {
        new Problem(
                        StatusCodes.BAD_REQUEST,
                        "Bad " + refusal.parameter(),
                        refusal.parameter() + ": '" + refusal.value() + "' is not accepted; accepted: "
                                + refusal.accepted())
                .answer(exchange);
    }

    private static String parameter(HttpServerExchange exchange, String name) {
        Deque<String> values = exchange.getQueryParameters().get(name);
        return values == null ? null : values.peekFirst();
    }
}
