package dev.pushpull.trace;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.trace.Candidates.Candidate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The beginning of a text that may be a table: what separates its values, and which column has the times. */
final class TableSample {
    private static final String SEPARATORS = ";\t,|";

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
        Optional<Integer> asked = forms.settings().column().map(name -> index(name, names));
        List<Candidate> candidates = new ArrayList<>();
        List<Integer> indices = new ArrayList<>();
        List<Boolean> headers = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (asked.isPresent() && asked.get() != i) {
                continue;
            }
            String name = names.get(i);
            boolean isHeader = forms.ofWhole(List.of(name), takesCommas).isEmpty();
            List<String> values = values(records.subList(isHeader ? 1 : 0, records.size()), i);
            String called = isHeader && !name.isBlank() ? name : String.valueOf(i + 1);
            for (Candidate one : Candidates.of(called, values, forms, takesCommas, asked.isPresent())) {
                candidates.add(one);
                indices.add(i);
                headers.add(isHeader);
            }
        }
        List<Candidate> plausible = Candidates.plausible(candidates, 0);
        if (plausible.isEmpty() && asked.isPresent()) {
            return ofWhatIsThere(separator, records, asked.get(), names.get(asked.get()));
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
        Candidate one = candidates.get(chosen);
        return new ColumnTimes(
                forms, source, separator, indices.get(chosen), one.kind(), one.name(), headers.get(chosen));
    }

    /** A column that a flag names and of which only some values are times: the reading tells which are not. */
    private Layout ofWhatIsThere(char separator, List<List<String>> records, int index, String name) {
        boolean takesCommas = ColumnTimes.takesCommas(separator);
        List<String> values = values(records, index);
        TraceForm kind = values.stream()
                .flatMap(value -> forms.ofWhole(List.of(value), takesCommas).stream())
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("--trace-column: '%s' of %s holds no time; accepted: %s"
                        .formatted(TimesTaken.shown(name), source, TimesTaken.accepted())));
        boolean isHeader = forms.ofWhole(List.of(name), takesCommas).isEmpty();
        return new ColumnTimes(forms, source, separator, index, kind, name, isHeader);
    }

    private static List<String> values(List<List<String>> records, int index) {
        return records.stream()
                .filter(record -> record.size() > index)
                .map(record -> record.get(index))
                .filter(value -> !value.isBlank())
                .toList();
    }

    private int index(String asked, List<String> names) {
        int exact = names.indexOf(asked);
        for (int i = 0; exact < 0 && i < names.size(); i++) {
            exact = names.get(i).equalsIgnoreCase(asked) ? i : exact;
        }
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
