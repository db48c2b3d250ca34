package dev.pushpull.event;

import java.util.List;

/**
 * One answer to a poll, as the consumer reads it.
 *
 * @param nextCursor where to go on
 * @param hasMore whether there is more to fetch at once
 */
public record EventPage(List<Event> events, String nextCursor, boolean hasMore) {}
