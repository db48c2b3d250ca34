package dev.pushpull.trace;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads single times in any form that is a moment by itself: RFC 3339 and its relatives, HTTP and mail dates, and numbers
 * whose size tells their unit. A time without a zone is UTC. What could be two moments, a date without a time of day, and
 * what names no year is no time. Used by one thread.
 */
public final class OneTime {
    private static final int LONGEST = 100;

    private final Forms forms = new Forms(TraceSettings.NONE, Instant.EPOCH);

    /** That of the last time comes first: a list's items have one form. */
    private TraceForm likeliest = TraceForm.ISO;

    /** Nanoseconds since 1970, or empty when the text is no such time. */
    public OptionalLong epochNanos(String text) {
        String stripped = text.strip();
        if (stripped.isEmpty() || stripped.length() > LONGEST) {
            return OptionalLong.empty();
        }
        for (TraceForm kind : List.of(likeliest, TraceForm.ISO, TraceForm.NUMBER, TraceForm.MONTH)) {
            OptionalLong nanos = read(kind, stripped);
            if (nanos.isPresent()) {
                likeliest = kind;
                return nanos;
            }
        }
        return OptionalLong.empty();
    }

    private OptionalLong read(TraceForm kind, String text) {
        TimeForm form = forms.made(kind, false);
        Scan scan = new Scan().on(text);
        if (!form.read(scan) || !scan.isAtEnd() || scan.dateOnly) {
            return OptionalLong.empty();
        }
        long[] moment = {scan.nanos};
        try {
            form.settle(moment, 1);
        } catch (TraceDoubt e) {
            return OptionalLong.empty();
        }
        boolean placeholder = kind == TraceForm.NUMBER && moment[0] < 0;
        return placeholder ? OptionalLong.empty() : OptionalLong.of(moment[0]);
    }
}
