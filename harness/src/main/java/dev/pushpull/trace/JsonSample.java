package dev.pushpull.trace;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.trace.Candidates.Candidate;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The beginning of a text of JSON: which fields it has, and which of them has the times. */
final class JsonSample {
    /** A step of a path that stands for every element of a list. */
    static final String EACH = "\0";

    private static final int MOST_RECORDS = 500;
    private static final int MOST_NAMED = 8;

    private final Map<List<String>, List<String>> values = new LinkedHashMap<>();
    private int roots;
    private boolean isCut;

    JsonSample(String head) {
        try (JsonParser json = FieldTimes.JSON.createParser(new StringReader(head))) {
            while (roots < MOST_RECORDS && json.nextToken() != null) {
                roots++;
                collect(json, new ArrayList<>());
            }
        } catch (IOException e) { // where the sample ends; what is wrong besides, the reading will tell
            isCut = true;
        }
    }

    /** Whether a text that does not begin as lines of times do may be JSON. */
    static boolean mayBe(String head) {
        String start = head.stripLeading();
        if (start.startsWith("{")) {
            return true;
        }
        // [26/Nov/2025 ...] is a line of a log
        return start.matches("(?s)\\[\\s*(?:[{\\[\"\\]]|null\\b|-?[0-9.eE+]+\\s*[,\\]]).*")
                && !start.matches("(?s)\\[\\[?[0-9]+\\] .*");
    }

    private void collect(JsonParser json, List<String> path) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_OBJECT) {
            while (json.nextToken() != JsonToken.END_OBJECT) {
                path.add(json.currentName());
                json.nextToken();
                collect(json, path);
                path.remove(path.size() - 1);
            }
        } else if (token == JsonToken.START_ARRAY) {
            path.add(EACH);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                collect(json, path);
            }
            path.remove(path.size() - 1);
        } else if (token == JsonToken.VALUE_STRING || token != null && token.isNumeric()) {
            List<String> seen = values.computeIfAbsent(List.copyOf(path), fresh -> new ArrayList<>());
            if (seen.size() < MOST_RECORDS && !json.getText().isBlank()) {
                seen.add(json.getText());
            }
        }
    }

    /** Where the times are. */
    Layout layout(Forms forms, String source) {
        return forms.settings().field().isPresent()
                ? asked(forms, source, forms.settings().field().get())
                : found(forms, source);
    }

    private Layout asked(Forms forms, String source, String pointer) {
        List<String> steps = steps(pointer);
        List<String> path = values.keySet().stream()
                .filter(candidate -> leadsTo(candidate, steps))
                .min(Comparator.comparingInt(List::size))
                .orElseThrow(() -> new InvalidInputException("--trace-field: '%s' is in no object of %s; accepted: %s"
                        .formatted(
                                TimesTaken.shown(pointer),
                                source,
                                names(values.keySet().stream()
                                        .map(JsonSample::pointer)
                                        .distinct()
                                        .toList()))));
        List<Candidate> times = Candidates.of(pointer, values.get(path), forms, false, true);
        TraceForm kind = times.isEmpty()
                ? values.get(path).stream()
                        .flatMap(one -> forms.ofWhole(List.of(one), false).stream())
                        .findFirst()
                        .orElseThrow(() -> new InvalidInputException(
                                "--trace-field: '%s' of %s holds '%s', which is no time; accepted: %s"
                                        .formatted(
                                                TimesTaken.shown(pointer),
                                                source,
                                                TimesTaken.shown(
                                                        values.get(path).isEmpty()
                                                                ? ""
                                                                : values.get(path)
                                                                        .get(0)),
                                                TimesTaken.accepted())))
                : times.get(0).kind();
        return new FieldTimes(forms, source, path, kind, pointer);
    }

    /** Whether a path ends as the pointer does, and the rest leads to the objects of a list. */
    private static boolean leadsTo(List<String> path, List<String> steps) {
        int before = path.size() - steps.size();
        if (before < 0 || before > 0 && !path.get(before - 1).equals(EACH)) {
            return false;
        }
        for (int i = 0; i < steps.size(); i++) {
            String have = path.get(before + i);
            String want = steps.get(i);
            if (!have.equals(want) && !(have.equals(EACH) && want.matches("\\d+|-"))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> steps(String pointer) {
        if (!pointer.startsWith("/")) {
            throw new InvalidInputException(
                    "--trace-field: '%s' is not accepted; accepted: a JSON Pointer such as /created_at"
                            .formatted(TimesTaken.shown(pointer)));
        }
        return List.of(pointer.substring(1).split("/", -1)).stream()
                .map(step -> step.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    private Layout found(Forms forms, String source) {
        Map<Integer, List<Map.Entry<Candidate, List<String>>>> byDepth = new java.util.TreeMap<>();
        List<Candidate> all = new ArrayList<>();
        Map<Candidate, List<String>> paths = new LinkedHashMap<>();
        values.forEach((path, texts) -> Candidates.of(pointer(path), texts, forms, false, false)
                .forEach(one -> {
                    all.add(one);
                    paths.put(one, path);
                }));
        boolean hasChanging = all.stream().anyMatch(one -> !one.isConstant());
        boolean hasListed = roots <= 1 && paths.values().stream().anyMatch(path -> path.contains(EACH));
        paths.forEach((one, path) -> {
            if ((!hasChanging || !one.isConstant()) && (!hasListed || path.contains(EACH))) {
                byDepth.computeIfAbsent(path.size(), depth -> new ArrayList<>()).add(Map.entry(one, path));
            }
        });
        if (byDepth.isEmpty()) {
            throw new InvalidInputException("%s has no field that is plainly a time; --trace-field says which it is: %s"
                    .formatted(
                            source,
                            names(values.keySet().stream()
                                    .map(JsonSample::pointer)
                                    .toList())));
        }
        List<Candidate> nearest = Candidates.plausible(
                byDepth.values().iterator().next().stream()
                        .map(Map.Entry::getKey)
                        .toList(),
                isCut ? 1 : 0);
        if (nearest.size() > 1) {
            throw new InvalidInputException(
                    "%s has several times in each object; --trace-field says which is the event's: %s"
                            .formatted(
                                    source,
                                    names(nearest.stream().map(Candidate::name).toList())));
        }
        Candidate one = nearest.get(0);
        return new FieldTimes(forms, source, paths.get(one), one.kind(), one.name());
    }

    private static String names(List<String> all) {
        return all.isEmpty()
                ? "none that could be one"
                : all.stream().limit(MOST_NAMED).map(TimesTaken::shown).collect(Collectors.joining(", "))
                        + (all.size() > MOST_NAMED ? ", ..." : "");
    }

    /** The pointer from the innermost list's object on. */
    private static String pointer(List<String> path) {
        List<String> steps = path.subList(path.lastIndexOf(EACH) + 1, path.size());
        return steps.isEmpty()
                ? "/-"
                : steps.stream()
                        .map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
                        .collect(Collectors.joining());
    }
}
