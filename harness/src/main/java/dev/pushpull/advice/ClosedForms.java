package dev.pushpull.advice;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import java.util.List;
import java.util.Optional;

/** A mode's figures by closed form. */
final class ClosedForms {
    /** Figures that a prediction has under the same name. */
    private static final List<String> SAME = List.of(
            "wasted_ratio",
            "requests_per_delivery",
            "bytes_per_delivery",
            "latency_mean_ms",
            "latency_p50_ms",
            "latency_p90_ms",
            "latency_p95_ms",
            "latency_p99_ms",
            "latency_p999_ms",
            "lost_ratio");

    private final Question question;

    ClosedForms(Question question) {
        this.question = question;
    }

    /** Empty where a mode has no closed form at all. */
    Optional<Figures> of(DeliveryMode mode, Scenario scenario) {
        return question.memo()
                .prediction(mode.name(), scenario, () -> mode.theory().predictWithConstantLegs(scenario))
                .filter(prediction -> !prediction.figures().isEmpty())
                .map(prediction -> figures(mode, scenario, prediction));
    }

    private Figures figures(DeliveryMode mode, Scenario scenario, Prediction prediction) {
        Figures.Sheet sheet = new Figures.Sheet();
        for (String column : SAME) {
            Prediction.Figure figure = prediction.figures().get(column);
            if (figure != null) {
                sheet.put(column, figure.value(), figure.formula(), figure.assumption());
            }
        }
        int consumers = scenario.events().consumers();
        double all = prediction.value("source_requests_per_s").orElse(Double.NaN);
        double counted = prediction.value("rate_limited_requests_per_s").orElse(all / consumers);
        double asked = mode.traits().begins() == Begins.CONSUMER
                ? all
                : mode.traits().begins() == Begins.PROVIDER ? 0 : counted * consumers;
        boolean free = question.terms().freeWhenEmpty() && mode.traits().has(Trait.BARE_WHEN_EMPTY);
        double held = !mode.traits().has(Trait.HOLDS_CONNECTIONS)
                ? 0
                : prediction
                        .value("held_connections")
                        .orElse(prediction.value("held_requests").orElse(consumers));
        double frames = prediction.value("frames_per_delivery").orElse(0);
        Prediction.Figure requests = prediction.figures().get("source_requests_per_s");
        String how = requests == null ? "" : requests.formula();
        String assumption = requests == null ? "" : requests.assumption();
        sheet.put("requests_per_second", all, how, assumption);
        new Derived(question, mode, scenario)
                .write(sheet, new Derived.Load(asked, all - asked, free ? counted : asked / consumers, held, frames));
        return sheet.of(Figures.Kind.PREDICTED);
    }
}
