package dev.pushpull.delivery.linestream;

import dev.pushpull.scenario.Kind;
import dev.pushpull.scenario.Kind.Trait;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.ExchangeSizes;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.surface.TlsBytes;
import java.util.List;
import java.util.Set;

/** What goes over the wire, as both sides see it. */
final class LineStreamWire {
    /** A request with an unending response. */
    static final Kind STREAM = new Kind("stream", "streams", Begins.CONSUMER, Set.of(Trait.LASTS));

    static final String PATH = "/lines";
    static final String TYPE = "application/x-ndjson";

    /** The account of events in streams. */
    static final String EVENTS = "events in streams";

    /** A stream that breaks may lose only the event that is on its way. */
    static final int MOST_UNDER_WAY = 1000;

    private LineStreamWire() {}

    /** Including headers, each line counted in characters; an event is a chunk of the response. */
    static ExchangeSizes sizes(Scenario scenario) {
        double event = SurfaceBytes.event(scenario) + "\n".length();
        double request = ("GET " + PATH + "?stream=&after=0 HTTP/1.1\r\n").length()
                + SurfaceBytes.streamName(scenario)
                + SurfaceBytes.requestFrame();
        double head = "HTTP/1.1 200 OK\r\n".length()
                + ("Content-Type: " + TYPE + "\r\n").length()
                + "Transfer-Encoding: chunked\r\n".length()
                + SurfaceBytes.replyFrame();
        double chunk = Integer.toHexString((int) event).length() + "\r\n\r\n".length();
        return new ExchangeSizes(
                List.of(STREAM),
                TlsBytes.message(scenario.wire(), request),
                TlsBytes.message(scenario.wire(), head),
                TlsBytes.message(scenario.wire(), head),
                TlsBytes.message(scenario.wire(), chunk + event),
                TlsBytes.ofPolls(scenario.wire()));
    }
}
