package dev.pushpull.delivery.sse;

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
import java.util.Set;

/** What goes over the wire, as both sides see it. */
final class SseWire {
    /** A request whose answer goes on. */
    static final Kind STREAM = new Kind("event stream", "event streams", Begins.CONSUMER, Set.of(Trait.LASTS));

    static final String PATH = "/events";
    static final String TYPE = "text/event-stream";
    static final String LAST_EVENT_ID = "Last-Event-ID";

    /** A comment: it has no meaning, but something has passed. */
    static final String HEARTBEAT = ":\n\n";

    private static final String LAST_CHUNK = "0\r\n\r\n";

    private SseWire() {}

    /**
     * The block with which a stream begins: when to come back, and after which event it continues. It has no data, so
     * it is no event, but it moves the client's last event id.
     */
    static String opening(long reconnectNanos, long after) {
        return "retry: %d\nid: %d\n\n".formatted(reconnectNanos / 1_000_000, after);
    }

    /** Including headers, each line counted in characters; a block is a chunk of the answer. */
    static ExchangeSizes sizes(Scenario scenario) {
        double request = ("GET " + PATH + "?stream= HTTP/1.1\r\n").length()
                + SurfaceBytes.streamName(scenario)
                + ("Accept: " + TYPE + "\r\n").length()
                + (LAST_EVENT_ID + ": 0\r\n").length()
                + SurfaceBytes.requestFrame();
        double head = "HTTP/1.1 200 OK\r\n".length()
                + ("Content-Type: " + TYPE + "\r\n").length()
                + "Cache-Control: no-cache\r\n".length()
                + "Transfer-Encoding: chunked\r\n".length()
                + SurfaceBytes.replyFrame()
                - "Connection: keep-alive\r\n".length()
                + "Connection: close\r\n".length();
        double opening = opening(StreamOptions.RECONNECT.in(scenario), 0).length();
        double event = "id: \nevent: \ndata: \n\n".length()
                + SurfaceBytes.cursorDigits(scenario)
                + scenario.events().type().length()
                + SurfaceBytes.event(scenario);
        double whole = TlsBytes.message(scenario.wire(), head + chunk(opening)) + LAST_CHUNK.length();
        return new ExchangeSizes(
                List.of(STREAM),
                TlsBytes.message(scenario.wire(), request),
                whole,
                whole,
                TlsBytes.message(scenario.wire(), chunk(event)),
                new Frames(TlsBytes.message(scenario.wire(), chunk(HEARTBEAT.length())), 0, 0),
                TlsBytes.ofPolls(scenario.wire()));
    }

    private static double chunk(double bytes) {
        return Integer.toHexString((int) bytes).length() + "\r\n\r\n".length() + bytes;
    }
}
