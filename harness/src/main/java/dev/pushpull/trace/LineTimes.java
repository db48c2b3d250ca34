package dev.pushpull.trace;

import dev.pushpull.scenario.InvalidInputException;
import java.io.IOException;
import java.io.Reader;

/**
 * A time on each line: alone, or at the same place among other words, as logs have it.
 *
 * @param source the file's name, for messages
 * @param where where on a line
 * @param kind the form of the times
 * @param header the name in the first line, which is no time; empty without one
 */
record LineTimes(Forms forms, String source, LinePlace where, TraceForm kind, String header) implements Layout {
    @Override
    public TraceTimes read(Reader text) throws IOException {
        TimesTaken times = new TimesTaken(forms, forms.made(kind, false), source);
        Lines lines = new Lines(text);
        Scan scan = new Scan();
        boolean headerIsDue = !header.isEmpty();
        while (lines.next(scan)) {
            boolean isIndented = Scan.isBlank(scan.peek());
            scan.strip();
            if (isRemark(scan) || isIndented && where instanceof LinePlace.Labelled) { // git indents its messages
                continue;
            }
            if (headerIsDue) {
                headerIsDue = false;
                continue;
            }
            if (where instanceof LinePlace.Whole) {
                whole(times, lines, scan);
            } else if (where.read(scan, times.form())) {
                times.take(scan);
            } else {
                passBy(times, lines, scan);
            }
        }
        return times.finish(header.isEmpty() ? where.words(kind) : "column " + TimesTaken.shown(header));
    }

    private void whole(TimesTaken times, Lines lines, Scan scan) {
        if (lines.isCut()) {
            throw new InvalidInputException("%s line %d has more than %d characters; accepted: one time a line"
                    .formatted(source, lines.number(), Lines.MOST_CHARACTERS));
        }
        if (scan.end - scan.at > 1 && scan.peek() == '"' && scan.text[scan.end - 1] == '"') {
            scan.at++;
            scan.end--;
        }
        if (!times.takesWhole(scan)) {
            times.refuse(scan.rest(), "line " + lines.number());
        }
    }

    /** A line without a time is usual in a log; one with a time of another form is not. */
    private void passBy(TimesTaken times, Lines lines, Scan scan) {
        if (where instanceof LinePlace.Labelled label) {
            if (label.isHere(scan)) {
                times.refuse(scan.rest(), "line " + lines.number());
            }
            return; // most lines of a git log have none
        }
        int from = scan.at;
        for (TraceForm other : TraceForm.values()) {
            scan.at = from;
            if (other != kind
                    && forms.settings().form().isEmpty()
                    && where.read(scan, forms.made(other, false))
                    && (other != TraceForm.NUMBER || EpochNumbers.isPlausible(scan.nanos))) {
                throw new InvalidInputException(
                        "%s line %d has %s, where the lines before it have %s; --trace-form says which to take: %s or %s"
                                .formatted(
                                        source,
                                        lines.number(),
                                        other.words(),
                                        kind.words(),
                                        kind.typed(),
                                        other.typed()));
            }
        }
        times.hasNone();
    }

    /** Whether a line is blank or a comment; journalctl puts its own remarks after two hyphens. */
    static boolean isRemark(Scan scan) {
        return scan.isAtEnd()
                || scan.peek() == '#'
                || scan.peek() == '-' && scan.peek(1) == '-' && (scan.peek(2) == ' ' || scan.end - scan.at == 2);
    }
}
