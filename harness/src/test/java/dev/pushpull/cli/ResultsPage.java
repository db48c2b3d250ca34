package dev.pushpull.cli;

import dev.pushpull.report.run.DeclaredColumns;
import dev.pushpull.scenario.AdviceRecord;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.PredictedMetrics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code docs/results.md}: people write it, except for the columns, which are between two comments. */
final class ResultsPage {
    private static final Pattern PART =
            Pattern.compile("<!-- columns of ([^ ]+), written by scripts/docs -->\\n.*?<!-- end -->", Pattern.DOTALL);

    private ResultsPage() {}

    /** The page with its columns as the program declares them. */
    static String filledIn(String page) {
        Map<String, String> declared = declared();
        return PART.matcher(page)
                        .replaceAll(part -> Matcher.quoteReplacement(
                                "<!-- columns of %s, written by scripts/docs -->%n%s%n<!-- end -->"
                                        .formatted(part.group(1), declared.remove(part.group(1)))))
                + declared.keySet().stream() // a file that the page does not describe yet
                        .map("%n<!-- columns of %s, written by scripts/docs -->%n<!-- end -->%n"::formatted)
                        .collect(Collectors.joining());
    }

    private static Map<String, String> declared() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put(
                "summary.csv",
                "| column | unit | what it says |\n| --- | --- | --- |\n"
                        + Metrics.SUMMARY.stream()
                                .map(metric -> "| `%s` | %s | %s |"
                                        .formatted(metric.column(), metric.unit(), metric.meaning()))
                                .collect(Collectors.joining("\n")));
        columns.put(
                "predict",
                "| key | unit | what it says |\n| --- | --- | --- |\n"
                        + PredictedMetrics.FURTHER.stream()
                                .map(metric -> "| `%s` | %s | %s |"
                                        .formatted(metric.column(), metric.unit(), metric.meaning()))
                                .collect(Collectors.joining("\n")));
        columns.put(
                "advice.csv",
                AdviceRecord.columns().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", ")));
        DeclaredColumns.byFile()
                .forEach((file, names) -> columns.put(
                        file, names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "))));
        return columns;
    }
}
