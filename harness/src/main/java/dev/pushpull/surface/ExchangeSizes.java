package dev.pushpull.surface;

import dev.pushpull.scenario.Kind;
import java.util.List;

/**
 * What exchanges put on the wire, in bytes including headers. Virtual time and the closed forms read only this, and a
 * live run is compared with it.
 *
 * @param kinds of exchange with these sizes
 * @param request sent by the side that begins
 * @param emptyAnswer returned when the exchange brings nothing
 * @param fullAnswer returned, without the events in it
 * @param perEvent for each event, from the provider to the consumer: in the answer, or in the request
 * @param perHeartbeat for each heartbeat in the answer of an exchange that lasts
 * @param opening a new connection; its client is the side that begins
 */
public record ExchangeSizes(
        List<Kind> kinds,
        double request,
        double emptyAnswer,
        double fullAnswer,
        double perEvent,
        double perHeartbeat,
        TlsBytes.Handshake opening) {
    /** For exchanges without heartbeats. */
    public ExchangeSizes(
            List<Kind> kinds,
            double request,
            double emptyAnswer,
            double fullAnswer,
            double perEvent,
            TlsBytes.Handshake opening) {
        this(kinds, request, emptyAnswer, fullAnswer, perEvent, 0, opening);
    }

    /** Whether the consumer begins them; these kinds differ only in their place in a poll. */
    public boolean toProvider() {
        return kinds.get(0).toProvider();
    }
}
