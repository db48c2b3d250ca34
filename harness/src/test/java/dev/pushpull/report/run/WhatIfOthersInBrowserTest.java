package dev.pushpull.report.run;

import static dev.pushpull.report.run.PredictedRuns.predicted;
import static dev.pushpull.report.run.PredictedRuns.prediction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.report.shared.Browser;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What the page computes for held connections, thin and batched webhooks is what the program does, to nine digits. */
class WhatIfOthersInBrowserTest extends Browser {
    private static final int INPUTS = 60;
    private static final double NINE_DIGITS = 1e-9;

    /** A mode that travels in each of the page's ways. */
    private static final Map<String, String> MODES =
            Map.of("held", "sse", "thin", "thin-webhook", "batched", "batched-webhook");

    private static final List<String> COLUMNS = List.of(
            "latency_mean_ms",
            "latency_p50_ms",
            "latency_p90_ms",
            "latency_p99_ms",
            "latency_p999_ms",
            "wasted_ratio",
            "lost_ratio",
            "requests_per_delivery",
            "requests_per_day",
            "requests_per_month",
            "connections_per_delivery",
            "connection_seconds_per_delivery",
            "held_connections",
            "reconnects");

    private final RunRecord run = predicted(Runs.ordinary().run());
    private final String html = HtmlReport.render(run, List.of());
    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void theFormsAreThoseOfTheProgram() throws IOException {
        share(html);
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (int i = 0; i < INPUTS; i++) {
            inputs.add(input());
        }
        List<?> answers = (List<?>) script(
                "const run = JSON.parse(document.getElementById('what-if-section').dataset.run);"
                        + "return arguments[0].map(input => pushpullOthers.predict(input, run))",
                inputs);

        int compared = 0;
        for (int i = 0; i < INPUTS; i++) {
            Scenario scenario = scenario(run.scenario(), inputs.get(i));
            for (Map.Entry<String, String> way : MODES.entrySet()) {
                Map<?, ?> page = (Map<?, ?>) ((Map<?, ?>) answers.get(i)).get(way.getKey());
                compared += compared(way.getKey() + " of " + inputs.get(i), page, prediction(way.getValue(), scenario));
            }
        }
        assertThat(compared).isGreaterThan(15 * INPUTS);
    }

    private static int compared(String what, Map<?, ?> page, Prediction java) {
        int compared = 0;
        for (String column : COLUMNS) {
            Object figure = page.get(column);
            if (figure != null) {
                assertThat(java.value(column)).as(what + ": " + column).isPresent();
                double expected = java.value(column).getAsDouble();
                // for a share next to nothing, compare absolutely
                double floor = column.equals("lost_ratio") ? 1 : Math.abs(expected);
                assertThat(((Number) figure).doubleValue())
                        .as(what + ": " + column)
                        .isCloseTo(expected, within(NINE_DIGITS * floor));
                compared++;
            } else if (column.startsWith("latency_") || column.equals("requests_per_delivery")) {
                assertThat(java.value(column)).as(what + ": " + column).isEmpty();
            }
        }
        return compared;
    }

    private Map<String, Object> input() {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("rate", Math.pow(10, random.nextDouble(-4, 2)));
        input.put("interval_s", 0.5);
        input.put("consumers", (int) Math.pow(10, random.nextDouble(0, 6)));
        input.put("payload", 1024);
        input.put("failure_rate", 0);
        input.put("attempts", 1);
        input.put("lifetime_s", random.nextInt(3) == 0 ? null : seconds(0, 4));
        input.put("reconnect_s", seconds(-2, 2));
        input.put("debounce_s", random.nextInt(2) == 0 ? null : seconds(-2, 1));
        input.put("lag_s", random.nextInt(2) == 0 ? null : seconds(-2.9, -0.9));
        input.put("batch_wait_s", seconds(-2, 1.5));
        input.put("batch_size", (int) Math.pow(10, random.nextDouble(0, 2.5)));
        return input;
    }

    /** A whole number of milliseconds, as a consumer's wait must be. */
    private double seconds(double fromPower, double toPower) {
        return Math.max(1, Math.round(1e3 * Math.pow(10, random.nextDouble(fromPower, toPower)))) / 1e3;
    }

    private static Scenario scenario(Scenario of, Map<String, Object> input) {
        Map<String, String> options = new LinkedHashMap<>();
        option(options, "--stream-lifetime", input.get("lifetime_s"));
        option(options, "--reconnect", input.get("reconnect_s"));
        option(options, "--debounce", input.get("debounce_s"));
        option(options, "--visibility-lag", input.get("lag_s"));
        option(options, "--batch-wait", input.get("batch_wait_s"));
        options.put("--batch-size", input.get("batch_size").toString());
        return of.withEvents(of.events()
                        .withArrivals(new PoissonArrivals((Double) input.get("rate")))
                        .withConsumers((Integer) input.get("consumers")))
                .withModeOptions(options);
    }

    private static void option(Map<String, String> options, String flag, Object seconds) {
        if (seconds != null) {
            options.put(flag, Math.round(1e3 * (Double) seconds) + "ms");
        }
    }

    @Test
    void theTableFollowsItsFields() throws IOException {
        share(html);

        assertThat(cell("data-other", "held_connections", 1)).isEqualTo("20");
        assertThat(cell("data-other", "latency_mean_ms", 3))
                .as("batches of a second")
                .isEqualTo("750 ms");
        assertThat(find("tr[data-other=lost_without_replay]").isDisplayed()).isFalse();
        find("#what-if-lifetime_s").sendKeys("20");

        assertThat(cell("data-other", "lost_without_replay", 1)).isEqualTo("9.09 %");
        assertThat(cell("data-other", "held_connections", 1)).isEqualTo("18.2");
        find("#what-if-reset").click();
        assertThat(cell("data-other", "held_connections", 1)).isEqualTo("20");
        assertQuiet();
    }

    /** They find what was lost, and cost requests. */
    @Test
    void pollsBesideWebhooksFindWhatWasLostAndCostRequests() throws IOException {
        share(html);
        script("const f = document.getElementById('what-if-failure_rate'); f.value = 0.5;"
                + "f.dispatchEvent(new Event('input', {bubbles: true}))");
        find("#what-if-attempts").sendKeys(Keys.HOME);
        assertThat(cell("data-column", "lost_ratio", 2)).isEqualTo("50 %");
        assertThat(cell("data-column", "requests_per_month", 2)).isEqualTo("51,840,000");

        find("#what-if-reconcile_s").sendKeys("60");

        assertThat(cell("data-column", "lost_ratio", 2)).isEmpty(); // the row is hidden
        assertThat(cell("data-column", "requests_per_month", 2))
                .isEqualTo("52,704,001"); // and a poll a minute by each of 20 consumers, hardly ever of two pages
        assertThat(cell("data-column", "latency_p99_ms", 2)).isEqualTo("58.8 s");
        assertThat(find("dl[data-mode=webhook] [data-column=latency_p99_ms]").getAttribute("textContent"))
                .contains("v + R (1 − (1 − 0.99) / f)");
        assertThat(find("#what-if-crossover").getText())
                .contains("webhooks with polls beside them")
                .doesNotContain("lose");
        await("location.hash.includes('reconcile_s:60')");
        assertQuiet();
        find("#what-if-reset").click();
    }
}
