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
 * @param frames of an exchange that lasts, besides its events
 * @param opening a new connection; its client is the side that begins
 */
public record ExchangeSizes(
        List<Kind> kinds,
        double request,
        double emptyAnswer,
        double fullAnswer,
        double perEvent,
        Frames frames,
        TlsBytes.Handshake opening) {
    /**
     * What passes over an exchange that lasts, besides its events. What is not sent has no bytes.
     *
     * @param heartbeat of the side that answers
     * @param heartbeatAnswer of the side that begins
     * @param eventAnswer of the side that begins
     */
    public record Frames(double heartbeat, double heartbeatAnswer, double eventAnswer) {
        /** Nothing else does. */
        public static final Frames NONE = new Frames(0, 0, 0);

        /** Bytes of a heartbeat, both ways. */
        public double heartbeats() {
            return heartbeat + heartbeatAnswer;
        }
    }

    /** For exchanges without heartbeats. */
    public ExchangeSizes(
            List<Kind> kinds,
            double request,
            double emptyAnswer,
            double fullAnswer,
            double perEvent,
            TlsBytes.Handshake opening) {
        this(kinds, request, emptyAnswer, fullAnswer, perEvent, Frames.NONE, opening);
    }

    /** Whether the consumer begins them; these kinds differ only in their place in a poll. */
    public boolean toProvider() {
        return kinds.get(0).toProvider();
    }
}
