package dev.pushpull.report.prediction;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.scenario.MonthlySums;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Prediction.Figure;
import dev.pushpull.scenario.PredictionRecord;
import dev.pushpull.scenario.PredictionRecord.PredictedMode;
import dev.pushpull.scenario.Pricing;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Records of predictions with what closed forms really say. */
public final class PredictionRecords {
    private PredictionRecords() {}

    /** What {@code predict} or {@code what-if} records for these modes, with a price and a fixed sum. */
    public static PredictionRecord of(String command, Scenario scenario, List<String> modes) {
        Pricing pricing = new Pricing("EUR", OptionalDouble.of(0.4), Map.of("webhook", 25.0));
        return new PredictionRecord(
                RunRecord.SCHEMA_VERSION,
                "2026-11-26T12-00-00-" + command,
                command,
                List.of("scripts/pushpull", command, "--rate", "1/s"),
                "2026-11-26T12:00:00Z",
                scenario,
                DeliveryModes.all().stream()
                        .filter(mode -> modes.contains(mode.name()))
                        .map(mode -> predicted(mode, scenario, pricing))
                        .toList(),
                pricing,
                List.of());
    }

    private static PredictedMode predicted(DeliveryMode mode, Scenario scenario, Pricing pricing) {
        Prediction known = mode.theory().predict(scenario).orElse(new Prediction(Map.of(), List.of()));
        Map<String, Figure> figures = new LinkedHashMap<>(known.figures());
        pricing.fixedSum(mode.name())
                .ifPresent(sum -> figures.put(MonthlySums.FIXED, new Figure(sum, "fixed sum", "as named")));
        return new PredictedMode(mode.name(), mode.traits(), new Prediction(figures, known.latencyCurve()));
    }
}
