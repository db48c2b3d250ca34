package dev.pushpull.trace;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.TerminalText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The times of one file as they are read: eight bytes each, and a few counts. */
final class TimesTaken {
    private static final int SHOWN_CHARACTERS = 40;

    private final Forms forms;
    private final TimeForm form;
    private final String source;
    private final List<String> notes = new ArrayList<>();
    private long[] moments = new long[1024];
    private int count;
    private long dates;
    private long utc;
    private long offsets;
    private long leftOut;
    private long without;

    /** @param source the file's name, for messages */
    TimesTaken(Forms forms, TimeForm form, String source) {
        this.forms = forms;
        this.form = form;
        this.source = source;
    }

    TimeForm form() {
        return form;
    }

    int count() {
        return count;
    }

    /** Takes the moment that the form has just read. */
    void take(Scan scan) {
        if (count == moments.length) {
            moments = Arrays.copyOf(moments, count + (count >> 1));
        }
        moments[count++] = scan.nanos;
        if (scan.dateOnly) {
            dates++;
        }
        if (scan.zoned) {
            if (scan.offsetSeconds == 0) {
                utc++;
            } else {
                offsets++;
            }
        }
    }

    /**
     * Takes a text that is a time and nothing else.
     *
     * @return whether it was; otherwise the scan is on the text again
     */
    boolean takesWhole(Scan scan) {
        scan.strip();
        int from = scan.at;
        if (form.read(scan) && scan.isAtEnd()) {
            take(scan);
            return true;
        }
        scan.at = from;
        return false;
    }

    /** A line or a record without a time, as logs have them. */
    void hasNone() {
        without++;
    }

    /**
     * A text that is no time of the form: it is left out when a flag names the form.
     *
     * @param place such as {@code line 3}
     */
    void refuse(String text, String place) {
        if (forms.settings().form().isPresent()) {
            leftOut++;
            return;
        }
        throw new InvalidInputException("%s %s: %s".formatted(source, place, reason(text)));
    }

    private String reason(String text) {
        String shown = shown(text);
        return forms.other(form.kind(), text)
                .map(other -> "'%s' is %s, where the times before it are %s; --trace-form says which to take: %s or %s"
                        .formatted(
                                shown,
                                other.words(),
                                form.kind().words(),
                                form.kind().typed(),
                                other.typed()))
                .orElseGet(() -> form.kind() == TraceForm.NUMBER && EpochNumbers.isNumber(text)
                        ? "'%s' does not go with %s; --trace-unit says the unit".formatted(shown, form.unit())
                        : "'%s' is no time; accepted: %s".formatted(shown, accepted()));
    }

    static String accepted() {
        return "epoch seconds or finer, ISO-8601, RFC 2822, and what logs and git write";
    }

    static String shown(String text) {
        return TerminalText.value(
                text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...");
    }

    /**
     * The times in order, with what was decided.
     *
     * @param place where they stood, such as {@code column created_at}
     */
    TraceTimes finish(String place) {
        if (count == 0) {
            throw new InvalidInputException("%s holds no event times".formatted(source));
        }
        String settled = form.settle(moments, count);
        if (!settled.isEmpty()) {
            notes.add(settled);
        }
        long[] times = Arrays.copyOf(moments, count);
        moments = new long[0];
        String order = order(times);
        if (times[count - 1] - times[0] < 0) {
            throw new InvalidInputException("%s spans more than 292 years".formatted(source));
        }
        List<String> parts = new ArrayList<>();
        parts.add(place);
        parts.add(String.format(Locale.ROOT, "%,d %s", count, count == 1 ? "time" : "times"));
        parts.add(zone());
        parts.addAll(notes);
        if (!order.isEmpty()) {
            parts.add(order);
        }
        if (without > 0) {
            parts.add(String.format(Locale.ROOT, "%,d without a time", without));
        }
        if (leftOut > 0) {
            parts.add(String.format(Locale.ROOT, "%,d of another form left out", leftOut));
        }
        return new TraceTimes(times, String.join(", ", parts), warnings());
    }

    private String zone() {
        if (!form.unit().isEmpty()) {
            return form.unit();
        }
        boolean given = forms.settings().zone().isPresent();
        long unzoned = count - utc - offsets;
        if (unzoned > 0 && unzoned < count && !given) {
            throw new InvalidInputException(
                    "%s: %,d of %,d times name no zone, the others do; --trace-zone says which zone those have"
                            .formatted(source, unzoned, count));
        }
        String taken = given ? forms.settings().zone().orElseThrow().getId() : "UTC";
        return unzoned == count ? given ? taken : "no zone, taken as UTC" : offsets == 0 ? "UTC" : "with their zones";
    }

    private List<String> warnings() {
        return dates == 0
                ? List.of()
                : List.of("%s of the trace's times %s a date without a time of day, taken as its midnight"
                        .formatted(
                                dates == count ? "all" : String.format(Locale.ROOT, "%,d", dates),
                                dates == 1 ? "is" : "are"));
    }

    /** Sorts the times, and tells how they came. */
    private static String order(long[] times) {
        long most = times[0];
        long late = 0;
        long descents = 0;
        for (int i = 1; i < times.length; i++) {
            if (times[i] < most) {
                late++;
            } else {
                most = times[i];
            }
            if (times[i] <= times[i - 1]) {
                descents++;
            }
        }
        if (late == 0) {
            return "";
        }
        Arrays.sort(times);
        return descents == times.length - 1 ? "newest first" : String.format(Locale.ROOT, "out of order %,d", late);
    }
}
