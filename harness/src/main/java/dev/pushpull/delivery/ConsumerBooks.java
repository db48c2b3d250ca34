package dev.pushpull.delivery;

import dev.pushpull.measure.WireTotals;
import java.util.Map;

/**
 * What the consumers have counted, for the audit.
 *
 * @param asked by their client
 * @param taken at their listening socket
 * @param eventsRead events in the answers to polls
 * @param acknowledged webhooks answered 2xx
 * @param refused webhooks answered otherwise, by reason
 * @param endpoints consumer by callback URL; empty when there are none
 * @param setup what it took to set up, by name
 */
public record ConsumerBooks(
        WireTotals asked,
        WireTotals taken,
        long eventsRead,
        long acknowledged,
        Map<String, Long> refused,
        Map<String, Integer> endpoints,
        Map<String, Long> setup) {}
