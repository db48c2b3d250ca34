package dev.pushpull.event;

import java.util.List;

/**
 * One answer to a poll, as the consumer reads it.
 *
 * @param nextCursor where to continue
 * @param hasMore whether more can be fetched at once
 */
public record EventPage(List<Event> events, String nextCursor, boolean hasMore) {}
