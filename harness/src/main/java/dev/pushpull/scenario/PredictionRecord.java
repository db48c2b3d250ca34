package dev.pushpull.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The complete record of a prediction, from which every output is made. Nothing was run.
 *
 * @param command predict or what-if
 * @param commandLine as typed, the program's own name first
 * @param startedAt RFC 3339
 * @param predictions one for each mode, in the order in which they are shown
 * @param warnings what the reader must know beside them
 */
public record PredictionRecord(
        int schemaVersion,
        String runId,
        String command,
        List<String> commandLine,
        String startedAt,
        Scenario scenario,
        List<PredictedMode> predictions,
        Pricing pricing,
        List<String> warnings) {
    /** A mode with what closed forms say about it. */
    public record PredictedMode(String mode, ModeTraits traits, Prediction prediction) {}

    /** Whether it is the start of a page of sliders, rather than an answer. */
    public boolean onSliders() {
        return command.equals("what-if");
    }

    /** The columns of {@link #rows}, in order. */
    public static List<String> columns() {
        List<String> columns =
                new ArrayList<>(List.of("mode", "arrivals", "rate_per_s", "interval_s", "consumers", "duration_s"));
        PredictedMetrics.SUMMARY.forEach(metric -> columns.add(metric.column()));
        columns.add(MonthlySums.CURRENCY);
        PredictedMetrics.FURTHER.forEach(metric -> columns.add(metric.column()));
        return columns;
    }

    /** One row for each mode, by column; null where a figure has no known closed form. */
    public List<Map<String, Object>> rows() {
        return predictions.stream().map(this::row).toList();
    }

    private Map<String, Object> row(PredictedMode predicted) {
        Map<String, Object> known = new LinkedHashMap<>();
        known.put("mode", predicted.mode());
        known.put("arrivals", scenario.events().arrivals().kind());
        known.put("rate_per_s", scenario.events().arrivals().ratePerSecond());
        known.put("interval_s", scenario.polling().intervalNanos() / 1e9);
        known.put("consumers", (long) scenario.events().consumers());
        known.put("duration_s", scenario.run().durationNanos() / 1e9);
        known.put(MonthlySums.CURRENCY, pricing.currency().isEmpty() ? null : pricing.currency());
        Map<String, Object> row = new LinkedHashMap<>();
        for (String column : columns()) {
            OptionalDouble figure = predicted.prediction().value(column);
            row.put(column, figure.isPresent() ? (Object) figure.getAsDouble() : known.get(column));
        }
        return row;
    }
}
