package dev.pushpull.delivery;

import dev.pushpull.http.WireTotals;
import dev.pushpull.scenario.MissReason;
import dev.pushpull.surface.Counter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the consumers counted, for the audit.
 *
 * @param asked counted by their client
 * @param taken counted at their listening socket
 * @param counters of everything that the provider counts as well
 * @param endpoints consumer by callback URL; empty where there are none
 * @param setup the effort to set up, by name
 * @param warnings for the reader, a sentence each
 * @param failures of the database that stores what they received, a line each
 * @param givenUp what consumers will never ask for again, whether they hold it or not
 */
public record ConsumerBooks(
        WireTotals asked,
        WireTotals taken,
        List<Counter> counters,
        Map<String, Integer> endpoints,
        Map<String, Long> setup,
        List<String> warnings,
        List<String> failures,
        List<GivenUp> givenUp) {
    /**
     * Events that a consumer will never ask for again.
     *
     * @param after the sequence of the last event before them
     * @param upTo the sequence of the last of them
     * @param reason why it misses those of them that it does not hold
     */
    public record GivenUp(int consumer, long after, long upTo, MissReason reason) {}

    /** Of consumers that ask for whatever they lack. */
    public ConsumerBooks(
            WireTotals asked,
            WireTotals taken,
            List<Counter> counters,
            Map<String, Integer> endpoints,
            Map<String, Long> setup,
            List<String> warnings,
            List<String> failures) {
        this(asked, taken, counters, endpoints, setup, warnings, failures, List.of());
    }

    /**
     * The effort to set up consumers, by the names that reports show.
     *
     * @param listening sockets at the consumer that others must be able to reach
     * @param inbound connections made to them
     * @param requests to the provider, before the first event
     */
    public static Map<String, Long> setup(long listening, long inbound, long secrets, long requests) {
        return Map.of(
                "listening sockets at the consumer",
                listening,
                "inbound connections at the consumer",
                inbound,
                "secrets",
                secrets,
                "set-up requests",
                requests);
    }

    /** The books of consumers that work in two ways at once. */
    public ConsumerBooks plus(ConsumerBooks other) {
        Map<String, Integer> bothEndpoints = new HashMap<>(endpoints);
        bothEndpoints.putAll(other.endpoints);
        Map<String, Long> bothSetups = new HashMap<>(setup);
        other.setup.forEach((name, count) -> bothSetups.merge(name, count, Long::sum));
        return new ConsumerBooks(
                asked.plus(other.asked),
                taken.plus(other.taken),
                both(counters, other.counters),
                bothEndpoints,
                bothSetups,
                both(warnings, other.warnings),
                both(failures, other.failures),
                both(givenUp, other.givenUp));
    }

    private static <T> List<T> both(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
