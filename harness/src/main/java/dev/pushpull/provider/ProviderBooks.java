package dev.pushpull.provider;

import dev.pushpull.http.WireTotals;
import dev.pushpull.surface.Counter;
import dev.pushpull.surface.Unfinished;
import java.util.List;
import java.util.Map;

/**
 * Everything the provider counted.
 *
 * @param served counted at its listening socket
 * @param sent counted by the clients of its surfaces
 * @param counters of everything that the consumers count as well
 * @param warnings for readers of the figures, a sentence each
 * @param polls GETs for events that it received
 * @param eventsServed events in its answers to polls
 * @param acknowledged attempts answered 2xx
 * @param unfinished deliveries that were not acknowledged, each with the reason; of those given up only the newest, as
 *     many as the provider lists
 * @param unacknowledged number of deliveries not acknowledged, by reason, including those that are not listed
 * @param heldBack attempts that had to wait for the in-flight limits
 * @param mostWaiting the longest their line was
 * @param resent requests of attempts that were sent twice, see {@link dev.pushpull.http.PostClient}
 * @param mostInFlight the most attempts that were under way at once
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
        long resent,
        int mostInFlight) {
    /** Of a provider that sends nothing. */
    public ProviderBooks(
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
            long resent) {
        this(
                served,
                sent,
                counters,
                warnings,
                polls,
                eventsServed,
                acknowledged,
                unfinished,
                unacknowledged,
                heldBack,
                mostWaiting,
                resent,
                0);
    }
}
