package dev.pushpull.cli;

import dev.pushpull.delivery.Behind;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.Comparison;
import dev.pushpull.experiment.Sweep;
import dev.pushpull.experiment.shards.ShardMerge;
import dev.pushpull.experiment.shards.ShardPlan;
import dev.pushpull.host.Interruption;
import dev.pushpull.hosts.HostLostException;
import dev.pushpull.hosts.HostPlan;
import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.report.shared.JsonRows;
import dev.pushpull.report.sweep.SweepResults;
import dev.pushpull.report.sweep.SweepTerminal;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.SweepRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sweep}: runs compare over a grid of intervals and rates. */
@Command(
        header = "Compare over a grid of intervals and rates.",
        name = "sweep",
        sortOptions = false,
        description = "Compares delivery modes at every interval with every rate, live or in virtual time. "
                + "Says from which load factor polling needs fewer requests, and fewer bytes, than " + "webhooks.",
        footer = {
            "",
            "Examples:",
            "  pushpull sweep --interval 100ms,500ms,2s --rate 30/m,2/s,10/s --duration 10s",
            "  pushpull sweep --simulate --interval 10s,1m,5m --rate 1/h,10/h,100/h --duration 7d",
            "",
            "Exit codes: 0 done, 1 something outside failed, 2 usage, 3 a cell is invalid, 4 an assertion failed,"
                    + " 130 interrupted."
        })
@Essentials({"--mode", "--interval", "--rate", "--consumers", "--duration", "--simulate", "--arrivals", "--out"})
final class SweepCommand implements Callable<Integer>, ShardedWork.Command {
    private static final String NAME = "sweep";
    private static final String INTERVALS = "100ms,500ms,2s";
    private static final String RATES = "30/m,2/s,10/s";
    private static final List<String> ONLY_SIMULATED = List.of("--poll-leg", "--webhook-leg", "--calibrate");

    @Spec
    private CommandSpec spec;

    @Option(names = "--simulate", description = "Run in virtual time. --duration is then the simulated time.")
    @FlagGroup.In(FlagGroup.RUN)
    private boolean simulate;

    @Mixin
    private ScenarioFlags flags = new ScenarioFlags();

    @Mixin
    private HostsFlag hosts = new HostsFlag();

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

    @Option(
            names = "--assert",
            paramLabel = "CONDITION",
            description = "Exit with 4 unless this holds in every cell, such as 'webhook.latency_p99_ms<50' "
                    + "(repeatable).")
    @FlagGroup.In(FlagGroup.RESULTS)
    private List<String> assertions = new ArrayList<>();

