package dev.pushpull.report.run;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The section whose sliders recompute closed forms, starting from a run's own values.
 *
 * @param run the page's input, as JSON
 * @param price the initial value of its field; may be empty
 */
record WhatIf(String run, List<Slider> sliders, String price) {
    /**
     * A range input.
     *
     * @param scale {@code log} when it holds the decimal logarithm of its value
     * @param whole {@code yes} when its value is a whole number
     */
    record Slider(
            String name,
            String label,
            String least,
            String most,
            String step,
            String value,
            String scale,
            String whole) {
        private static Slider logarithmic(
                String name, String label, double least, double most, double value, boolean whole) {
            return new Slider(
                    name,
                    label,
                    Decimals.setting(Math.log10(Math.min(least, value))),
                    Decimals.setting(Math.log10(Math.max(most, value))),
                    "any",
                    Decimals.shortest(Math.log10(value)),
                    "log",
                    whole ? "yes" : "no");
        }
    }

    static WhatIf of(RunRecord run) {
        Scenario scenario = run.scenario();
        Map<String, Object> start = new LinkedHashMap<>();
        start.put("rate", scenario.events().arrivals().ratePerSecond());
        start.put("interval_s", scenario.polling().intervalNanos() / 1e9);
        start.put("consumers", scenario.events().consumers());
        start.put("payload", scenario.events().payloadBytes());
        start.put("failure_rate", scenario.faults().failureRate());
        start.put("attempts", scenario.webhooks().retries().delaysNanos().size());
        String price = Decimals.cell(
                run.pricePerMillion().isPresent() ? run.pricePerMillion().getAsDouble() : null);
        return new WhatIf(RunJson.text(values(run, start)), sliders(scenario), price);
    }

    private static List<Slider> sliders(Scenario scenario) {
        int attempts = scenario.webhooks().retries().delaysNanos().size();
        List<Slider> sliders = new ArrayList<>();
        sliders.add(Slider.logarithmic(
                "rate",
                "Events of one stream",
                1e-5,
                100,
                scenario.events().arrivals().ratePerSecond(),
                false));
        sliders.add(Slider.logarithmic(
                "interval_s", "Poll interval", 0.01, 86_400, scenario.polling().intervalNanos() / 1e9, false));
        sliders.add(Slider.logarithmic(
                "consumers", "Consumers", 1, 1e6, scenario.events().consumers(), true));
        sliders.add(Slider.logarithmic(
                "payload", "Payload", 16, 1 << 20, scenario.events().payloadBytes(), true));
        sliders.add(new Slider(
                "failure_rate",
                "Attempts that fail",
                "0",
                "0.9",
                "0.01",
                Decimals.shortest(Math.min(0.9, scenario.faults().failureRate())),
                "",
                "no"));
        if (attempts > 1) {
            String all = String.valueOf(attempts);
            sliders.add(new Slider("attempts", "Attempts at most", "1", all, "1", all, "", "yes"));
        }
        return sliders;
    }

    private static Map<String, Object> values(RunRecord run, Map<String, Object> start) {
        Scenario scenario = run.scenario();
        Map<String, Object> values = new LinkedHashMap<>(start);
        values.put("start", start);
        values.put("duration_s", scenario.run().durationNanos() / 1e9);
        values.put("page_limit", scenario.polling().pageLimit());
        values.put("retention", scenario.events().retention());
        values.put("shared", scenario.events().streams() == Scenario.Streams.SHARED);
        values.put("poll_leg_s", scenario.network().pollResponseNanos() / 1e9);
        values.put("webhook_leg_s", scenario.network().webhookNanos() / 1e9);
        values.put(
                "waits_s",
                scenario.webhooks().retries().delaysNanos().stream()
                        .map(nanos -> nanos / 1e9)
                        .toList());
        values.put("jitter", scenario.webhooks().retries().jitter());
        Optional<Outcome> polling = Modes.polling(run).filter(Modes::pollsEveryInterval);
        values.put(
                "conditional",
                polling.map(outcome -> outcome.traits().has(Trait.BARE_WHEN_EMPTY))
                        .orElse(false));
        values.put("bytes", polling.map(outcome -> bytes(outcome.prediction())).orElse(null));
        return values;
    }

    /** Bytes of each message on this program's surface; null for a run made before they were recorded. */
    private static Map<String, Double> bytes(Prediction prediction) {
        Map<String, Double> bytes = new LinkedHashMap<>();
        for (String part : List.of("request", "empty", "page", "event", "attempt")) {
            OptionalDouble size = prediction.value(part + "_bytes");
            if (size.isEmpty()) {
                return null;
            }
            bytes.put(part, size.getAsDouble());
        }
        return bytes;
    }
}
