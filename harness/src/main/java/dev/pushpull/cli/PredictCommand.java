package dev.pushpull.cli;

import dev.pushpull.delivery.Behind;
import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.report.prediction.PredictionReport;
import dev.pushpull.report.prediction.PredictionResults;
import dev.pushpull.report.shared.JsonRows;
import dev.pushpull.scenario.PredictionRecord;
import dev.pushpull.scenario.Pricing;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.DisablingRule;
import dev.pushpull.schedule.RequestQuota;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
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
            "  pushpull predict --interval 1m --rate 40/d --quota 5000/h --price '0.40 USD'",
            "  pushpull predict --interval 1m --rate 40/d --failure-rate 0.1 --retry 0s,5s --out new",
            "  git log --format=%%ct | pushpull predict --trace - --interval 5m",
            "",
            "Exit codes: 0 done, 1 something outside failed, 2 usage."
        })
@Essentials({"--mode", "--interval", "--rate", "--consumers", "--quota", "--price", "--trace", "--preset"})
final class PredictCommand implements Callable<Integer> {
    private static final String NAME = "predict";

    @Spec
    private CommandSpec spec;

    @Mixin
    private ScenarioFlags flags = new ScenarioFlags();

    @Mixin
    private FaultFlags faults = new FaultFlags();

    @Mixin
    private LegFlags legs = new LegFlags();

    @Mixin
    private PriceFlags prices = new PriceFlags();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Also write a page and the figures to this folder, new or empty (default: write nothing).")
    @FlagGroup.In(FlagGroup.RESULTS)
    private Path out;

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
        Pricing pricing = prices.read(asked.scenario().run().modes());
        boolean limited = spec.commandLine().getParseResult().hasMatchedOption(ScenarioFlags.QUOTA); // not a preset's
        List<PredictionRecord.PredictedMode> predictions =
                Predictions.of(unlimited(asked), pricing, flags.quota(), limited);
        Instant startedAt = Instant.now();
        if (out == null) {
            print(record("", startedAt, asked, predictions, pricing), Optional.empty());
            return ExitCode.DONE;
        }
        ResultsFolder folder =
                ResultsFolder.create(Optional.of(out), Path.of("").toAbsolutePath(), NAME, startedAt);
        try {
            PredictionRecord record = record(folder.runId(), startedAt, asked, predictions, pricing);
            Optional<Path> written = OutputFlags.written(folder, path -> PredictionResults.write(record, path));
            print(record, written);
            return written.isPresent() ? ExitCode.DONE : ExitCode.FAILED;
        } finally {
            folder.discardIfEmpty();
        }
    }

    private PredictionRecord record(
            String runId,
            Instant startedAt,
            ScenarioFlags.Asked asked,
            List<PredictionRecord.PredictedMode> predictions,
            Pricing pricing) {
        return new PredictionRecord(
                RunRecord.SCHEMA_VERSION,
                runId,
                NAME,
                OutputFlags.typed(spec, NAME),
                startedAt.toString(),
                asked.scenario(),
                predictions,
                pricing,
                Stream.of(
                                ProfileFlags.warnings(asked.scenario()).stream(),
                                EndpointFlags.warnings(asked.scenario(), List.of()).stream(),
                                Behind.notes(asked.modes(), asked.scenario()).stream(),
                                NotModelled.IN_CLOSED_FORM.ofPreset(spec).stream())
                        .flatMap(Function.identity())
                        .toList());
    }

    private void print(PredictionRecord record, Optional<Path> written) {
        if (json) {
            System.out.println(JsonRows.render(NAME, record.rows()));
        } else {
            Terminal.print(PredictionReport.render(
                    record, written, Terminal.takesColour(), Terminal.takesUnicode(), Terminal.columns()));
        }
    }

    /** What consumers would ask for: a quota is held against it. A preset's rule of disabling has no closed form. */
    private static ScenarioFlags.Asked unlimited(ScenarioFlags.Asked asked) {
        Scenario scenario = asked.scenario();
        return new ScenarioFlags.Asked(
                scenario.withPolling(scenario.polling().withQuota(RequestQuota.NONE))
                        .withWebhooks(scenario.webhooks().withDisabling(DisablingRule.NONE)),
                asked.modes());
    }

    private ScenarioFlags.Asked asked() {
        ScenarioFlags.Asked asked = flags.read(spec, ScenarioFlags.Extent.CLOSED_FORM);
        long durationNanos = asked.scenario().run().durationNanos();
        Scenario scenario = asked.scenario().withNetwork(legs.read()).withFaults(faults.read(durationNanos));
        Behind.check(asked.modes(), scenario);
        return new ScenarioFlags.Asked(scenario, asked.modes());
    }
}
