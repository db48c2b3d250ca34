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
import dev.pushpull.schedule.RetrySchedule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The closed forms in the page against those in Java. */
class WhatIfFormulasInBrowserTest extends Browser {
    private static final int INPUTS = 1_000;
    private static final double NINE_DIGITS = 1e-9;
    private static final int EXPLAINED = 200;

    private static final List<String> COLUMNS = List.of(
            "wasted_ratio",
            "lost_ratio",
            "requests_per_delivery",
            "requests_per_day",
            "bytes_per_delivery",
            "latency_mean_ms",
            "latency_p50_ms",
            "latency_p90_ms",
            "latency_p95_ms",
            "latency_p99_ms",
            "latency_p999_ms",
            "crossover_requests_load_factor",
            "crossover_bytes_load_factor");

    private final RunRecord run = predicted(Runs.ordinary().run());
    private final String html = HtmlReport.render(run, List.of());
    private final SplittableRandom random = new SplittableRandom(20_261_124);

    @Test
    void thePageComputesWhatJavaComputesToNineDigits() throws IOException {
        share(html);
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (int i = 0; i < INPUTS; i++) {
            inputs.add(input());
        }
        List<?> answers = (List<?>) script(
                "const run = JSON.parse(document.getElementById('what-if-section').dataset.run);"
                        + "return arguments[0].map(input => pushpullWhatIf.predict(input, run))",
                inputs);

        int compared = 0;
        for (int i = 0; i < INPUTS; i++) {
            Scenario scenario = scenario(run.scenario(), inputs.get(i));
            Map<?, ?> both = (Map<?, ?>) answers.get(i);
            for (String mode : List.of("polling", "webhook")) {
                Map<?, ?> page = (Map<?, ?>) both.get(mode);
                Prediction java = prediction(mode, scenario);
                for (String column : COLUMNS) {
                    if (column.startsWith("crossover") && inputs.get(i).containsKey("reconcile_s")) {
                        continue; // Java's is that of webhooks without polls
                    }
                    Map<String, Object> input = inputs.get(i);
                    Supplier<String> what = () -> mode + "." + column + " of " + input;
                    Object figure = page.get(column);
                    assertThat(figure != null)
                            .as(what)
                            .isEqualTo(java.value(column).isPresent());
                    if (figure != null) {
                        double expected = java.value(column).getAsDouble();
                        // for a share next to nothing, compare absolutely
                        double floor = column.equals("lost_ratio") ? 1 : Math.abs(expected);
                        assertThat(((Number) figure).doubleValue())
                                .as(what)
                                .isCloseTo(expected, within(NINE_DIGITS * floor));
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isGreaterThan(15 * INPUTS);
    }

    /** Where polling and webhooks with polls beside them cross, both need as much. */
    @Test
    void webhooksWithPollsAreCrossedWherePollingNeedsAsMuch() throws IOException {
        share(html);

        List<?> ratios = (List<?>) script("""
                const run = JSON.parse(document.getElementById("what-if-section").dataset.run), ratios = [];
                const start = Object.assign({}, run.start, {rate: 0.01, interval_s: 1, failure_rate: 0.1, attempts: 3, reconcile_s: 600});
                const at = pushpullWhatIf.predict(start, run).polling;
                for (const [column, figure] of [["requests", "requests_per_delivery"], ["bytes", "bytes_per_delivery"]]) {
                  const interval = at["crossover_" + column + "_load_factor"] / start.rate;
                  const both = pushpullWhatIf.predict(Object.assign({}, start, {interval_s: interval}), run);
                  ratios.push(both.polling[figure] / both.webhook[figure]);
                }
                return ratios;""");

        assertThat(ratios)
                .hasSize(2)
                .allSatisfy(ratio -> assertThat(((Number) ratio).doubleValue()).isCloseTo(1, within(1e-3)));
    }

    /** With a calculator, a reader comes from the numbers in a formula to the figure beside it. */
    @Test
    void theNumbersInAFormulaComeToTheFigure() throws IOException {
        share(html);
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (int i = 0; i < EXPLAINED; i++) {
            Map<String, Object> input = input();
            input.put("price", 0.4);
            input.put("fixed_webhook", 25.5);
            inputs.add(input);
        }
        List<?> answers = (List<?>) script("""
                const run = JSON.parse(document.getElementById("what-if-section").dataset.run);
                return arguments[0].map(input => {
                  const both = pushpullWhatIf.predict(input, run);
                  const titles = pushpullCurves.titles(input, both);
                  return {figures: both, formulas: pushpullFormulas.write(input, run, both),
                          titles: said(titles, both.polling, both.webhook) ? "" : titles};
                });
                %s""".formatted(TITLES), inputs);

        int compared = 0;
        for (int i = 0; i < EXPLAINED; i++) {
            Map<?, ?> answer = (Map<?, ?>) answers.get(i);
            for (String mode : List.of("polling", "webhook")) {
                Map<?, ?> figures = (Map<?, ?>) ((Map<?, ?>) answer.get("figures")).get(mode);
                Map<?, ?> formulas = (Map<?, ?>) ((Map<?, ?>) answer.get("formulas")).get(mode);
                for (Map.Entry<?, ?> formula : formulas.entrySet()) {
                    String numbers = (String) ((Map<?, ?>) formula.getValue()).get("numbers");
                    Number figure = (Number) figures.get(formula.getKey());
                    if (figure != null) {
                        double unit = formula.getKey().toString().endsWith("_ms") ? 1e3 : 1;
                        assertThat(unit * WrittenFormula.value(numbers))
                                .as("%s %s: %s of %s", mode, formula.getKey(), numbers, inputs.get(i))
                                .isCloseTo(figure.doubleValue(), within(1e-9 + 1e-4 * figure.doubleValue()));
                        compared++;
                    }
                }
            }
            assertThat(answer.get("titles")).as("titles of %s", inputs.get(i)).isEqualTo("");
        }
        assertThat(compared).isGreaterThan(15 * EXPLAINED);
        assertThat(((Map<?, ?>) ((Map<?, ?>) ((Map<?, ?>) answers.get(0)).get("formulas")).get("polling")).keySet())
                .anyMatch("monthly_total"::equals);
    }

    /** Whether each title says the figures that it is about. */
    private static final String TITLES = """
            function said(titles, polled, pushed) {
                const t = pushpullText, lost = polled.lost_ratio > pushpullWhatIf.LOST;
                return titles["what-if-waste"].includes(t.percent(Math.exp(-polled.load_factor)) + " of the polls")
                  && titles["what-if-requests"].includes(t.significant(polled.requests_per_delivery) + " for polling")
                  && titles["what-if-requests"].includes(pushed.requests_per_delivery == null ? "unknown for webhooks"
                      : t.significant(pushed.requests_per_delivery) + " for webhooks")
                  && (lost ? titles["what-if-latency"].includes("loses events")
                      : titles["what-if-latency"].includes("Polling is " + t.latency(polled.latency_mean_ms) + " late")
                        && (pushed.latency_mean_ms == null
                            || titles["what-if-latency"].endsWith("webhooks " + t.latency(pushed.latency_mean_ms))));
            }""";

    private Map<String, Object> input() {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("rate", Math.pow(10, random.nextDouble(-5, 2)));
        input.put("interval_s", Math.round(1e9 * Math.pow(10, random.nextDouble(-2, 3.5))) / 1e9);
        input.put("consumers", (int) Math.pow(10, random.nextDouble(0, 6)));
        input.put("payload", (int) Math.pow(10, random.nextDouble(1.3, 6)));
        input.put("failure_rate", random.nextInt(3) == 0 ? 0 : random.nextDouble(0.9));
        input.put(
                "attempts",
                random.nextInt(1, RetrySchedule.STANDARD_WEBHOOKS.delaysNanos().size() + 1));
        if (random.nextBoolean()) {
            input.put("reconcile_s", Math.round(1e9 * Math.pow(10, random.nextDouble(-1, 5))) / 1e9);
        }
        return input;
    }

    private static Scenario scenario(Scenario of, Map<String, Object> input) {
        RetrySchedule retries = of.webhooks().retries();
        Map<String, String> polls = input.containsKey("reconcile_s")
                ? Map.of("--reconcile", Math.round(1e9 * (Double) input.get("reconcile_s")) + "ns")
                : Map.of();
        return of.withModeOptions(polls)
                .withEvents(of.events()
                        .withArrivals(new PoissonArrivals((Double) input.get("rate")))
                        .withConsumers((Integer) input.get("consumers"))
                        .withPayloadBytes((Integer) input.get("payload")))
                .withPolling(of.polling().withIntervalNanos(Math.round(1e9 * (Double) input.get("interval_s"))))
                .withWebhooks(of.webhooks()
                        .withRetries(new RetrySchedule(
                                retries.delaysNanos().subList(0, (Integer) input.get("attempts")), retries.jitter())))
                .withFaults(Scenario.Faults.NONE.withFailureRate(((Number) input.get("failure_rate")).doubleValue()));
    }
}
