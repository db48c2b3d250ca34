package dev.pushpull.provider;

import dev.pushpull.http.WireTotals;
import dev.pushpull.surface.Counter;
import dev.pushpull.surface.Unfinished;
import java.util.List;
import java.util.Map;

/**
 * What the provider has counted.
 *
 * @param served at its listening socket
 * @param sent by the clients of its surfaces
 * @param counters of what the consumers count as well
 * @param warnings what a reader of the figures should know, a sentence each
 * @param polls GETs for events it received
 * @param eventsServed events in its answers to polls
 * @param acknowledged attempts answered 2xx
 * @param unfinished deliveries that nobody has acknowledged, each with the reason; of those that were given up the
 *     newest, as many as the provider lists
 * @param unacknowledged how many nobody has acknowledged, by reason: those that are not listed too
 * @param heldBack attempts that had to wait for the in-flight limits
 * @param mostWaiting the longest their line was
 * @param resent requests of attempts that were sent twice, see {@link dev.pushpull.http.DirectHttpClient}
 */
public record ProviderBooks(
        WireTotals served,
        WireTotals sent,
        List<Counter> counters,
        List<String> warnings,
        long polls,
        long eventsServed,
        long acknowledged,
        List<Unfinished> unfinished,
        Map<String, Long> unacknowledged,
        long heldBack,
        int mostWaiting,
        long resent) {}
