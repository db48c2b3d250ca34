package dev.pushpull.measure;

import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Kind;
import dev.pushpull.scenario.Outcome.LatencySecond;
import dev.pushpull.scenario.TimelineSecond;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A snapshot of a recorder. The components have the names and meanings of {@code Outcome} and its counts.
 *
 * @param roundTrips of exchanges that do not last, by the name of their kind
 */
public record Recording(
        long delivered,
        long duplicates,
        long reconfirmed,
        long outOfOrder,
        long negativeLatencies,
        long malformed,
        long skippedPolls,
        ExchangeCounts exchanges,
        Distribution latency,
        Distribution processed,
        Distribution pollLateness,
        Map<String, Distribution> roundTrips,
        List<LatencySecond> latencyBySecond,
        List<TimelineSecond> timeline,
        Batches batches,
        LatencyCourse course) {
    /** Combines what the two sides of one trial recorded. */
    public Recording plus(Recording other) {
        List<LatencySecond> seconds = new ArrayList<>(latencyBySecond);
        seconds.addAll(other.latencyBySecond);
        Map<String, Distribution> both = new LinkedHashMap<>(roundTrips);
        other.roundTrips.forEach((kind, more) -> both.merge(kind, more, Distribution::plus));
        return new Recording(
                delivered + other.delivered,
                duplicates + other.duplicates,
                reconfirmed + other.reconfirmed,
                outOfOrder + other.outOfOrder,
                negativeLatencies + other.negativeLatencies,
                malformed + other.malformed,
                skippedPolls + other.skippedPolls,
                exchanges.plus(other.exchanges),
                latency.plus(other.latency),
                processed.plus(other.processed),
                pollLateness.plus(other.pollLateness),
                both,
                seconds,
                TimelineSecond.added(timeline, other.timeline),
                batches.plus(other.batches),
                course.plus(other.course));
    }

    /** The round trips of all exchanges that do not last. */
    public Distribution roundTrip() {
        return roundTrips.values().stream().reduce(Distribution.empty(), Distribution::plus);
    }

    /** The round trips of one kind of exchange. */
    public Distribution roundTrip(Kind kind) {
        return roundTrips.getOrDefault(kind.name(), Distribution.empty());
    }
}
