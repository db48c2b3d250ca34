package dev.pushpull.provider.polling;

import dev.pushpull.event.EventLog;
import dev.pushpull.event.EventLog.Slice;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.http.WholeNumber;
import java.util.List;

/**
 * What a poll asks for, taken from its request, without HTTP.
 *
 * @param stream null for all streams
 * @param after the cursor; null for the oldest event that is kept
 * @param limit most events in the answer; null for the default
 * @param ifNoneMatch lines of entity tags that the client holds
 */
record PollQuestion(String stream, String after, String limit, List<String> ifNoneMatch) {
    static final int MOST_LIMIT = 1000;

    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST_DIGITS = 18;

    /** The most bytes of a page; beyond it the page ends and says that there are more events. */
    private static final long MOST_PAGE_BYTES = 4 << 20;

    /** The answer to a poll. */
    sealed interface Answer {}

    /** It cannot be answered: a parameter has an invalid value. */
    record Refusal(String parameter, String value, String accepted) implements Answer {}

    /**
     * The events found, or none.
     *
     * @param slice as the reader may see it
     * @param newest the newest sequence in the log, which the reader may not see yet
     * @param hasMore whether there are more behind them
     * @param unchanged whether the client holds everything there is, and has said so
     */
    record Found(Slice slice, long newest, boolean hasMore, boolean unchanged) implements Answer {
        String etag() {
            return PollQuestion.etag(slice.head());
        }
    }

    private static String etag(long head) {
        return "\"" + head + "\"";
    }

    Answer answer(EventLog log) {
        return answer(log, Long.MAX_VALUE);
    }

    /** @param untilEpochNanos events that occurred later cannot be found yet */
    Answer answer(EventLog log, long untilEpochNanos) {
        long from = after == null ? 0 : WholeNumber.in(after, MOST_DIGITS);
        long most = limit == null ? DEFAULT_LIMIT : WholeNumber.in(limit, MOST_DIGITS);
        if (most < 1 || most > MOST_LIMIT) {
            return new Refusal("limit", limit, "a whole number from 1 to " + MOST_LIMIT);
        }
        Slice all = from < 0 ? null : log.read(stream, from, (int) most, MOST_PAGE_BYTES);
        if (all == null || from > all.head()) {
            return new Refusal("after", after, "the next_cursor of an earlier answer for the same stream");
        }
        Slice slice = untilEpochNanos == Long.MAX_VALUE ? all : visible(log, all, untilEpochNanos);
        boolean hasMore = slice.end() < slice.head();
        // a matching ETag says "I hold the head": true for a client at the head, or one that repeats its first question
        boolean atTheHead = !hasMore && (after == null || slice.events().isEmpty());
        return new Found(slice, all.head(), hasMore, atTheHead && holds(slice.head()));
    }

    /** Its beginning, up to the first event that cannot be found yet: for the reader the log ends there. */
    private Slice visible(EventLog log, Slice all, long untilEpochNanos) {
        List<StoredEvent> events = all.events();
        int seen = 0;
        while (seen < events.size() && events.get(seen).event().occurredAtEpochNanos() <= untilEpochNanos) {
            seen++;
        }
        long end = all.end() - (events.size() - seen);
        boolean more = seen == events.size()
                && log.read(stream, end, 1).events().stream()
                        .anyMatch(next -> next.event().occurredAtEpochNanos() <= untilEpochNanos);
        return new Slice(events.subList(0, seen), more ? all.head() : end, end);
    }

    private boolean holds(long head) {
        if (ifNoneMatch.isEmpty()) {
            return false;
        }
        String etag = etag(head);
        for (String line : ifNoneMatch) {
            for (String candidate : line.split(",")) {
                String tag = candidate.strip();
                if (tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag)) {
                    return true;
                }
            }
        }
        return false;
    }
}
