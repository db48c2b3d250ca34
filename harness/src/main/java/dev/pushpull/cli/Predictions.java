package dev.pushpull.cli;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.MonthlySums;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Prediction.Figure;
import dev.pushpull.scenario.PredictionRecord.PredictedMode;
import dev.pushpull.scenario.Pricing;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What closed forms say about the modes of a scenario, with quota and bills added. */
final class Predictions {
    private static final String NAMED = "as named by --price and --monthly";

    private Predictions() {}

    /**
     * @param quota a rate limit of the provider
     * @param asked whether it was asked for, rather than set by a preset
     * @throws InvalidInputException when it was asked for and no mode makes requests
     */
    static List<PredictedMode> of(ScenarioFlags.Asked wanted, Pricing pricing, Optional<Rate> quota, boolean asked) {
        Map<DeliveryMode, Prediction> predictions = new LinkedHashMap<>();
        for (DeliveryMode mode : wanted.modes()) {
            predictions.put(mode, mode.predict(wanted.scenario()).orElse(new Prediction(Map.of(), List.of())));
        }
        quota.ifPresent(rate -> limit(rate, asked, wanted, predictions));
        return predictions.entrySet().stream()
                .map(known -> new PredictedMode(
                        known.getKey().name(),
                        known.getKey().traits(),
                        billed(known.getKey().name(), known.getValue(), pricing)))
                .toList();
    }

    private static void limit(
            Rate quota, boolean asked, ScenarioFlags.Asked wanted, Map<DeliveryMode, Prediction> predictions) {
        boolean anyAsks =
                predictions.values().stream().anyMatch(prediction -> Quota.requestsPerSecond(prediction) != 0);
        if (!anyAsks && asked) {
            throw new InvalidInputException(
                    "--quota: '%s' is not accepted here; none of the modes %s is known to make requests to the provider"
                            .formatted(
                                    quota.text(),
                                    String.join(",", wanted.scenario().run().modes())));
        }
        Quota limit = new Quota(quota.perSecond(), quota.text());
        predictions.replaceAll((mode, prediction) -> limit.added(mode, wanted.scenario(), prediction));
    }

    private static Prediction billed(String mode, Prediction prediction, Pricing pricing) {
        if (!pricing.isNamed()) {
            return prediction;
        }
        Map<String, Figure> figures = new LinkedHashMap<>(prediction.figures());
        Optional<Figure> requests = Optional.ofNullable(figures.get("requests_per_month"));
        BigDecimal monthly =
                requests.map(figure -> new BigDecimal(figure.value())).orElse(BigDecimal.ZERO);
        requests.ifPresent(known -> pricing.requestsBill(mode, monthly)
                .ifPresent(bill -> figures.put(
                        MonthlySums.BILL,
                        new Figure(
                                bill,
                                "requests a month, times " + price(mode, pricing) + " a million",
                                known.assumption()))));
        pricing.fixedSum(mode).ifPresent(fixed -> {
            figures.put(MonthlySums.FIXED, new Figure(fixed, "fixed sum", NAMED));
            boolean complete =
                    requests.isPresent() || pricing.perMillionOf(mode).isEmpty();
            pricing.total(mode, monthly).stream()
                    .filter(total -> complete)
                    .forEach(total -> figures.put(
                            MonthlySums.TOTAL,
                            new Figure(
                                    total,
                                    pricing.perMillionOf(mode).isEmpty() ? "fixed sum" : "requests bill + fixed sum",
                                    requests.map(Figure::assumption).orElse(NAMED))));
        });
        return new Prediction(figures, prediction.latencyCurve());
    }

    private static String price(String mode, Pricing pricing) {
        String sum = Decimals.shortest(pricing.perMillionOf(mode).orElseThrow());
        return pricing.currency().isEmpty() ? sum : sum + " " + pricing.currency();
    }
}
