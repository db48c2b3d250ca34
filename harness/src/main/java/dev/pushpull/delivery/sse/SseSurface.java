package dev.pushpull.delivery.sse;

import dev.pushpull.delivery.stream.OpenStreams;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.Counter;
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
import java.util.OptionalLong;

/**
 * {@code GET /events} with {@code Accept: text/event-stream}: the events of a stream as they occur. Without {@code
 * Last-Event-ID} it begins with the next event; with it, what the client missed comes first, as far as it is replayed.
 */
final class SseSurface implements Surface {
    private final OpenStreams open;

    SseSurface(Source source, Scenario scenario) {
        this.open = new OpenStreams(source, scenario);
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
        String lastSeen = headers.getFirst(SseWire.LAST_EVENT_ID);
        OptionalLong after = open.continuesAfter(stream, lastSeen);
        if (after.isEmpty()) {
            badRequest(
                    exchange,
                    "%s: '%s' is not accepted; accepted: the id of an event of this stream, or 0"
                            .formatted(SseWire.LAST_EVENT_ID, lastSeen));
            return;
        }
        headers(exchange);
        exchange.dispatch(
                SameThreadExecutor.INSTANCE, () -> new SseStream(open, exchange, stream, after.getAsLong()).answer());
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
        return open.place(event);
    }

    @Override
    public void letGo() {
        open.letGo();
    }

    @Override
    public List<Counter> counters() {
        return open.counters();
    }
}
