package dev.pushpull.delivery.websocket;

import dev.pushpull.delivery.stream.OpenStreams;
import dev.pushpull.delivery.stream.StreamCounters;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.Counter;
import dev.pushpull.surface.Counter.Side;
import dev.pushpull.surface.Problem;
import dev.pushpull.surface.Source;
import dev.pushpull.surface.Surface;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code GET /events} with {@code Upgrade: websocket}: the events of a stream as they occur, a message each. Without
 * {@code after} it begins with the next event; with it, what the client missed comes first, as far as it is replayed.
 */
final class WebSocketSurface implements Surface {
    private final OpenStreams open;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong pongs = new AtomicLong();

    WebSocketSurface(Source source, Scenario scenario) {
        this.open = new OpenStreams(source, scenario);
    }

    @Override
    public boolean takes(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        return exchange.getRelativePath().equals(WebSocketWire.PATH)
                && exchange.getRequestMethod().equals(Methods.GET)
                && "websocket".equalsIgnoreCase(headers.getFirst(Headers.UPGRADE));
    }

    @Override
    public void answer(HttpServerExchange exchange) throws Exception {
        String accept = exchange.getRequestHeaders().getFirst(Headers.ACCEPT);
        if (accept != null && accept.contains("text/event-stream")) {
            badRequest(
                    exchange,
                    "Upgrade: websocket with Accept: text/event-stream is not accepted; accepted: one of them");
            return;
        }
        String stream = parameter(exchange, "stream");
        String lastSeen = parameter(exchange, WebSocketWire.AFTER);
        OptionalLong after = open.continuesAfter(stream, lastSeen);
        if (after.isEmpty()) {
            badRequest(
                    exchange,
                    "%s: '%s' is not accepted; accepted: the sequence of an event of this stream, or 0"
                            .formatted(WebSocketWire.AFTER, lastSeen));
            return;
        }
        WebSocketConnectionCallback connected = (handshake, channel) ->
                new WebSocketStream(this, exchange, channel, stream, after.getAsLong()).begins();
        new WebSocketProtocolHandshakeHandler(connected).handleRequest(exchange);
    }

    private static void badRequest(HttpServerExchange exchange, String detail) {
        new Problem(StatusCodes.BAD_REQUEST, "Bad request", detail).answer(exchange);
    }

    private static String parameter(HttpServerExchange exchange, String name) {
        Deque<String> values = exchange.getQueryParameters().get(name);
        return values == null ? null : values.peekFirst();
    }

    OpenStreams open() {
        return open;
    }

    void acknowledged() {
        acknowledged.incrementAndGet();
    }

    void pong() {
        pongs.incrementAndGet();
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
        List<Counter> counters = new ArrayList<>(open.counters());
        counters.add(StreamCounters.of(
                StreamCounters.ACKNOWLEDGEMENTS, Side.RECEIVED, "received", acknowledged.get(), false));
        counters.add(
                StreamCounters.of(StreamCounters.ANSWERED_HEARTBEATS, Side.RECEIVED, "received", pongs.get(), false));
        return counters;
    }
}
