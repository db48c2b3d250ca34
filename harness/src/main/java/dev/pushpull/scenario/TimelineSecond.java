package dev.pushpull.scenario;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One second of a mode's run. Events count in the second of their intended time, polls and webhook attempts in the one
 * when they were due, deliveries in that of their arrival, bytes with their request. So the columns add up to those of
 * {@code summary.csv}.
 *
 * @param second 0 for the first
 * @param heldConnections the connections held open at the end of the second, or of the measured time
 */
public record TimelineSecond(
        long second,
        long events,
        long deliveries,
        long requests,
        long emptyRequests,
        long bytesToProvider,
        long bytesToConsumer,
        long heldConnections) {
    /** One of a mode that holds no connections open. */
    public TimelineSecond(
            long second,
            long events,
            long deliveries,
            long requests,
            long emptyRequests,
            long bytesToProvider,
            long bytesToConsumer) {
        this(second, events, deliveries, requests, emptyRequests, bytesToProvider, bytesToConsumer, 0);
    }

    /** Combines, second by second, what two recorders saw of the same time. */
    public static List<TimelineSecond> added(List<TimelineSecond> one, List<TimelineSecond> other) {
        Map<Long, TimelineSecond> bySecond = new TreeMap<>();
        one.forEach(row -> bySecond.put(row.second, row));
        other.forEach(row -> bySecond.merge(row.second, row, TimelineSecond::plus));
        return List.copyOf(bySecond.values());
    }

    private TimelineSecond plus(TimelineSecond other) {
        return new TimelineSecond(
                second,
                events + other.events,
                deliveries + other.deliveries,
                requests + other.requests,
                emptyRequests + other.emptyRequests,
                bytesToProvider + other.bytesToProvider,
                bytesToConsumer + other.bytesToConsumer,
                heldConnections + other.heldConnections);
    }

    /** The same, this many seconds later. */
    TimelineSecond later(long seconds) {
        return new TimelineSecond(
                second + seconds,
                events,
                deliveries,
                requests,
                emptyRequests,
                bytesToProvider,
                bytesToConsumer,
                heldConnections);
    }
}
