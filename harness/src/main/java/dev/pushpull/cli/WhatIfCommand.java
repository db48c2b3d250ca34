package dev.pushpull.cli;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.delivery.Reconciling;
import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.report.prediction.PredictionReport;
import dev.pushpull.report.prediction.PredictionResults;
import dev.pushpull.report.shared.JsonRows;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.PredictionRecord;
import dev.pushpull.scenario.Pricing;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code what-if}: a page with sliders over the closed forms, without a run. */
@Command(
        header = "Write a page that answers what-if questions.",
        name = "what-if",
        sortOptions = false,
        description =
                "Writes a page with sliders for rate, interval, consumers, payload, failures and prices. It "
                        + "shows the figures of polling at a fixed interval and of webhooks, each with its formula and the "
                        + "numbers in it. The flags set where the sliders start. Nothing is run, and the page needs no network.",
        footer = {
            "",
            "Examples:",
            "  pushpull what-if",
            "  pushpull what-if --interval 1m --rate 40/d --consumers 1000",
            "  pushpull what-if --failure-rate 0.01 --reconcile 10m",
            "  pushpull what-if --price '0.40 USD' --monthly webhook=25",
            "",
            "Exit codes: 0 done, 1 something outside failed, 2 usage."
        })
@Essentials({"--interval", "--rate", "--consumers", "--payload", "--failure-rate", "--price", "--monthly", "--out"})
final class WhatIfCommand implements Callable<Integer> {
    private static final String NAME = "what-if";

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

    @Mixin
    private OutputFlags output = new OutputFlags();

    /** The command without the flags that its formulas do not know. */
    static CommandLine commandLine() {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new WhatIfCommand());
        ModeFlags.addTo(spec, Reconciling.INTERVAL.flag()::equals);
        NotModelled.ON_SLIDERS.hide(spec);
        return new CommandLine(spec);
    }

    @Override
    public Integer call() {
        NotModelled.ON_SLIDERS.refuse(spec);
        ScenarioFlags.Asked asked = asked();
        Pricing pricing = prices.read(asked.scenario().run().modes());
        Instant startedAt = Instant.now();
        ResultsFolder folder = output.reserve(NAME, startedAt);
        try {
            PredictionRecord record = new PredictionRecord(
                    RunRecord.SCHEMA_VERSION,
                    folder.runId(),
                    NAME,
                    OutputFlags.typed(spec, NAME),
                    startedAt.toString(),
                    asked.scenario(),
                    Predictions.of(asked, pricing, Optional.empty(), false),
                    pricing,
                    NotModelled.ON_SLIDERS.ofPreset(spec).stream().toList());
            Optional<Path> written = OutputFlags.written(folder, path -> PredictionResults.write(record, path));
            if (output.json()) {
                System.out.println(JsonRows.render(NAME, record.rows()));
            } else if (output.report()) {
                Terminal.print(PredictionReport.render(
                        record, written, Terminal.takesColour(), Terminal.takesUnicode(), Terminal.columns()));
            }
            return written.isPresent() ? ExitCode.DONE : ExitCode.FAILED;
        } finally {
            folder.discardIfEmpty();
        }
    }

    /** The modes that the four claims are about, whose closed forms the page has. */
    private ScenarioFlags.Asked asked() {
        Scenario given = flags.read(spec, ScenarioFlags.Extent.CLOSED_FORM).scenario();
        List<DeliveryMode> modes = DeliveryModes.all().stream()
                .filter(mode -> mode.traits().has(Trait.CLAIMED))
                .toList();
        Scenario.Events events = given.events();
        Scenario scenario = given.withEvents(events.withArrivals(
                        new PoissonArrivals(events.arrivals().ratePerSecond()))) // a preset may have another law
                .withNetwork(legs.read())
                .withFaults(faults.read(given.run().durationNanos()))
                .withRun(given.run()
                        .withModes(modes.stream().map(DeliveryMode::name).toList()));
        return new ScenarioFlags.Asked(
                scenario,
                modes.stream().map(mode -> DeliveryModes.in(scenario, mode)).toList());
    }
}
