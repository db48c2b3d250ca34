package dev.pushpull.cli;

import dev.pushpull.scenario.Metric;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RunRecord;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of {@code --assert}: {@code MODE.METRIC OP NUMBER}. It must hold in every trial of the mode; if the figure
 * does not exist, it fails.
 */
record Assertion(String text, String mode, Metric metric, String operator, double bound) {
    private static final Pattern FORM = Pattern.compile(
            "\\s*([A-Za-z-]+)\\.([A-Za-z0-9_]+)\\s*(<=|>=|==|!=|<|>|=)\\s*(-?[0-9.]+(?:[eE][-+]?\\d+)?)\\s*");

    /**
     * @param modes the modes of the run
     * @throws dev.pushpull.scenario.InvalidInputException when the text is not an assertion
     */
    static Assertion parse(String text, List<String> modes) {
        Matcher form = FORM.matcher(text);
        double bound = form.matches() ? number(form.group(4)) : Double.NaN;
        if (Double.isNaN(bound)) {
            throw Quantity.wrong("--assert", text, "MODE.METRIC OP NUMBER such as webhook.latency_p99_ms<50");
        }
        if (!modes.contains(form.group(1))) {
            throw Names.unknown("mode in --assert '" + text + "':", form.group(1), modes);
        }
        List<String> columns = Metrics.SUMMARY.stream()
                .filter(Metric::numeric)
                .map(Metric::column)
                .toList();
        if (!columns.contains(form.group(2))) {
            throw Names.unknown("metric in --assert '" + text + "':", form.group(2), columns);
        }
        Metric metric = Metrics.named(form.group(2)).orElseThrow();
        return new Assertion(text.strip(), form.group(1), metric, form.group(3), bound);
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Why the assertion does not hold; empty when it does. */
    Optional<String> failure(RunRecord run) {
        List<Outcome> outcomes = run.outcomes().stream()
                .filter(outcome -> outcome.mode().equals(mode))
                .toList();
        if (outcomes.isEmpty()) {
            return Optional.of(text + ": there is no outcome of " + mode);
        }
        for (Outcome outcome : outcomes) {
            Object value = metric.read(run, outcome);
            if (value == null) {
                return Optional.of(text + ": there is no figure");
            }
            if (!holds(((Number) value).doubleValue())) {
                return Optional.of(text + ": it is " + value);
            }
        }
        return Optional.empty();
    }

    private boolean holds(double value) {
        return switch (operator) {
            case "<" -> value < bound;
            case "<=" -> value <= bound;
            case ">" -> value > bound;
            case ">=" -> value >= bound;
            case "!=" -> value != bound;
            default -> value == bound;
        };
    }
}
