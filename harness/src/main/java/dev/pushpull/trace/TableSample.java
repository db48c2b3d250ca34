package dev.pushpull.trace;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.trace.Candidates.Candidate;
import dev.pushpull.trace.ColumnTimes.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The beginning of a text that may be a table: what separates its values, and which column has the times. */
final class TableSample {
    private static final String SEPARATORS = ";\t,|";
    private static final long DAY_NANOS = 86_400 * Calendar.SECOND;
    private static final Pattern TIME_OF_DAY =
            Pattern.compile("\\d{1,2}:\\d\\d(:\\d\\d([.,]\\d{1,9})?)?( ?[AaPp][Mm])?");

    private final Forms forms;
    private final String source;
    private final String head;
    private final boolean isWhole;
    private final String firstLine;

    /**
     * @param head the beginning of the text
     * @param isWhole whether that is all of it
     * @param firstLine its first line that is no comment
     */
    TableSample(Forms forms, String source, String head, boolean isWhole, String firstLine) {
        this.forms = forms;
        this.source = source;
        this.head = head;
        this.isWhole = isWhole;
        this.firstLine = firstLine;
    }

    /** Where the times are; empty when it is no table. */
    Optional<Layout> layout() {
        for (char separator : separators()) {
            List<List<String>> records = ColumnTimes.records(head, isWhole, separator);
            if (!records.isEmpty() && isTable(records)) {
                return Optional.of(column(separator, records));
            }
        }
        return Optional.empty();
    }

    private List<Character> separators() {
        return SEPARATORS
                .chars()
                .mapToObj(one -> (char) one)
                .filter(one -> forms.settings().column().isPresent() || firstLine.indexOf(one) >= 0)
                .sorted((one, other) -> Long.compare(count(firstLine, other), count(firstLine, one)))
                .toList();
    }

    private static long count(String line, char wanted) {
        return line.chars().filter(one -> one == wanted).count();
    }

    private boolean isTable(List<List<String>> records) {
        int columns = records.get(0).size();
        long alike = records.stream().filter(record -> record.size() == columns).count();
        return (columns > 1 || forms.settings().column().isPresent()) && 10 * alike >= 9L * records.size();
    }

    private Layout column(char separator, List<List<String>> records) {
        boolean takesCommas = ColumnTimes.takesCommas(separator);
        List<String> names = records.get(0);
        Optional<Place> asked = forms.settings().column().map(name -> place(name, names));
        List<Candidate> candidates = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        List<Boolean> headers = new ArrayList<>();
        for (int i = 0; i < (asked.isPresent() ? 1 : names.size()); i++) {
            Place place = asked.orElse(new Place(i, -1));
            String name = place.of(names);
            boolean isHeader = forms.ofWhole(List.of(name), takesCommas).isEmpty();
            List<String> values = values(records.subList(isHeader ? 1 : 0, records.size()), place);
            String called = place.isOfTwo()
                    ? forms.settings().column().orElseThrow()
                    : isHeader && !name.isBlank() ? name : String.valueOf(place.first() + 1);
            for (Candidate one : Candidates.of(called, values, forms, takesCommas, asked.isPresent())) {
                candidates.add(one);
                places.add(place);
                headers.add(isHeader);
            }
        }
        List<Candidate> plausible = Candidates.plausible(candidates, 0);
        if (plausible.isEmpty() && asked.isPresent()) {
            return ofWhatIsThere(
                    separator, records, asked.get(), forms.settings().column().get());
        }
        if (plausible.size() != 1) {
            List<String> which = plausible.isEmpty()
                    ? names
                    : plausible.stream().map(Candidate::name).toList();
            throw new InvalidInputException("%s has %s; --trace-column says which it is: %s"
                    .formatted(
                            source,
                            plausible.isEmpty() ? "no column that is plainly a time" : "several columns of times",
                            which.stream().map(TimesTaken::shown).collect(Collectors.joining(", "))));
        }
        int chosen = candidates.indexOf(plausible.get(0));
        if (asked.isEmpty()) {
            refuseHalf(plausible.get(0), records);
        }
        Candidate one = candidates.get(chosen);
        return new ColumnTimes(
                forms, source, separator, places.get(chosen), one.kind(), one.name(), headers.get(chosen));
    }

    /** A column that a flag names and of which only some values are times: the reading tells which are not. */
    private Layout ofWhatIsThere(char separator, List<List<String>> records, Place place, String name) {
        boolean takesCommas = ColumnTimes.takesCommas(separator);
        List<String> values = values(records, place);
        TraceForm kind = values.stream()
                .flatMap(value -> forms.ofWhole(List.of(value), takesCommas).stream())
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("--trace-column: '%s' of %s holds no time; accepted: %s"
                        .formatted(TimesTaken.shown(name), source, TimesTaken.accepted())));
        boolean isHeader =
                forms.ofWhole(List.of(place.of(records.get(0))), takesCommas).isEmpty();
        return new ColumnTimes(forms, source, separator, place, kind, name, isHeader);
    }

    /** Midnights beside a column of times of day are half of what the file tells. */
    private void refuseHalf(Candidate dates, List<List<String>> records) {
        boolean midnights = dates.moments().stream().allMatch(moment -> moment % DAY_NANOS == 0);
        List<String> names = records.get(0);
        for (int i = 0; midnights && i < names.size(); i++) {
            List<String> values = values(records.subList(1, records.size()), new Place(i, -1));
            if (!values.isEmpty()
                    && values.stream()
                            .allMatch(value -> TIME_OF_DAY.matcher(value).matches())) {
                String named = TIME_OF_DAY.matcher(names.get(i)).matches() ? String.valueOf(i + 1) : names.get(i);
                throw new InvalidInputException(
                        "%s has dates in column %s and times of day in column %s; --trace-column %2$s,%3$s joins them, --trace-column %2$s takes midnights"
                                .formatted(source, TimesTaken.shown(dates.name()), TimesTaken.shown(named)));
            }
        }
    }

    private static List<String> values(List<List<String>> records, Place place) {
        return records.stream().map(place::of).filter(value -> !value.isBlank()).toList();
    }

    /** A column, or two with a comma between them, unless a column has the comma in its name. */
    private Place place(String asked, List<String> names) {
        int comma = asked.indexOf(',');
        return comma < 0 || exact(asked, names) >= 0
                ? new Place(index(asked, names), -1)
                : new Place(
                        index(asked.substring(0, comma).strip(), names),
                        index(asked.substring(comma + 1).strip(), names));
    }

    private static int exact(String asked, List<String> names) {
        int exact = names.indexOf(asked);
        for (int i = 0; exact < 0 && i < names.size(); i++) {
            exact = names.get(i).equalsIgnoreCase(asked) ? i : exact;
        }
        return exact;
    }

    private int index(String asked, List<String> names) {
        int exact = exact(asked, names);
        boolean isNumber = exact < 0 && asked.matches("[1-9]\\d{0,4}");
        int index = isNumber ? Integer.parseInt(asked) - 1 : exact;
        if (index < 0 || index >= names.size()) {
            throw new InvalidInputException(
                    "--trace-column: '%s' is no column of %s; accepted: %s, or a number from 1 to %d"
                            .formatted(
                                    TimesTaken.shown(asked),
                                    source,
                                    names.stream().map(TimesTaken::shown).collect(Collectors.joining(", ")),
                                    names.size()));
        }
        return index;
    }
}
