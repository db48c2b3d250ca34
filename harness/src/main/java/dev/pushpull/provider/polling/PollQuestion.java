package dev.pushpull.provider.polling;

import dev.pushpull.event.EventLog;
import dev.pushpull.event.EventLog.Slice;
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
     * @param hasMore whether there are more behind them
     * @param unchanged whether the client holds everything there is, and has said so
     */
    record Found(Slice slice, boolean hasMore, boolean unchanged) implements Answer {
        String etag() {
            return "\"" + slice.head() + "\"";
        }
    }

    Answer answer(EventLog log) {
        long from = after == null ? 0 : WholeNumber.in(after, MOST_DIGITS);
        long most = limit == null ? DEFAULT_LIMIT : WholeNumber.in(limit, MOST_DIGITS);
        if (most < 1 || most > MOST_LIMIT) {
            return new Refusal("limit", limit, "a whole number from 1 to " + MOST_LIMIT);
        }
        Slice slice = from < 0 ? null : log.read(stream, from, (int) most, MOST_PAGE_BYTES);
        if (slice == null || from > slice.head()) {
            return new Refusal("after", after, "the next_cursor of an earlier answer for the same stream");
        }
        boolean hasMore = slice.end() < slice.head();
        // a matching ETag says "I hold the head": true for a client at the head, or one that repeats its first question
        boolean atTheHead = !hasMore && (after == null || slice.events().isEmpty());
        return new Found(slice, hasMore, atTheHead && holds("\"" + slice.head() + "\""));
    }

    private boolean holds(String etag) {
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
