package dev.pushpull.cli;

import dev.pushpull.delivery.Behind;
import dev.pushpull.experiment.Simulation;
import dev.pushpull.experiment.shards.ShardMerge;
import dev.pushpull.experiment.shards.ShardPlan;
import dev.pushpull.host.Interruption;
import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.report.run.RunResults;
import dev.pushpull.report.run.TerminalReport;
import dev.pushpull.report.shared.JsonRows;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}: runs the same policies in virtual time. */
@Command(
        header = "Run modes in virtual time: years in seconds.",
        name = "simulate",
        sortOptions = false,
        description = "Runs delivery modes in virtual time: years, millions of consumers or your own event "
                + "times, in seconds. The policies are those of a live run. The figures stand beside "
                + "the closed forms.",
        footer = {
            "",
            "Examples:",
            "  pushpull simulate --interval 5m --rate 40/d --horizon 365d --consumers 1000",
            "  git log --format=%%ct | pushpull simulate --trace - --interval 5m",
            "  pushpull simulate --outage 10m@2h --retry 0s,5s,5m,30m --mode polling,webhook",
            "",
            "Exit codes: 0 done, 1 something outside failed, 2 usage, 3 the run is invalid, 130 interrupted."
        })
@Essentials({
    "--mode",
    "--interval",
    "--rate",
    "--consumers",
    "--horizon",
    "--arrivals",
    "--trace",
    "--outage",
    "--calibrate",
    "--out"
})
final class SimulateCommand implements Callable<Integer>, ShardedWork.Command {
    private static final String NAME = "simulate";
    private static final int MOST_TRIALS = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ScenarioFlags flags = new ScenarioFlags();

    @Option(
            names = "--trials",
            paramLabel = "K",
            defaultValue = "1",
            description = "Number of runs, each with new events (default: ${DEFAULT-VALUE}).")
    @FlagGroup.In(FlagGroup.RUN)
    @Within(least = 1, most = MOST_TRIALS)
    private int trials;

    @Mixin
    private FaultFlags faults = new FaultFlags();

    @Mixin
    private LegFlags legs = new LegFlags();

    @Mixin
    private PriceFlags prices = new PriceFlags();

    @Mixin
    private ShardFlags shards = new ShardFlags();

    @Mixin
    private OutputFlags output = new OutputFlags();

    /** The command with the flags that the modes declare, except those that need real time. */
    static CommandLine commandLine() {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new SimulateCommand());
        OptionSpec horizon = spec.findOption(ScenarioFlags.HORIZON);
        spec.remove(horizon);
        spec.addOption(OptionSpec.builder(horizon)
                .names(ScenarioFlags.HORIZON, ScenarioFlags.DURATION)
                .description("Simulated time, such as 1d or 365d (default: 1d; with --trace, its span).")
                .build());
        NotModelled.IN_VIRTUAL_TIME.hide(spec);
        ModeFlags.addTo(spec);
        return new CommandLine(spec);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ScenarioFlags.Asked asked = checked();
        Optional<Integer> elsewhere = shards.elsewhere(work(asked), output);
        if (elsewhere.isPresent()) {
            return elsewhere.get();
        }
        Instant startedAt = Instant.now();
        ResultsFolder folder = output.reserve(NAME, startedAt);
        Interruption interruption = new Interruption();
        ShutdownGuard guard = new ShutdownGuard(interruption);
        try {
            List<Outcome> outcomes;
            try (Progress progress = output.progress()) {
                outcomes = new Simulation().run(asked.scenario(), asked.modes(), trials, interruption, progress);
            }
            return reported(record(asked, outcomes, folder, startedAt.toString(), interruption.requested()), folder);
        } finally {
            folder.discardIfEmpty();
            guard.close();
        }
    }

    @Override
    public int merge(Path shardsIn, OutputFlags prints) throws IOException {
        output = prints;
        ScenarioFlags.Asked asked = checked();
        ShardMerge.Merged merged = work(asked).merged(shardsIn, prints);
        ResultsFolder folder = prints.mergedInto(shardsIn, NAME);
        return reported(record(asked, merged.outcomes().get(0), folder, merged.startedAt(), false), folder);
    }

    private ShardedWork work(ScenarioFlags.Asked asked) {
        return new ShardedWork(spec, NAME, new ShardPlan(List.of(asked.scenario()), asked.modes(), trials));
    }

    private ScenarioFlags.Asked checked() {
        NotModelled.IN_VIRTUAL_TIME.refuse(spec);
        ScenarioFlags.Asked asked = asked();
        Workload.checkMemory("--trials", asked.modes().size(), trials);
        Workload.check(ScenarioFlags.HORIZON, asked.scenario(), asked.modes().size(), trials);
        prices.read(asked.scenario().run().modes()); // reject this before anything runs
        return asked;
    }

    private ScenarioFlags.Asked asked() {
        ScenarioFlags.Asked asked = flags.read(spec, ScenarioFlags.Extent.VIRTUAL_TIME);
        long horizonNanos = asked.scenario().run().durationNanos();
        Scenario scenario = VirtualQuota.modelled(spec, asked.scenario(), asked.modes())
                .withNetwork(legs.read())
                .withFaults(faults.read(horizonNanos));
        Behind.check(asked.modes(), scenario);
        return new ScenarioFlags.Asked(scenario, asked.modes());
    }

    private RunRecord record(
            ScenarioFlags.Asked asked,
            List<Outcome> outcomes,
            ResultsFolder folder,
            String startedAt,
            boolean partial) {
        return new RunRecord(
                        RunRecord.SCHEMA_VERSION,
                        folder.runId(),
                        NAME,
                        ShardFlags.unsharded(OutputFlags.typed(spec, NAME)),
                        startedAt,
                        outcomes.isEmpty() ? 0 : asked.scenario().run().durationNanos(),
                        asked.scenario(),
                        outcomes,
                        RunRecord.Noise.none(),
                        RunEnvironment.describe(),
                        partial,
                        Stream.of(
                                        asked.warnings().stream(),
                                        NotModelled.IN_VIRTUAL_TIME.ofPreset(spec).stream(),
                                        VirtualQuota.ofPreset(spec, asked.scenario()).stream())
                                .flatMap(warnings -> warnings)
                                .toList())
                .with(TraceFindings.of(asked.scenario()), List.of())
                .priced(prices.read(asked.scenario().run().modes()));
    }

    private int reported(RunRecord run, ResultsFolder folder) {
        Optional<Path> written = OutputFlags.written(folder, path -> RunResults.write(run, path));
        if (output.json()) {
            System.out.println(JsonRows.render(
                    NAME,
                    run.outcomes().stream()
                            .map(outcome -> Metrics.virtualRow(run, outcome))
                            .toList()));
        } else if (output.report()) {
            Terminal.print(TerminalReport.render(run, written, Terminal.takesColour(), Terminal.takesUnicode()));
        }
        if (written.isEmpty()) {
            return ExitCode.FAILED;
        }
        if (run.partial()) {
            return ExitCode.INTERRUPTED;
        }
        run.outcomes()
                .forEach(outcome -> outcome.invalid()
                        .forEach(reason -> System.err.println("pushpull: invalid: " + outcome.mode() + ": " + reason)));
        return run.valid() ? ExitCode.DONE : ExitCode.INVALID;
    }
}
