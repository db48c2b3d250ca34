package dev.pushpull.load;

import java.nio.charset.StandardCharsets;

/** The answer to a held poll, of which only what a driver needs is read. */
public final class HeldEvents {
    private static final String INTENDED = "\"intended_nanos\":";

    private static final String OCCURRED = "\"occurred_nanos\":";
    private static final String CURSOR = "\"next_cursor\":\"";

    private final String text;

    /** What the data of an event must begin with. */
    public static String stamps(long intendedNanos, long occurredNanos) {
        return INTENDED + intendedNanos + "," + OCCURRED + occurredNanos;
    }

    /** Told of an event. */
    interface Occurrence {
        void at(long intendedNanos, long occurredNanos);
    }

    HeldEvents(byte[] body) {
        this.text = new String(body, StandardCharsets.ISO_8859_1);
    }

    /** Where the next poll goes on; {@code before} when the answer does not say. */
    String cursor(String before) {
        int start = text.lastIndexOf(CURSOR);
        return start < 0 ? before : text.substring(start + CURSOR.length(), text.indexOf('"', start + CURSOR.length()));
    }

    /** Tells for each event when it was to occur and when it did; how many there are. */
    int events(Occurrence event) {
        int count = 0;
        for (int at = text.indexOf(INTENDED); at >= 0; at = text.indexOf(INTENDED, at + 1)) {
            int occurred = text.indexOf(OCCURRED, at);
            event.at(number(at + INTENDED.length()), number(occurred + OCCURRED.length()));
            count++;
        }
        return count;
    }

    private long number(int start) {
        int end = start;
        while (end < text.length() && (Character.isDigit(text.charAt(end)) || text.charAt(end) == '-')) {
            end++;
        }
        return Long.parseLong(text, start, end, 10);
    }
}
