package dev.pushpull.scenario;

/**
 * One second of a mode's run. Events stand in the second of their intended time, polls in that of their tick, webhook
 * attempts in that they were due, deliveries in that of their arrival, bytes with their request; so the columns add up
 * to those of {@code summary.csv}.
 *
 * @param second 0 for the first
 */
public record TimelineSecond(
        long second,
        long events,
        long deliveries,
        long requests,
        long emptyRequests,
        long bytesToProvider,
        long bytesToConsumer) {
    /** The same so many seconds later. */
    TimelineSecond later(long seconds) {
        return new TimelineSecond(
                second + seconds, events, deliveries, requests, emptyRequests, bytesToProvider, bytesToConsumer);
    }
}
