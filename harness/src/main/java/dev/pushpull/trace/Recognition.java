package dev.pushpull.trace;

import dev.pushpull.scenario.InvalidInputException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Finds out from the beginning of a text where its times stand and which form they have. */
final class Recognition {
    private static final int MOST_LINES = 200;
    private static final int MOST_WORDS = 8;
    private static final Pattern COMMIT = Pattern.compile("commit [0-9a-f]{7,64}\\b.*");
    private static final List<String> GIT_LABELS = List.of("Date:", "CommitDate:", "AuthorDate:");
    private static final Pattern NAME = Pattern.compile("\"?[\\p{L}@_][^0-9]{0,63}\"?");

    private final Forms forms;
    private final String source;
    private final String head;
    private final boolean isWhole;
    private final List<String> lines = new ArrayList<>();
    private long firstNumber;

    /**
     * @param head the beginning of the text
     * @param isWhole whether that is all of it
     */
    Recognition(Forms forms, String source, String head, boolean isWhole) {
        this.forms = forms;
        this.source = source;
        this.head = head;
        this.isWhole = isWhole;
    }

    Layout layout() {
        TraceSettings settings = forms.settings();
        if (settings.field().isPresent() || settings.column().isEmpty() && JsonSample.mayBe(head)) {
            return new JsonSample(head).layout(forms, source);
        }
        collectLines();
        if (lines.isEmpty()) {
            throw new InvalidInputException(
                    isWhole
                            ? "%s holds no event times".formatted(source)
                            : "%s begins with more than %,d characters without a time"
                                    .formatted(source, head.length()));
        }
        if (COMMIT.matcher(lines.get(0)).matches()) {
            return gitLog();
        }
        if (settings.column().isPresent()) {
            return new TableSample(forms, source, head, isWhole, lines.get(0))
                    .layout()
                    .orElseThrow(() -> new InvalidInputException(
                            "--trace-column: '%s' is not accepted; %s is no table of values with a separator of ; , | or tab"
                                    .formatted(
                                            TimesTaken.shown(settings.column().get()), source)));
        }
        return whole("", lines)
                .or(() -> headed().flatMap(this::whole))
                .or(this::logged)
                .or(() -> new TableSample(forms, source, head, isWhole, lines.get(0)).layout())
                .orElseThrow(this::nothing);
    }

    private record Headed(String name, List<String> times) {}

    private Optional<Headed> headed() {
        return lines.size() > 1 && NAME.matcher(lines.get(0)).matches()
                ? Optional.of(new Headed(unquoted(lines.get(0)), lines.subList(1, lines.size())))
                : Optional.empty();
    }

    private Optional<Layout> whole(Headed headed) {
        return whole(headed.name(), headed.times());
    }

    private void collectLines() {
        Lines text = new Lines(new StringReader(head));
        Scan scan = new Scan();
        try {
            while (lines.size() < MOST_LINES && text.next(scan)) {
                scan.strip();
                if (!LineTimes.isRemark(scan)) {
                    firstNumber = lines.isEmpty() ? text.number() : firstNumber;
                    lines.add(scan.rest());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a text fails to be read", e);
        }
        if (!isWhole && lines.size() > 1 && lines.size() < MOST_LINES) {
            lines.remove(lines.size() - 1); // it may be cut
        }
    }

    /** A time on each line and nothing else: the first line decides, the others are held against it. */
    private Optional<Layout> whole(String header, List<String> texts) {
        List<String> values =
                forms.ofThatForm(texts.stream().map(Recognition::unquoted).toList(), false);
        return forms.ofWhole(values, false)
                .or(() -> forms.ofWhole(values.subList(0, Math.min(1, values.size())), false))
                .map(kind -> new LineTimes(forms, source, new LinePlace.Whole(), kind, header));
    }

    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private Layout gitLog() {
        String asked = forms.settings()
                .column()
                .map(name -> name.endsWith(":") ? name : name + ":")
                .orElse("");
        List<LinePlace.Labelled> labels = GIT_LABELS.stream()
                .filter(label -> asked.isEmpty() || asked.equals(label))
                .map(LinePlace.Labelled::new)
                .filter(label -> lines.stream().anyMatch(line -> label.isHere(new Scan().on(line))))
                .toList();
        if (labels.size() != 1) {
            throw new InvalidInputException(
                    labels.isEmpty()
                            ? "%s is a git log without dates; accepted: git log in a format with dates"
                                    .formatted(source)
                            : "%s has several dates a commit; --trace-column says which: CommitDate, AuthorDate"
                                    .formatted(source));
        }
        LinePlace.Labelled label = labels.get(0);
        TraceForm kind = lines.stream()
                .filter(line -> label.isHere(new Scan().on(line)))
                .flatMap(line ->
                        forms.ofWhole(List.of(line.substring(label.label().length())), false).stream())
                .findFirst()
                .orElseThrow(this::nothing);
        return new LineTimes(forms, source, label, kind, "");
    }

    /** A time at the same place of most lines. */
    private Optional<Layout> logged() {
        List<LinePlace> places = new ArrayList<>();
        places.add(new LinePlace.Word(0));
        places.add(new LinePlace.Bracketed());
        IntStream.range(1, MOST_WORDS).mapToObj(LinePlace.Word::new).forEach(places::add);
        for (LinePlace place : places) {
            for (TraceForm kind : forms.candidates()) {
                if (isThere(place, kind)) {
                    return Optional.of(new LineTimes(forms, source, place, kind, ""));
                }
            }
        }
        return Optional.empty();
    }

    private boolean isThere(LinePlace place, TraceForm kind) {
        TimeForm form = forms.made(kind, false);
        boolean isFormGiven = forms.settings().form().isPresent();
        Scan scan = new Scan();
        int found = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (place.read(scan.on(lines.get(i)), form)
                    && (scan.isAtEnd()
                            || scan.peek() != '\t' && scan.peek() != ',' && scan.peek() != ';' && scan.peek() != '|')
                    && (kind != TraceForm.NUMBER
                            || forms.settings().unit().isPresent()
                            || EpochNumbers.isPlausible(scan.nanos))) {
                found++;
            } else if (i == 0 && !isFormGiven) {
                return false;
            }
        }
        return isFormGiven ? found > 0 : 2 * found >= lines.size();
    }

    private InvalidInputException nothing() {
        String line = lines.get(0);
        boolean isBeyond = forms.settings().unit().isEmpty() && EpochNumbers.isNumber(line);
        return new InvalidInputException("%s line %d: %s"
                .formatted(
                        source,
                        firstNumber,
                        isBeyond
                                ? EpochNumbers.beyond(line)
                                : "'%s' is no time; accepted: %s"
                                        .formatted(TimesTaken.shown(line), TimesTaken.accepted())));
    }
}