    /** The command, with lists where others take one value, and the flags that the modes declare. */
    static CommandLine commandLine() {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new SweepCommand());
        listed(spec, ScenarioFlags.INTERVAL, "Poll intervals T, a comma list (default: " + INTERVALS + ").", INTERVALS);
        listed(spec, EventFlags.RATE, "Event rates of one stream, a comma list (default: " + RATES + ").", null);
        OptionSpec duration = spec.findOption(ScenarioFlags.DURATION);
        spec.remove(duration);
        spec.addOption(OptionSpec.builder(duration)
                .description("Measured time of each cell (default: 30s; 1d with --simulate; with --trace, its span).")
                .build());
        ModeFlags.addTo(spec);
        return new CommandLine(spec);
    }

    /** Has a flag that takes one value elsewhere take the text of a list. */
    private static void listed(CommandSpec spec, String flag, String description, String byDefault) {
        OptionSpec one = spec.findOption(flag);
        spec.remove(one);
        spec.addOption(OptionSpec.builder(flag)
                .paramLabel(one.paramLabel())
                .userObject(one.userObject())
                .type(String.class)
                .description(description)
                .defaultValue(byDefault)
                .build());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Grid grid = grid();
        Optional<HostPlan> plan = hosts.read(grid.cells().get(0), grid.modes(), !simulate);
        if (!simulate && shards.given()) {
            throw new InvalidInputException("--shard, --shards: not accepted here; accepted: with --simulate");
        }
        Optional<Integer> elsewhere = shards.elsewhere(work(grid), output);
        if (elsewhere.isPresent()) {
            return elsewhere.get();
        }
        Instant startedAt = Instant.now();
        ResultsFolder folder = output.reserve(NAME, startedAt);
        Interruption interruption = new Interruption();
        ShutdownGuard guard = new ShutdownGuard(interruption);
        List<Comparison.Result> results = new ArrayList<>();
        boolean ended = false;
        try {
            try (Progress progress = output.progress()) {
                Sweep sweep = new Sweep(grid.cells(), grid.modes(), interruption, progress);
                if (simulate) {
                    sweep.simulated(results::add);
                } else {
                    sweep.live(plan, results::add);
                }
                ended = true;
            } finally {
                if (!ended && !results.isEmpty()) { // keep what was measured, whatever happens to the rest
                    SweepResults.write(record(grid, results, folder, startedAt.toString(), true), folder.path());
                }
            }
            Optional<String> lost = Comparison.lost(results);
            boolean partial = interruption.requested() || lost.isPresent();
            int code =
                    reported(record(grid, results, folder, startedAt.toString(), partial), folder, grid.conditions());
            if (lost.isPresent()) {
                throw new HostLostException(lost.get());
            }
            Set<String> failures = new LinkedHashSet<>();
            results.forEach(result -> failures.addAll(result.failures()));
            failures.forEach(StandaloneOutput::trouble);
            return failures.isEmpty() ? code : ExitCode.FAILED;
        } finally {
            folder.discardIfEmpty();
            guard.close();
        }
    }

    /** The cells, checked, with what is said of all of them and what must hold in each. */
    private record Grid(
            List<Scenario> cells, List<DeliveryMode> modes, List<String> warnings, List<Assertion> conditions) {}

    private Grid grid() {
        List<ScenarioFlags.Asked> asked = flags.grid(spec, simulate, RATES);
        List<DeliveryMode> modes = asked.get(0).modes();
        List<Scenario> cells = asked.stream().map(this::checked).toList();
        Workload.checkMemory("cells", modes.size(), cells.size());
        List<String> names = cells.get(0).run().modes();
        prices.read(names); // reject this before anything runs
        return new Grid(
                cells,
                modes,
                warnings(asked),
                assertions.stream().map(text -> Assertion.parse(text, names)).toList());
    }

    private ShardedWork work(Grid grid) {
        return new ShardedWork(spec, NAME, new ShardPlan(grid.cells(), grid.modes(), 1));
    }

    @Override
    public int merge(Path shardsIn, OutputFlags prints) throws IOException {
        output = prints;
        Grid grid = grid();
        ShardMerge.Merged merged = work(grid).merged(shardsIn, prints);
        List<Comparison.Result> results = new ArrayList<>();
        for (int i = 0; i < grid.cells().size(); i++) {
            results.add(Sweep.simulated(grid.cells().get(i), merged.outcomes().get(i)));
        }
        ResultsFolder folder = prints.mergedInto(shardsIn, NAME);
        return reported(record(grid, results, folder, merged.startedAt(), false), folder, grid.conditions());
    }

    private Scenario checked(ScenarioFlags.Asked asked) {
        Scenario cell = asked.scenario();
        if (simulate) {
            NotModelled.IN_VIRTUAL_TIME.refuse(spec);
            cell = VirtualQuota.modelled(spec, cell, asked.modes());
            Behind.check(asked.modes(), cell);
            Workload.check(ScenarioFlags.DURATION, cell, cell.run().modes().size(), 1);
            return cell.withNetwork(legs.read())
                    .withFaults(faults.read(cell.run().durationNanos()));
        }
        WebhookFlags.checkStores(cell.webhooks());
        for (String flag : ONLY_SIMULATED) {
            if (spec.commandLine().getParseResult().hasMatchedOption(flag)) {
                throw new InvalidInputException(flag + ": it is not accepted here; accepted: with --simulate");
            }
        }
        return cell.withFaults(faults.read(cell.run().durationNanos(), "run"));
    }

    private SweepRecord record(
            Grid grid, List<Comparison.Result> results, ResultsFolder folder, String startedAt, boolean partial) {
        List<Scenario> cells = grid.cells();
        List<String> typed = ShardFlags.unsharded(OutputFlags.typed(spec, NAME));
        Map<String, String> environment = RunEnvironment.describe();
        List<RunRecord> records = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            Comparison.Result result = results.get(i);
            records.add(new RunRecord(
                            RunRecord.SCHEMA_VERSION,
                            folder.runId(),
                            NAME,
                            typed,
                            startedAt,
                            result.measuredNanos(),
                            cells.get(i),
                            result.outcomes(),
                            result.noise(),
                            Map.of(), // the sweep's own
                            partial,
                            i == 0 ? grid.warnings() : List.of())
                    .with(TraceFindings.of(cells.get(i)), result.agreement())
                    .over(result.hosts())
                    .priced(prices.read(cells.get(i).run().modes())));
        }
        return new SweepRecord(
                RunRecord.SCHEMA_VERSION,
                folder.runId(),
                NAME,
                typed,
                startedAt,
                environment,
                cells.size(),
                partial,
                records);
    }

    /** Those of all cells, each once. */
    private List<String> warnings(List<ScenarioFlags.Asked> asked) {
        return Stream.of(
                        asked.stream().flatMap(cell -> cell.warnings().stream()),
                        simulate ? NotModelled.IN_VIRTUAL_TIME.ofPreset(spec).stream() : Stream.<String>empty(),
                        simulate
                                ? VirtualQuota.ofPreset(spec, asked.get(0).scenario()).stream()
                                : Stream.<String>empty())
                .flatMap(warnings -> warnings)
                .distinct()
                .toList();
    }

    private int reported(SweepRecord sweep, ResultsFolder folder, List<Assertion> conditions) {
        Optional<Path> written = OutputFlags.written(folder, path -> SweepResults.write(sweep, path));
        if (output.json()) {
            System.out.println(JsonRows.render(
                    NAME,
                    sweep.cells().stream()
                            .flatMap(cell -> cell.outcomes().stream().map(outcome -> Metrics.row(cell, outcome)))
                            .toList()));
        } else if (output.report()) {
            Terminal.print(SweepTerminal.render(sweep, written, Terminal.takesColour(), Terminal.takesUnicode()));
        }
        boolean failed = SweepVerdict.assertionFails(sweep, conditions);
        if (written.isEmpty()) {
            return ExitCode.FAILED;
        }
        if (sweep.partial()) {
            return ExitCode.INTERRUPTED;
        }
        SweepVerdict.sayInvalid(sweep);
        return !sweep.valid() ? ExitCode.INVALID : failed ? ExitCode.ASSERTION_FAILED : ExitCode.DONE;
    }
}
