package dev.pushpull.delivery.websocket;

import dev.pushpull.delivery.stream.StreamOptions;
import dev.pushpull.scenario.Kind;
import dev.pushpull.scenario.Kind.Trait;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.ExchangeSizes;
import dev.pushpull.surface.ExchangeSizes.Frames;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.surface.TlsBytes;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** What goes over the wire, as both sides see it. */
final class WebSocketWire {
    static final Kind SOCKET = new Kind("WebSocket", "WebSockets", Begins.CONSUMER, Set.of(Trait.LASTS));

    static final String PATH = "/events";

    /** The query parameter for the event that the client saw last. */
    static final String AFTER = "after";

    /** How each message with which a connection begins begins. */
    static final String HELLO = "{\"type\":\"hello\",";

    /** The provider ends a connection: going away (RFC 6455, 7.4.1). */
    static final int GOING_AWAY = 1001;

    private static final int CLOSE_CODE = 2;
    private static final int MASK = 4;

    private WebSocketWire() {}

    /** When to come back, after which event the connection continues, and perhaps when it will end. */
    static String hello(long reconnectNanos, long after, OptionalLong endsInNanos) {
        return HELLO
                + "\"reconnect_ms\":%d,\"after\":%d".formatted(reconnectNanos / 1_000_000, after)
                + (endsInNanos.isPresent() ? ",\"ends_in_ms\":" + endsInNanos.getAsLong() / 1_000_000 : "")
                + "}";
    }

    static String acknowledgement(long number) {
        return "{\"ack\":" + number + "}";
    }

    /** Including headers, each line counted in characters; the last message is that which ends the connection. */
    static ExchangeSizes sizes(Scenario scenario) {
        double request = ("GET " + PATH + "?stream=&" + AFTER + "=0 HTTP/1.1\r\n").length()
                + SurfaceBytes.streamName(scenario)
                + "Upgrade: websocket\r\n".length()
                + ("Sec-WebSocket-Key: " + "k".repeat(24) + "\r\n").length()
                + "Sec-WebSocket-Version: 13\r\n".length()
                + SurfaceBytes.requestFrame()
                - "Connection: Keep-Alive\r\n".length()
                + "Connection: Upgrade\r\n".length();
        double head = "HTTP/1.1 101 Switching Protocols\r\n".length()
                + "Upgrade: WebSocket\r\n".length()
                + ("Sec-WebSocket-Accept: " + "a".repeat(28) + "\r\n").length()
                + ("Sec-WebSocket-Location: ws://127.0.0.1:50000" + PATH + "\r\n").length()
                + SurfaceBytes.replyFrame()
                - "Connection: keep-alive\r\n".length()
                + "Connection: Upgrade\r\n".length();
        Scenario.Wire wire = scenario.wire();
        double hello = message(hello(StreamOptions.RECONNECT.in(scenario), 0, StreamOptions.announcedNanos(scenario))
                .length());
        double answer = TlsBytes.message(wire, head)
                + TlsBytes.message(wire, hello)
                + TlsBytes.message(wire, message(CLOSE_CODE));
        double whole = TlsBytes.message(wire, request) + TlsBytes.message(wire, message(CLOSE_CODE) + MASK);
        boolean acknowledges = WebSocketOptions.ACK.in(scenario) == WebSocketOptions.Ack.EACH;
        double acknowledgement = message(acknowledgement(0).length() - 1 + SurfaceBytes.cursorDigits(scenario)) + MASK;
        Frames frames = new Frames(
                TlsBytes.message(wire, message(0)),
                TlsBytes.message(wire, message(0) + MASK),
                acknowledges ? TlsBytes.message(wire, acknowledgement) : 0);
        return new ExchangeSizes(
                List.of(SOCKET),
                whole,
                answer,
                answer,
                TlsBytes.message(wire, message(SurfaceBytes.event(scenario))),
                frames,
                TlsBytes.ofPolls(wire));
    }

    /** A message with its frame's head: 2, 4 or 10 bytes by its length. */
    private static double message(double bytes) {
        return bytes + (bytes < 126 ? 2 : bytes < 65_536 ? 4 : 10);
    }
}
