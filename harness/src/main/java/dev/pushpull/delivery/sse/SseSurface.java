package dev.pushpull.delivery.sse;

import dev.pushpull.delivery.stream.Lives;
import dev.pushpull.delivery.stream.Replay;
import dev.pushpull.delivery.stream.StreamOptions;
import dev.pushpull.delivery.stream.StreamOptions.HeartbeatWhen;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.host.HostClocks;
import dev.pushpull.http.WholeNumber;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.Counter;
import dev.pushpull.surface.Counter.Side;
import dev.pushpull.surface.Problem;
import dev.pushpull.surface.Source;
import dev.pushpull.surface.Surface;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code GET /events} with {@code Accept: text/event-stream}: the events of a stream as they occur. Without {@code
 * Last-Event-ID} it begins with the next event; with it, what the client missed comes first, as far as it is replayed.
 */
final class SseSurface implements Surface {
    private static final String ALL_STREAMS = "";
    private static final int MOST_DIGITS = 18;

    private final Source source;
    private final Scenario scenario;
    private final Replay replay;
    private final Seeds seeds;
    private final Map<String, Set<SseStream>> open = new ConcurrentHashMap<>();
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong heartbeats = new AtomicLong();
    private volatile boolean lettingGo;

    SseSurface(Source source, Scenario scenario) {
        this.source = source;
        this.scenario = scenario;
        this.replay = StreamOptions.REPLAY.in(scenario);
        this.seeds = new Seeds(scenario.run().seed());
    }

    @Override
    public boolean takes(HttpServerExchange exchange) {
        String path = exchange.getRelativePath();
        return (path.equals(SseWire.PATH) || path.equals(SseWire.PATH + "/"))
                && exchange.getRequestMethod().equals(Methods.GET)
                && mentions(exchange.getRequestHeaders(), Headers.ACCEPT_STRING, SseWire.TYPE);
    }

    private static boolean mentions(HeaderMap headers, String name, String word) {
        return headers.contains(name)
                && headers.get(name).stream()
                        .anyMatch(line -> line.toLowerCase(Locale.ROOT).contains(word));
    }

    @Override
    public void answer(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        if (mentions(headers, Headers.UPGRADE_STRING, "websocket")) {
            badRequest(
                    exchange,
                    "Accept: %s with Upgrade: websocket is not accepted; accepted: one of them"
                            .formatted(SseWire.TYPE));
            return;
        }
        Deque<String> streams = exchange.getQueryParameters().get("stream");
        String stream = streams == null ? null : streams.peekFirst();
        long head = source.log().read(stream, 0, 1).head();
        String lastSeen = headers.getFirst(SseWire.LAST_EVENT_ID);
        long last = lastSeen == null ? head : WholeNumber.in(lastSeen, MOST_DIGITS);
        if (last < 0 || last > head) {
            badRequest(
                    exchange,
                    "%s: '%s' is not accepted; accepted: the id of an event of this stream, or 0"
                            .formatted(SseWire.LAST_EVENT_ID, lastSeen));
            return;
        }
        long nowEpochNanos = HostClocks.now(source.clock()).epochNanos();
        long after = replay.continuesAfter(source.log(), stream, last, nowEpochNanos);
        headers(exchange);
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> new SseStream(this, exchange, stream, after).begin());
    }

    private static void badRequest(HttpServerExchange exchange, String detail) {
        new Problem(StatusCodes.BAD_REQUEST, "Bad request", detail).answer(exchange);
    }

    /** A connection that carried a stream is not used again, as if each one ended with its stream. */
    private static void headers(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getResponseHeaders();
        headers.put(Headers.CONTENT_TYPE, SseWire.TYPE);
        headers.put(Headers.CACHE_CONTROL, "no-cache");
        headers.put(Headers.TRANSFER_ENCODING, Headers.CHUNKED.toString());
        exchange.setPersistent(false);
    }

    @Override
    public Dispatch place(StoredEvent event) {
        String stream = event.event().stream();
        return intendedNanos -> { // looked up only now: a stream may have begun in between
            open.getOrDefault(stream, Set.of()).forEach(SseStream::wake);
            open.getOrDefault(ALL_STREAMS, Set.of()).forEach(SseStream::wake);
        };
    }

    @Override
    public void letGo() {
        lettingGo = true;
        open.values().forEach(streams -> streams.forEach(SseStream::wake));
    }

    @Override
    public List<Counter> counters() {
        return List.of(
                counter(SseWire.EVENTS, Side.SENT, "written", written.get(), true),
                counter(SseWire.HEARTBEATS, Side.SENT, "written", heartbeats.get(), false));
    }

    /** One side's count of what passes in streams. */
    static Counter counter(String account, Side side, String item, long value, boolean byConnection) {
        return new Counter(account, side, item, value, Begins.CONSUMER, SseWire.MOST_UNDER_WAY, byConnection);
    }

    Source source() {
        return source;
    }

    boolean lettingGo() {
        return lettingGo;
    }

    /** A stream begins; from now on it is woken. Returns how long it may live. */
    long begins(SseStream stream) {
        open.computeIfAbsent(key(stream), name -> ConcurrentHashMap.newKeySet()).add(stream);
        long number = begun.getAndIncrement();
        Lives lives = new Lives(scenario, seeds, number);
        return number < scenario.events().consumers() ? lives.nextNanos() : lives.constantNanos();
    }

    void ends(SseStream stream) {
        open.get(key(stream)).remove(stream);
    }

    private static String key(SseStream stream) {
        return stream.name() == null ? ALL_STREAMS : stream.name();
    }

    void wrote(int events) {
        written.addAndGet(events);
    }

    void wroteHeartbeat() {
        heartbeats.incrementAndGet();
    }

    long reconnectNanos() {
        return StreamOptions.RECONNECT.in(scenario);
    }

    /** 0 for none. */
    long heartbeatNanos() {
        return StreamOptions.HEARTBEAT.in(scenario);
    }

    boolean heartbeatsOnlyWhenIdle() {
        return StreamOptions.HEARTBEAT_WHEN.in(scenario) == HeartbeatWhen.IDLE;
    }
}
