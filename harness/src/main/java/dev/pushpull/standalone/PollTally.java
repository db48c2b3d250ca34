package dev.pushpull.standalone;

import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.measure.LatencyHistogram;
import dev.pushpull.scenario.Distribution;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What pollers counted, in a form that adds up: histograms are merged, percentiles never.
 *
 * @param pollers how many
 * @param seconds the longest that one of them polled
 * @param counts by column
 * @param roundTrips from the first request of a poll to its last answer, of polls that could be read
 * @param lateness from the time that an item tells to its reading, of items that came after the first poll
 */
public record PollTally(
        int pollers, double seconds, Map<String, Long> counts, Distribution roundTrips, Distribution lateness) {
    private static final String EMPTY_POLLS = "empty_requests";
    private static final String BROKEN_OFF = "broken_off";
    private static final List<String> COUNTED = List.of(
            "delivered",
            "backlog",
            "polls",
            "requests",
            EMPTY_POLLS,
            "not_modified",
            "rate_limited",
            "failed",
            BROKEN_OFF,
            "bytes_to_provider",
            "bytes_to_consumer",
            "connections_opened");

    /** Of no poller. */
    public static final PollTally NONE = new PollTally(0, 0, Map.of(), Distribution.empty(), Distribution.empty());

    /** Of one that is over. */
    static PollTally of(EndpointPolling polling, Distribution roundTrips, Distribution lateness) {
        Map<String, Object> figures = polling.figures();
        Map<String, Long> counts = new LinkedHashMap<>();
        COUNTED.forEach(name -> counts.put(name, ((Number) figures.get(name)).longValue()));
        return new PollTally(1, (double) figures.get("duration_s"), counts, roundTrips, lateness);
    }

    /** Both together. */
    public PollTally plus(PollTally other) {
        Map<String, Long> sums = new LinkedHashMap<>();
        COUNTED.forEach(name -> sums.put(name, count(name) + other.count(name)));
        return new PollTally(
                pollers + other.pollers,
                Math.max(seconds, other.seconds),
                sums,
                roundTrips.plus(other.roundTrips),
                lateness.plus(other.lateness));
    }

    private long count(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /** By column; null where there is nothing to tell. */
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("pollers", pollers);
        figures.put("duration_s", seconds);
        COUNTED.forEach(name -> figures.put(name, count(name)));
        long ended = count("polls") - count(BROKEN_OFF);
        figures.put("wasted_ratio", ended == 0 ? null : (double) count(EMPTY_POLLS) / ended);
        figures.put(
                "requests_per_delivery",
                count("delivered") == 0 ? null : (double) count("requests") / count("delivered"));
        put(figures, "round_trip", roundTrips);
        put(figures, "latency", lateness);
        return figures;
    }

    private static void put(Map<String, Object> figures, String what, Distribution times) {
        figures.put(what + "_mean_ms", orNull(times.meanMillis()));
        figures.put(what + "_p50_ms", orNull(times.quantileMillis(0.5)));
        figures.put(what + "_p99_ms", orNull(times.quantileMillis(0.99)));
        figures.put(what + "_max_ms", orNull(times.maxMillis()));
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    /** Times what one poller does. */
    static final class Watch implements ItemListener {
        private final LatencyHistogram roundTrips = new LatencyHistogram();
        private final LatencyHistogram lateness = new LatencyHistogram();
        private boolean backlogKnown;

        @Override
        public void saw(Sighting sighting) {
            if (backlogKnown
                    && !sighting.repeated()
                    && sighting.sourceEpochNanos().isPresent()) {
                long epochNanos =
                        sighting.atNanos() + HostClocks.now(NanoClock.SYSTEM).offsetNanos();
                long lateNanos = epochNanos - sighting.sourceEpochNanos().getAsLong();
                if (lateNanos >= 0) {
                    lateness.record(lateNanos);
                }
            }
        }

        @Override
        public void polled(long number, long startedNanos, long endedNanos, PollEnding ending, boolean whole) {
            if (ending.read()) {
                backlogKnown = true;
                roundTrips.record(endedNanos - startedNanos);
            }
        }

        PollTally of(EndpointPolling polling) {
            return PollTally.of(polling, roundTrips.distribution(), lateness.distribution());
        }
    }
}
