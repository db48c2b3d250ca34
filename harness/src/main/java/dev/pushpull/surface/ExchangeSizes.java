package dev.pushpull.surface;

import dev.pushpull.scenario.Kind;
import java.util.List;

/**
 * What exchanges put on the wire, in bytes with their headers: the one place that virtual time and the closed forms read,
 * and a live run is held against it.
 *
 * @param kinds of exchange that have these sizes
 * @param request what whoever begins sends
 * @param emptyAnswer what comes back when it brings nothing
 * @param fullAnswer what comes back without the events in it
 * @param perEvent an event in an answer
 * @param opening what a new connection costs, the client being whoever begins
 */
public record ExchangeSizes(
        List<Kind> kinds,
        double request,
        double emptyAnswer,
        double fullAnswer,
        double perEvent,
        TlsBytes.Handshake opening) {
    /** Whether the consumer begins them; they differ in nothing but their place in a poll. */
    public boolean toProvider() {
        return kinds.get(0).toProvider();
    }
}
