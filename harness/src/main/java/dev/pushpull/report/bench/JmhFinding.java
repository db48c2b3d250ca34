package dev.pushpull.report.bench;

import dev.pushpull.report.bench.JmhResults.Metric;
import dev.pushpull.report.bench.JmhResults.Result;
import dev.pushpull.report.shared.Decimals;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The titles of a page of benchmarks, each of them the finding: from the least figure to the greatest. */
final class JmhFinding {
    private static final Map<String, Double> NANOS_AN_OPERATION =
            Map.of("ns/op", 1.0, "us/op", 1e3, "ms/op", 1e6, "s/op", 1e9);

    private JmhFinding() {}

    /** Of all benchmarks that are times of an operation. */
    static String page(List<Result> results) {
        List<Result> timed = results.stream()
                .filter(result -> Double.isFinite(result.primary().score()))
                .filter(result ->
                        NANOS_AN_OPERATION.containsKey(result.primary().unit()))
                .toList();
        if (timed.size() < 2) {
            return "What every step on the path costs";
        }
        Comparator<Result> byTime = Comparator.comparingDouble(JmhFinding::nanos);
        Result least = timed.stream().min(byTime).orElseThrow();
        Result most = timed.stream().max(byTime).orElseThrow();
        return "A step costs from %s (%s) to %s (%s)"
                .formatted(time(nanos(least)), JmhView.named(least), time(nanos(most)), JmhView.named(most));
    }

    private static String time(double nanos) {
        return nanos < 1_000 ? Decimals.significant(nanos) + " ns" : Decimals.milliseconds(nanos / 1e6);
    }

    private static double nanos(Result result) {
        return result.primary().score()
                * NANOS_AN_OPERATION.get(result.primary().unit());
    }

    /**
     * Of the benchmarks of one class, in the unit that most of them have.
     *
     * @param words the class's name, for a class without figures
     */
    static String question(String words, List<Result> results) {
        List<Result> figures = results.stream()
                .filter(result -> Double.isFinite(result.primary().score()))
                .toList();
        Optional<String> unit = figures.stream()
                .collect(Collectors.groupingBy(result -> result.primary().unit(), Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey);
        if (unit.isEmpty()) {
            return words;
        }
        Comparator<Result> byScore =
                Comparator.comparingDouble(result -> result.primary().score());
        List<Result> alike = figures.stream()
                .filter(result -> result.primary().unit().equals(unit.get()))
                .toList();
        Result least = alike.stream().min(byScore).orElseThrow();
        Result most = alike.stream().max(byScore).orElseThrow();
        if (least == most) {
            return "%s: %s".formatted(words, shown(least));
        }
        boolean apart = least.primary().score() + error(least.primary())
                < most.primary().score() - error(most.primary());
        return "%s: %s to %s%s"
                .formatted(words, shown(least), shown(most), apart ? "" : ", which their errors do not tell apart");
    }

    private static double error(Metric metric) {
        return Double.isFinite(metric.error()) ? metric.error() : Double.POSITIVE_INFINITY;
    }

    private static String shown(Result result) {
        return "%s %s (%s)"
                .formatted(
                        Decimals.significant(result.primary().score()),
                        JmhView.unit(result.primary()),
                        JmhView.named(result));
    }
}
