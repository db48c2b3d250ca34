package dev.pushpull.cli;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.report.prediction.PredictionReport;
import dev.pushpull.report.shared.JsonRows;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.PredictedMetrics;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code predict}: closed forms only, without a run. */
@Command(
        header = "Calculate cost and latency by closed form.",
        name = "predict",
        sortOptions = false,
        description = "Calculates what each delivery mode costs and how late it is, and names the "
                + "assumptions. Leaves out what has no known closed form. Without --duration or "
                + "--trace, the run is a month of 30 days.",
        footer = {
            "",
            "Lines are as wide as COLUMNS says, from 60 to 200; 80 where it says nothing.",
            "",
            "Examples:",
            "  pushpull predict --interval 1m --rate 40/d --consumers 1000",
            "  pushpull predict --interval 1m --rate 40/d --quota 5000/h",
            "  pushpull predict --interval 1m --rate 40/d --price 0.40",
            "  pushpull predict --interval 1m --rate 40/d --failure-rate 0.1 --retry 0s,5s,1m",
            "  git log --format=%%ct | pushpull predict --trace - --interval 5m",
            "",
            "Exit codes: 0 done, 2 usage."
        })
@Essentials({"--mode", "--interval", "--rate", "--consumers", "--quota", "--price", "--trace", "--preset"})
final class PredictCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ScenarioFlags flags = new ScenarioFlags();

    @Mixin
    private FaultFlags faults = new FaultFlags();

    @Mixin
    private LegFlags legs = new LegFlags();

    @Mixin
    private PriceFlag price = new PriceFlag();

    @Option(names = "--json", description = "Print only the figures, as one JSON object.")
    @FlagGroup.In(FlagGroup.RESULTS)
    private boolean json;

    /** The command with the flags that the modes declare. */
    static CommandLine commandLine() {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new PredictCommand());
        NotModelled.IN_CLOSED_FORM.hide(spec);
        ModeFlags.addTo(spec);
        return new CommandLine(spec);
    }

    @Override
    public Integer call() {
        NotModelled.IN_CLOSED_FORM.refuse(spec);
        ScenarioFlags.Asked asked = asked();
        Map<String, Prediction> predictions = new LinkedHashMap<>();
        for (DeliveryMode mode : asked.modes()) {
            predictions.put(
                    mode.name(), mode.theory().predict(asked.scenario()).orElse(new Prediction(Map.of(), List.of())));
        }
        if (flags.quota().isPresent()) {
            addQuota(flags.quota().get(), asked, predictions);
        }
        price.read().ifPresent(perMillion -> predictions.replaceAll((mode, known) -> billed(known, perMillion)));
        if (json) {
            System.out.println(JsonRows.render(
                    "predict",
                    predictions.entrySet().stream()
                            .map(entry -> row(asked.scenario(), entry.getKey(), entry.getValue()))
                            .toList()));
        } else {
            Terminal.print(PredictionReport.render(
                    asked.scenario(),
                    predictions,
                    Terminal.takesColour(),
                    Terminal.takesUnicode(),
                    Terminal.columns()));
        }
        return ExitCode.DONE;
    }

    private ScenarioFlags.Asked asked() {
        ScenarioFlags.Asked asked = flags.read(spec, ScenarioFlags.Extent.CLOSED_FORM);
        long durationNanos = asked.scenario().run().durationNanos();
        Scenario scenario = asked.scenario().withNetwork(legs.read()).withFaults(faults.read(durationNanos));
        return new ScenarioFlags.Asked(scenario, asked.modes());
    }

    private Prediction billed(Prediction prediction, double perMillion) {
        Prediction.Figure requests = prediction.figures().get("requests_per_month");
        if (requests == null) {
            return prediction;
        }
        Map<String, Prediction.Figure> figures = new LinkedHashMap<>(prediction.figures());
        figures.put(
                Metrics.MONTHLY_BILL,
                new Prediction.Figure(
                        requests.value() / 1e6 * perMillion,
                        "requests a month, times " + price.text() + " a million",
                        requests.assumption()));
        return new Prediction(figures, prediction.latencyCurve());
    }

    private void addQuota(Rate quota, ScenarioFlags.Asked wanted, Map<String, Prediction> predictions) {
        Quota limit = new Quota(quota.perSecond(), quota.text());
        boolean anyAsks =
                predictions.values().stream().anyMatch(prediction -> Quota.requestsPerSecond(prediction) != 0);
        boolean asked = spec.commandLine().getParseResult().hasMatchedOption(ScenarioFlags.QUOTA); // not a preset's
        if (!anyAsks && asked) {
            throw new InvalidInputException(
                    "--quota: '%s' is not accepted here; none of the modes %s is known to make requests to the provider"
                            .formatted(quota.text(), String.join(",", predictions.keySet())));
        }
        for (DeliveryMode mode : wanted.modes()) {
            predictions.compute(mode.name(), (name, prediction) -> limit.added(mode, wanted.scenario(), prediction));
        }
    }

    private static Map<String, Object> row(Scenario scenario, String mode, Prediction prediction) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("mode", mode);
        row.put("arrivals", scenario.events().arrivals().kind());
        row.put("rate_per_s", scenario.events().arrivals().ratePerSecond());
        row.put("interval_s", scenario.polling().intervalNanos() / 1e9);
        row.put("consumers", (long) scenario.events().consumers());
        row.put("duration_s", scenario.run().durationNanos() / 1e9);
        PredictedMetrics.ALL.forEach(metric -> {
            var value = prediction.value(metric.column());
            row.put(metric.column(), value.isPresent() ? value.getAsDouble() : null);
        });
        return row;
    }
}
