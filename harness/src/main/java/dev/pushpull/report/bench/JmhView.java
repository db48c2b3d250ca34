package dev.pushpull.report.bench;

import dev.pushpull.report.bench.JmhResults.Effort;
import dev.pushpull.report.bench.JmhResults.Machine;
import dev.pushpull.report.bench.JmhResults.Metric;
import dev.pushpull.report.bench.JmhResults.Result;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Fact;
import dev.pushpull.report.shared.Sentences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the page of benchmarks shows, in words. */
record JmhView(
        String title, String heading, String answer, String forks, List<Question> questions, List<Fact> environment) {
    /** All benchmarks of one class. {@code name} is the class's own, with which it can be run again. */
    record Question(String id, String finding, String name, String effort, List<Row> rows) {}

    /**
     * One figure.
     *
     * @param part whether it belongs to the row above
     * @param note why there is no error when there should be one
     * @param unit of a counter, with the number of iterations
     */
    record Row(
            boolean part,
            String name,
            String parameters,
            String score,
            String error,
            String note,
            String unit,
            Bar bar) {}

    /**
     * A bar and its whisker on a scale of 0 to 100, shared by all figures of one unit in a class; null when it could
     * not be compared.
     */
    record Bar(String length, String low, String high) {}

    static JmhView of(JmhResults results, String title) {
        Map<String, List<Result>> byClass = results.results().stream()
                .collect(Collectors.groupingBy(
                        result -> beforeLastDot(result.benchmark()), LinkedHashMap::new, Collectors.toList()));
        List<Question> questions = new ArrayList<>();
        byClass.forEach((name, members) -> questions.add(question("q" + questions.size(), name, members)));
        int count = results.results().size();
        return new JmhView(
                title,
                JmhFinding.page(results.results()),
                "%s of %s"
                        .formatted(
                                count == 1 ? "One benchmark" : Decimals.count(count) + " benchmarks",
                                questions.size() == 1 ? "one question" : questions.size() + " questions"),
                results.results().stream().allMatch(result -> result.effort().forks() <= 1)
                        ? "Each was measured in one JVM: how JVMs differ is not in its error."
                        : "",
                questions,
                environment(results));
    }

    private static Question question(String id, String name, List<Result> results) {
        Map<String, Double> longest = new LinkedHashMap<>();
        for (Result result : results) {
            longest.merge(result.primary().unit(), reach(result.primary()), Math::max);
            result.secondary()
                    .values()
                    .forEach(metric ->
                            longest.computeIfPresent(metric.unit(), (unit, reach) -> Math.max(reach, reach(metric))));
        }
        List<Row> rows = new ArrayList<>();
        for (Result result : results) {
            String method = words(afterLastDot(result.benchmark()));
            rows.add(row(false, method, parameters(result), result.primary(), longest));
            result.secondary().forEach((part, metric) -> rows.add(row(true, words(part), "", metric, longest)));
        }
        return new Question(
                id,
                JmhFinding.question(Sentences.capital(words(afterLastDot(name))), results),
                afterLastDot(name),
                distinct(results, result -> effort(result.mode(), result.effort())),
                rows);
    }

    private static double reach(Metric metric) {
        double reach = Double.isFinite(metric.error()) ? metric.score() + metric.error() : metric.score();
        return Double.isFinite(reach) ? reach : 0;
    }

    private static Row row(boolean part, String name, String parameters, Metric metric, Map<String, Double> longest) {
        boolean exists = Double.isFinite(metric.score());
        boolean bounded = Double.isFinite(metric.error());
        int decimals = Math.max(
                Decimals.decimalsForThreeDigits(metric.score()), bounded ? Decimals.decimalsFor(metric.error(), 1) : 0);
        boolean whole = metric.counted() && metric.score() == Math.rint(metric.score());
        return new Row(
                part,
                name,
                parameters,
                exists ? Decimals.fixed(metric.score(), whole ? 0 : decimals) : "none",
                exists && bounded ? "±" + Decimals.fixed(metric.error(), decimals) : "",
                exists && !bounded && !metric.counted() ? iterations(metric) + ": no error known" : "",
                metric.counted() ? "in " + iterations(metric) : unit(metric),
                bar(metric, longest.getOrDefault(metric.unit(), 0.0)));
    }

    private static String iterations(Metric metric) {
        return metric.iterations() == 1 ? "one iteration" : count(metric.iterations(), "iteration");
    }

    private static Bar bar(Metric metric, double longest) {
        if (!Double.isFinite(metric.score()) || !(longest > 0)) {
            return null;
        }
        double error = Double.isFinite(metric.error()) ? metric.error() : 0;
        return new Bar(
                share(metric.score(), longest),
                share(metric.score() - error, longest),
                share(metric.score() + error, longest));
    }

    /** The position of a value on the scale; a value below its start is off the drawing. */
    private static String share(double value, double longest) {
        return String.format(Locale.ROOT, "%.2f", 100 * value / longest);
    }

    /** A metric's unit, for people. */
    static String unit(Metric metric) {
        return metric.unit().replaceAll("^us/", "µs/");
    }

    /** A benchmark with its parameters. */
    static String named(Result result) {
        String parameters = parameters(result);
        return words(afterLastDot(result.benchmark())) + (parameters.isEmpty() ? "" : ", " + parameters);
    }

    private static String parameters(Result result) {
        return result.parameters().entrySet().stream()
                .map(parameter -> words(parameter.getKey()) + " " + parameter.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String effort(String mode, Effort effort) {
        String measure = switch (mode) {
            case "avgt" -> "average time";
            case "thrpt" -> "throughput";
            case "ss" -> "time of single shots";
            case "sample" -> "sampled time";
            default -> mode;
        };
        return "%s; %s, %s, %s to warm up, %s measured"
                .formatted(
                        measure,
                        effort.forks() == 0 ? "no JVM of its own" : count(effort.forks(), "JVM"),
                        count(effort.threads(), "thread"),
                        iterations(effort.warmUps(), effort.warmUpTime(), mode),
                        iterations(effort.iterations(), effort.iterationTime(), mode));
    }

    private static String iterations(int count, String time, String mode) {
        return count(count, "iteration") + (mode.equals("ss") || count == 0 ? "" : " of " + time);
    }

    private static String count(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static List<Fact> environment(JmhResults results) {
        List<Fact> facts = new ArrayList<>();
        facts.add(fact(results, "JMH", Machine::jmh));
        facts.add(fact(results, "JDK", Machine::jdk));
        facts.add(fact(results, "JVM", Machine::vm));
        facts.add(fact(results, "JVM arguments", machine -> String.join(" ", machine.arguments())));
        return facts;
    }

    private static Fact fact(JmhResults results, String name, Function<Machine, String> value) {
        return new Fact(name, distinct(results.results(), result -> value.apply(result.machine())));
    }

    private static String distinct(List<Result> results, Function<Result, String> text) {
        return results.stream().map(text).distinct().collect(Collectors.joining("; "));
    }

    /** A name in camel case as words: {@code PollRoundTrip} is {@code poll round trip}. */
    static String words(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
                .toLowerCase(Locale.ROOT);
    }

    private static String beforeLastDot(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    private static String afterLastDot(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
