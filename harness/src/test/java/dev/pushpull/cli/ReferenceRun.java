package dev.pushpull.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.report.shared.FigureNames;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.stored.StoredRun;
import dev.pushpull.scenario.AgreementLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run in {@code results/reference}, and what a document can quote from it. */
final class ReferenceRun {
    /** A number with its unit, as outputs write it. */
    static final String FIGURE = "\\d(?:[\\d,.]*\\d)?(?: ?(?:µs|ms|s|h|%|kB|MB|B|/s)(?![\\p{L}\\d]))?";

    private static final String PREDICTED = "predicted";

    private final String name;
    private final Path folder;
    private final StoredRun run;

    /** @param folder of all reference runs */
    ReferenceRun(Path folder, String name) {
        this.name = name;
        this.folder = folder.resolve(name);
        if (!Files.isRegularFile(this.folder.resolve("run.json"))) {
            throw new IllegalArgumentException("there is no reference run '" + name + "'");
        }
        this.run = StoredRun.read(this.folder);
    }

    /** The processor and its cores, without brackets: {@code AMD EPYC, 2 cores}. */
    String machine() throws IOException {
        JsonNode environment =
                new ObjectMapper().readTree(folder.resolve("run.json").toFile()).path("environment");
        String processor = environment.path("processor").asText().replaceAll(" *\\((R|TM)\\)", "");
        return processor + ", " + environment.path("cores").asText() + " cores";
    }

    /**
     * A figure of its CSV.
     *
     * @param place {@code MODE COLUMN}, where {@code NAME=VALUE} selects among several rows, and {@code predicted} at the
     *     end asks for the closed form's value
     */
    double value(String place) {
        List<String> words = List.of(place.split(" "));
        if (words.get(words.size() - 1).equals(PREDICTED)) {
            return run.cells().get(0).agreement().stream()
                    .filter(line ->
                            line.mode().equals(words.get(0)) && line.metric().equals(words.get(1)))
                    .map(AgreementLine::predicted)
                    .findFirst()
                    .orElseThrow(() -> unknown(place))
                    .orElseThrow(() -> unknown(place));
        }
        Predicate<Map<String, Object>> wanted = words.subList(0, words.size() - 1).stream()
                .map(word -> word.contains("=") ? word.split("=") : new String[] {"mode", word})
                .<Predicate<Map<String, Object>>>map(
                        pair -> row -> String.valueOf(row.get(pair[0])).equals(pair[1]))
                .reduce(row -> true, Predicate::and);
        List<Object> values = run.rows().stream()
                .filter(wanted)
                .map(row -> row.get(words.get(words.size() - 1)))
                .toList();
        if (values.size() != 1 || !(values.get(0) instanceof Number number)) {
            throw unknown(place);
        }
        return number.doubleValue();
    }

    /** The same as outputs write it. */
    String figure(String place) {
        String column = Arrays.stream(place.split(" "))
                .filter(word -> !word.equals(PREDICTED))
                .reduce((before, word) -> word)
                .orElseThrow();
        return FigureText.value(column, value(place));
    }

    /** The figure that stands at {@code #} in a sentence or row of {@code table.md}; {@code ...} leaves words out. */
    String said(String words) throws IOException {
        String regex = Arrays.stream(words.split("(?<=#)|(?=#)|(?<=\\.\\.\\.)|(?=\\.\\.\\.)"))
                .map(part -> part.equals("#") ? "(" + FIGURE + ")" : part.equals("...") ? ".*?" : Pattern.quote(part))
                .collect(Collectors.joining());
        Matcher said = Pattern.compile(regex).matcher(table().replace("\\", "").replaceAll(" +", " "));
        if (!said.find()) {
            throw unknown(words);
        }
        return said.group(1);
    }

    /** A table of one row for each mode. */
    String figures(List<String> columns) {
        List<String> heads = columns.stream()
                .map(column -> FigureNames.of(column).orElseThrow().label())
                .toList();
        Stream<List<String>> rows = run.rows().stream()
                .map(row -> Stream.concat(
                                Stream.of("`" + row.get("mode") + "`"),
                                columns.stream()
                                        .map(column -> row.get(column) instanceof Number number
                                                ? FigureText.value(column, number.doubleValue())
                                                : "-"))
                        .toList());
        return table(Stream.concat(Stream.of("mode"), heads.stream()).toList(), rows);
    }

    /** Some columns of the first table in {@code table.md} that has them all. */
    String columns(List<String> columns) throws IOException {
        List<List<String>> lines = table().lines().map(ReferenceRun::cells).collect(Collectors.toList());
        int head = 0;
        while (!lines.get(head).containsAll(columns)) {
            head++;
            if (head == lines.size()) {
                throw unknown("a table with the columns " + columns);
            }
        }
        List<Integer> places = columns.stream().map(lines.get(head)::indexOf).toList();
        return table(
                columns,
                lines.subList(head + 2, lines.size()).stream()
                        .takeWhile(line -> line.size() > 1)
                        .map(line -> places.stream().map(line::get).toList()));
    }

    /** Its answer on a terminal, then the lines with these labels. */
    String terminal(List<String> labels) {
        String report = run.render(folder, false, true);
        String answer = report.split("\n\n")[1];
        return Stream.concat(
                        Stream.of(answer, "..."),
                        labels.stream()
                                .map(label -> report.lines()
                                        .filter(line -> line.matches(Pattern.quote(label) + " {2,}\\S.*"))
                                        .findFirst()
                                        .orElseThrow(() -> unknown(label))))
                .collect(Collectors.joining("\n"));
    }

    private String table() throws IOException {
        return Files.readString(folder.resolve("table.md"));
    }

    private static List<String> cells(String line) {
        return line.startsWith("|")
                ? Arrays.stream(line.substring(1).split("(?<!\\\\)\\|"))
                        .map(String::strip)
                        .toList()
                : List.of(line);
    }

    private static String table(List<String> heads, Stream<List<String>> rows) {
        return Stream.concat(Stream.of(heads, heads.stream().map(head -> "---").toList()), rows)
                .map(row -> "| " + String.join(" | ", row) + " |")
                .collect(Collectors.joining("\n"));
    }

    private IllegalArgumentException unknown(String what) {
        return new IllegalArgumentException("the reference run '%s' does not say: %s".formatted(name, what));
    }
}
