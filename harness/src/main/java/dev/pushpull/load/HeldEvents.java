package dev.pushpull.load;

import java.nio.charset.StandardCharsets;

/** Reads from the answer to a held poll only what a driver needs. */
public final class HeldEvents {
    private static final String INTENDED = "\"intended_nanos\":";

    private static final String OCCURRED = "\"occurred_nanos\":";
    private static final String CURSOR = "\"next_cursor\":\"";

    private final String text;

    /** The start of an event's data. */
    public static String stamps(long intendedNanos, long occurredNanos) {
        return INTENDED + intendedNanos + "," + OCCURRED + occurredNanos;
    }

    /** Called for each event. */
    interface Occurrence {
        void at(long intendedNanos, long occurredNanos);
    }

    HeldEvents(byte[] body) {
        this.text = new String(body, StandardCharsets.ISO_8859_1);
    }

    /** Where the next poll continues; {@code before} when the answer does not say. */
    String cursor(String before) {
        int start = text.lastIndexOf(CURSOR);
        return start < 0 ? before : text.substring(start + CURSOR.length(), text.indexOf('"', start + CURSOR.length()));
    }

    /** Reports for each event when it should have occurred and when it did; returns how many there are. */
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
