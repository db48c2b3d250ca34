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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
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

    /** The field that says when a stream will end. */
    static final String ENDS = "ends-in: ";

    private static final String LAST_CHUNK = "0\r\n\r\n";

    private SseWire() {}

    /**
     * The block with which a stream begins: when to come back, after which event it continues, and perhaps in how many
     * milliseconds it will end, in a field that clients ignore unless they know it. It has no data, so it is no event,
     * but it moves the client's last event id.
     */
    static String opening(long reconnectNanos, long after, OptionalLong endsInNanos) {
        return "retry: %d\nid: %d\n".formatted(reconnectNanos / 1_000_000, after)
                + (endsInNanos.isPresent() ? ENDS + endsInNanos.getAsLong() / 1_000_000 + "\n" : "")
                + "\n";
    }

    /** An event. Line ends within its JSON, which are between tokens, and in its type become spaces. */
    static byte[] block(long id, String type, byte[] json) {
        byte[] before = ("id: " + id + "\nevent: " + type.replace('\r', ' ').replace('\n', ' ') + "\ndata: ")
                .getBytes(StandardCharsets.UTF_8);
        byte[] block = Arrays.copyOf(before, before.length + json.length + 2);
        System.arraycopy(json, 0, block, before.length, json.length);
        for (int i = before.length; i < block.length; i++) {
            if (block[i] == '\r' || block[i] == '\n') {
                block[i] = ' ';
            }
        }
        block[block.length - 2] = '\n';
        block[block.length - 1] = '\n';
        return block;
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
        double opening = opening(StreamOptions.RECONNECT.in(scenario), 0, StreamOptions.announcedNanos(scenario))
                .length();
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
