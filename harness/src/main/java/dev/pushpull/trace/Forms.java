package dev.pushpull.trace;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the forms of time, each new for one reading, because some learn from what they have read. */
final class Forms {
    /** A number may also be a date of eight or fourteen digits, which then is likelier. */
    private static final List<TraceForm> ORDER = List.of(
            TraceForm.ISO, TraceForm.DATE, TraceForm.NUMBER, TraceForm.MONTH, TraceForm.SYSLOG, TraceForm.NUMERIC);

    private final TraceSettings settings;
    private final Instant asOf;

    /** @param asOf when the file was written, as far as is known */
    Forms(TraceSettings settings, Instant asOf) {
        this.settings = settings;
        this.asOf = asOf;
    }

    TraceSettings settings() {
        return settings;
    }

    TimeForm made(TraceForm kind, boolean takesCommas) {
        Calendar calendar = new Calendar(settings.zone());
        return switch (kind) {
            case NUMBER -> new EpochNumbers(settings.unit(), takesCommas);
            case ISO -> new IsoTimes(calendar, false);
            case DATE -> new IsoTimes(calendar, true);
            case MONTH -> new NamedMonths(calendar, false, settings.year(), asOf);
            case SYSLOG -> new NamedMonths(calendar, true, settings.year(), asOf);
            case NUMERIC -> new DayAndMonth(calendar, settings.dateOrder());
        };
    }

    /** The forms that come into question, the likeliest first. */
    List<TraceForm> candidates() {
        // with a unit, numbers are what was meant
        return settings.form()
                .or(() -> settings.unit().map(unit -> TraceForm.NUMBER))
                .map(List::of)
                .orElse(ORDER);
    }

    /** The form in which all these texts, and at least one, are times and nothing else. */
    Optional<TraceForm> ofWhole(List<String> texts, boolean takesCommas) {
        return candidates().stream()
                .filter(kind -> !texts.isEmpty() && isWhole(made(kind, takesCommas), texts.stream()))
                .findFirst();
    }

    /** Those of the texts that have the form that a flag names; all without one. */
    List<String> ofThatForm(List<String> texts, boolean takesCommas) {
        return settings.form().isEmpty()
                ? texts
                : texts.stream()
                        .filter(text -> ofWhole(List.of(text), takesCommas).isPresent())
                        .toList();
    }

    private static boolean isWhole(TimeForm form, Stream<String> texts) {
        Scan scan = new Scan();
        return texts.allMatch(text -> {
            scan.on(text).strip();
            return form.read(scan) && scan.isAtEnd();
        });
    }

    /** Another form than this one in which a text is a time; for the message about it. */
    Optional<TraceForm> other(TraceForm than, String text) {
        List<TraceForm> others = new ArrayList<>(ORDER);
        others.remove(than);
        return others.stream()
                .filter(kind -> isWhole(made(kind, false), Stream.of(text)))
                .findFirst();
    }
}
