package dev.pushpull.report.shared;

import dev.pushpull.report.shared.WhatIf.Slider;
import dev.pushpull.report.shared.WhatIf.Sum;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of the what-if section for the other ways an event travels: a held connection, thin webhooks and batched
 * ones. They start from the options of the run, or from what is usual.
 */
final class WhatIfOthers {
    private static final String LIFETIME = "lifetime_s";
    private static final String RECONNECT = "reconnect_s";
    private static final String DEBOUNCE = "debounce_s";
    private static final String LAG = "lag_s";
    private static final String BATCH_WAIT = "batch_wait_s";
    private static final String BATCH_SIZE = "batch_size";

    private static final double USUAL_RECONNECT_SECONDS = 2;
    private static final double USUAL_BATCH_WAIT_SECONDS = 1;
    private static final double USUAL_AGAIN_AFTER_SECONDS = 0.1;
    private static final int USUAL_BATCH_SIZE = 100;
    private static final int MOST_BATCH_SIZE = 1_000;

    private WhatIfOthers() {}

    /** What the fields start from; null for one that is empty. */
    static Map<String, Object> start(Scenario scenario) {
        Map<String, Object> start = new LinkedHashMap<>();
        start.put(LIFETIME, positive(seconds(scenario, "--stream-lifetime", 0)));
        start.put(RECONNECT, seconds(scenario, "--reconnect", USUAL_RECONNECT_SECONDS));
        start.put(DEBOUNCE, positive(seconds(scenario, "--debounce", 0)));
        start.put(LAG, positive(seconds(scenario, "--visibility-lag", 0)));
        start.put(BATCH_WAIT, seconds(scenario, "--batch-wait", USUAL_BATCH_WAIT_SECONDS));
        start.put(BATCH_SIZE, batchSize(scenario));
        return start;
    }

    /** What no field changes, in seconds. */
    static Map<String, Object> constants(Scenario scenario) {
        Scenario.Wire wire = scenario.wire();
        Map<String, Object> constants = new LinkedHashMap<>();
        constants.put("held_leg_s", (scenario.network().webhookNanos() + wire.legNanos()) / 1e9);
        constants.put("held_return_s", (wire.setUpNanos() + wire.legNanos()) / 1e9);
        constants.put("again_after_s", seconds(scenario, "--again-after", USUAL_AGAIN_AFTER_SECONDS));
        constants.put("wire", wire.modelled());
        return constants;
    }

    static List<Slider> sliders(Scenario scenario) {
        Map<String, Object> start = start(scenario);
        return List.of(
                Slider.logarithmic(
                        RECONNECT, "Held: time until it returns", 0.01, 600, (double) start.get(RECONNECT), false),
                Slider.logarithmic(
                        BATCH_WAIT, "Batched: longest wait", 0.01, 600, (double) start.get(BATCH_WAIT), false),
                Slider.logarithmic(
                        BATCH_SIZE, "Batched: most events", 1, MOST_BATCH_SIZE, (int) start.get(BATCH_SIZE), true));
    }

    static List<Sum> typed(Scenario scenario) {
        Map<String, Object> start = start(scenario);
        return List.of(
                new Sum(LIFETIME, "Held: seconds until the provider ends it", Decimals.cell(start.get(LIFETIME))),
                new Sum(DEBOUNCE, "Thin: seconds until the consumer reads", Decimals.cell(start.get(DEBOUNCE))),
                new Sum(LAG, "Thin: seconds by which reads lag behind", Decimals.cell(start.get(LAG))));
    }

    private static int batchSize(Scenario scenario) {
        String size = scenario.modeOptions().get("--batch-size");
        return size == null ? USUAL_BATCH_SIZE : Quantity.count("--batch-size", size, 1, Integer.MAX_VALUE);
    }

    /** An option of the run in seconds; 0 for {@code none}. */
    private static double seconds(Scenario scenario, String flag, double usual) {
        String given = scenario.modeOptions().get(flag);
        return given == null ? usual : given.equals("none") ? 0 : Quantity.durationOrZeroNanos(flag, given) / 1e9;
    }

    private static Double positive(double seconds) {
        return seconds > 0 ? seconds : null;
    }
}
