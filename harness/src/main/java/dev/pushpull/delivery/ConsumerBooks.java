package dev.pushpull.delivery;

import dev.pushpull.http.WireTotals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
 * @param failures of the database of what they received, a line each
 */
public record ConsumerBooks(
        WireTotals asked,
        WireTotals taken,
        long eventsRead,
        long acknowledged,
        Map<String, Long> refused,
        Map<String, Integer> endpoints,
        Map<String, Long> setup,
        List<String> failures) {
    /** The books of consumers that work in two ways at once. */
    public ConsumerBooks plus(ConsumerBooks other) {
        Map<String, Integer> bothEndpoints = new HashMap<>(endpoints);
        bothEndpoints.putAll(other.endpoints);
        return new ConsumerBooks(
                asked.plus(other.asked),
                taken.plus(other.taken),
                eventsRead + other.eventsRead,
                acknowledged + other.acknowledged,
                sum(refused, other.refused),
                bothEndpoints,
                sum(setup, other.setup),
                Stream.concat(failures.stream(), other.failures.stream()).toList());
    }

    private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        Map<String, Long> sum = new HashMap<>(one);
        other.forEach((name, count) -> sum.merge(name, count, Long::sum));
        return sum;
    }
}
