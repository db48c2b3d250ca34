package dev.pushpull.report.shared;

import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.PredictionRecord;
import dev.pushpull.scenario.PredictionRecord.PredictedMode;
import dev.pushpull.scenario.Pricing;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The section whose sliders recompute closed forms of polling at a fixed interval and of webhooks.
 *
 * @param run the page's input, as JSON
 * @param start what its sliders start from, in words
 * @param otherSliders of the other ways an event travels
 * @param otherNumbers to be typed, of those ways
 * @param typed fields for what is typed: a time between polls beside webhooks, and money
 * @param currency the initial value of its field; may be empty
 * @param formulas the figures whose formulas are shown, for each of the two modes
 * @param unfolded whether the formulas are open from the start
 */
public record WhatIf(
        String run,
        String start,
        List<Slider> sliders,
        List<Slider> otherSliders,
        List<Sum> otherNumbers,
        List<Sum> typed,
        String currency,
        List<Formula> formulas,
        boolean unfolded) {
    private static final String RECONCILE = "reconcile_s";

    /** The page's scripts for the section, in the order in which they must run. */
    public static final List<String> SCRIPTS = List.of(
            "whatif-text.js",
            "whatif-forms.js",
            "whatif-formulas.js",
            "whatif-others.js",
            "whatif-address.js",
            "whatif-charts.js",
            "whatif.js");

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
        static Slider logarithmic(String name, String label, double least, double most, double value, boolean whole) {
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

    /** A number to type; empty when none was named. */
    record Sum(String name, String label, String value) {}

    /** A figure with its name for people. */
    record Formula(String column, String name) {}

    private static final List<Formula> FORMULAS = List.of(
            new Formula("load_factor", "events in an interval, λT"),
            new Formula("wasted_ratio", "wasted polls"),
            new Formula("lost_ratio", "events lost"),
            new Formula("requests_a_poll", "requests a poll, r"),
            new Formula("requests_per_delivery", "requests per delivered event"),
            new Formula("requests_per_month", "requests a month"),
            new Formula("bytes_per_delivery", "bytes per delivered event"),
            new Formula("bytes_per_month", "bytes a month"),
            new Formula("latency_mean_ms", "latency mean"),
            new Formula("latency_p50_ms", "latency p50"),
            new Formula("latency_p99_ms", "latency p99"),
            new Formula("monthly_bill", "requests bill"),
            new Formula("monthly_fixed_sum", "fixed sum"),
            new Formula("monthly_total", "total a month"));

    /** Starting from a run's own values, with its formulas folded. */
    public static WhatIf of(RunRecord run) {
        List<PredictedMode> modes = run.outcomes().stream()
                .map(outcome -> new PredictedMode(outcome.mode(), outcome.traits(), outcome.prediction()))
                .toList();
        return of(run.scenario(), modes, run.pricing(), "this run’s values", false);
    }

    /** Starting from the values of a prediction, with its formulas open. */
    public static WhatIf of(PredictionRecord record) {
        String start = record.onSliders() ? "the first values" : "this prediction’s values";
        return of(record.scenario(), record.predictions(), record.pricing(), start, true);
    }

    private static WhatIf of(
            Scenario scenario, List<PredictedMode> modes, Pricing pricing, String words, boolean unfolded) {
        Optional<PredictedMode> polling = first(modes, Begins.CONSUMER)
                .filter(mode -> mode.prediction().value("load_factor").isPresent());
        Optional<PredictedMode> alone = first(modes, Begins.PROVIDER);
        Optional<PredictedMode> webhook = alone.or(() -> first(modes, Begins.BOTH));
        Map<String, Object> start = new LinkedHashMap<>();
        start.put("rate", scenario.events().arrivals().ratePerSecond());
        start.put("interval_s", scenario.polling().intervalNanos() / 1e9);
        start.put("consumers", scenario.events().consumers());
        start.put("payload", scenario.events().payloadBytes());
        start.put("failure_rate", scenario.faults().failureRate());
        start.put("attempts", scenario.webhooks().retries().delaysNanos().size());
        start.put(
                "price", pricing.perMillion().isPresent() ? pricing.perMillion().getAsDouble() : null);
        start.put("fixed_polling", polling.map(mode -> fixed(pricing, mode)).orElse(null));
        start.put("fixed_webhook", webhook.map(mode -> fixed(pricing, mode)).orElse(null));
        start.put(RECONCILE, alone.isPresent() ? null : reconciled(scenario));
        start.putAll(WhatIfOthers.start(scenario));
        start.put("currency", pricing.currency().isEmpty() ? null : pricing.currency());
        List<Sum> typed = List.of(
                new Sum(RECONCILE, "Webhooks: seconds between polls", Decimals.cell(start.get(RECONCILE))),
                new Sum("price", "Price of a million requests", Decimals.cell(start.get("price"))),
                new Sum("fixed_polling", "Fixed sum a month, polling", Decimals.cell(start.get("fixed_polling"))),
                new Sum("fixed_webhook", "Fixed sum a month, webhooks", Decimals.cell(start.get("fixed_webhook"))));
        return new WhatIf(
                RunJson.text(values(scenario, polling, start)),
                words,
                sliders(scenario),
                WhatIfOthers.sliders(scenario),
                WhatIfOthers.typed(scenario),
                typed,
                pricing.currency(),
                FORMULAS,
                unfolded);
    }

    /** The mode that the claims are about, or else the first of those that begin like this. */
    private static Optional<PredictedMode> first(List<PredictedMode> modes, Begins begins) {
        return modes.stream()
                .filter(mode -> mode.traits().begins() == begins)
                .min(Comparator.comparing(mode -> !mode.traits().has(Trait.CLAIMED)));
    }

    /** Seconds between polls beside what is pushed; null when none were asked for. */
    private static Double reconciled(Scenario scenario) {
        String asked = scenario.modeOptions().get("--reconcile");
        return asked == null ? null : Quantity.durationNanos("--reconcile", asked) / 1e9;
    }

    private static Double fixed(Pricing pricing, PredictedMode mode) {
        OptionalDouble sum = pricing.fixedSum(mode.mode());
        return sum.isPresent() ? sum.getAsDouble() : null;
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

    private static Map<String, Object> values(
            Scenario scenario, Optional<PredictedMode> polling, Map<String, Object> start) {
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
        values.putAll(WhatIfOthers.constants(scenario));
        values.put("jitter", scenario.webhooks().retries().jitter());
        values.put(
                "conditional",
                polling.map(mode -> mode.traits().has(Trait.BARE_WHEN_EMPTY)).orElse(false));
        values.put("bytes", polling.map(mode -> bytes(mode.prediction())).orElse(null));
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
