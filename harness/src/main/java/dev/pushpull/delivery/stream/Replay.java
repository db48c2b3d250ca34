package dev.pushpull.delivery.stream;

import dev.pushpull.event.EventLog;
import dev.pushpull.event.EventLog.Slice;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;

/**
 * What a provider replays to a consumer that returns: of the events that it missed, the newest, and of those the ones
 * that are not too old.
 *
 * @param most at most this many
 * @param withinNanos that occurred at most so long ago
 */
public record Replay(int most, long withinNanos) {
    /** Everything that the provider still keeps. */
    public static final Replay ALL = new Replay(Integer.MAX_VALUE, Long.MAX_VALUE);

    /** Nothing. */
    public static final Replay NONE = new Replay(0, Long.MAX_VALUE);

    private static final int A_PAGE = 100;

    /** Reads {@code all}, {@code none}, a number of events or a duration. */
    static Replay read(String flag, String text) {
        String stripped = text.strip();
        if (stripped.equals("all")) {
            return ALL;
        }
        if (stripped.equals("none")) {
            return NONE;
        }
        try {
            return !stripped.isEmpty() && stripped.chars().allMatch(Character::isDigit)
                    ? new Replay(Quantity.count(flag, stripped, 1, Integer.MAX_VALUE), Long.MAX_VALUE)
                    : new Replay(Integer.MAX_VALUE, Quantity.durationNanos(flag, stripped));
        } catch (InvalidInputException e) {
            throw Quantity.wrong(
                    flag, text, "all, none, a number of events above 0 such as 200, or a duration such as 2m");
        }
    }

    /** Whether only the newest are replayed, however old they are. */
    boolean isByAge() {
        return withinNanos < Long.MAX_VALUE;
    }

    /**
     * Where a consumer continues: it gets the events after this one.
     *
     * @param stream its name, or null for all streams together
     * @param after the newest event that the consumer holds: its sequence in the stream, or its position among all
     * @param nowEpochNanos on the clock of the events
     */
    public long continuesAfter(EventLog log, String stream, long after, long nowEpochNanos) {
        long head = log.read(stream, after, 1).head();
        long from = Math.max(after, head - most);
        while (isByAge() && from < head) {
            Slice page = log.read(stream, from, A_PAGE);
            for (StoredEvent event : page.events()) {
                if (nowEpochNanos - event.event().occurredAtEpochNanos() <= withinNanos) {
                    return from;
                }
                from = stream == null ? event.position() : event.event().sequence();
            }
            from = Math.max(from, page.end());
        }
        return from;
    }
}
