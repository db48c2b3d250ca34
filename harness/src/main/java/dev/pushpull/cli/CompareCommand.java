package dev.pushpull.cli;

import dev.pushpull.experiment.Comparison;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.hosts.HostPlan;
import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.report.run.RunResults;
import dev.pushpull.report.run.TerminalReport;
import dev.pushpull.report.shared.JsonRows;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code compare}: measures delivery modes side by side. */
@Command(
        header = "Measure delivery modes live, over the same events.",
        name = "compare",
        sortOptions = false,
        description = "Runs delivery modes live, over real HTTP and the same events. Prints four common "
                + "claims about polling and webhooks, each with measured figures and a verdict, and "
                + "writes a report.",
        footer = {
            "",
            "Examples:",
            "  pushpull compare",
            "  pushpull compare --interval 5s --rate 30/m --consumers 100 --duration 60s",
            "  pushpull compare --arrivals bursty --assert 'webhook.latency_p99_ms<50'",
            "  pushpull compare --mode polling,webhook,sse --outage 5s@10s --retry 0s,1s,2s,4s",
            "  pushpull compare --trials 5 --trace access.log.gz --speedup 60 --interval 1s",
            "",
            "Exit codes: 0 done, 1 something outside failed, 2 usage, 3 the run is invalid, 4 an assertion failed,"
                    + " 130 interrupted."
        })
@Essentials({"--mode", "--interval", "--rate", "--consumers", "--duration", "--trace", "--rtt", "--preset", "--out"})
final class CompareCommand implements Callable<Integer> {
    private static final int MOST_TRIALS = 1000;

    /** How many processes take part. */
    private enum Processes {
        ONE,
        SEPARATE
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private ScenarioFlags flags = new ScenarioFlags();

    @Option(
            names = "--trials",
            paramLabel = "N",
            defaultValue = "1",
            description = "Number of runs, each with new events and another mode first. summary.csv has a row "
                    + "for each; everything else pools them (default: ${DEFAULT-VALUE}).")
    @FlagGroup.In(FlagGroup.RUN)
    @Within(least = 1, most = MOST_TRIALS)
    private int trials;

    @Option(
            names = "--processes",
            paramLabel = "KIND",
            defaultValue = "one",
            description = "one, or separate: provider, poller and receiver in JVMs of their own, each reported "
                    + "with its CPU, JIT, GC and memory (default: ${DEFAULT-VALUE}).")
    @FlagGroup.In(FlagGroup.RUN)
    private Processes processes;

    @Mixin
    private HostsFlag hosts = new HostsFlag();

    @Mixin
    private OwnProvider provider = new OwnProvider();

    @Mixin
    private FaultFlags faults = new FaultFlags();

    @Mixin
    private PriceFlags prices = new PriceFlags();

    @Mixin
    private OutputFlags output = new OutputFlags();

    @Mixin
    private WatchFlag watch = new WatchFlag();

    @Option(
            names = "--assert",
            paramLabel = "CONDITION",
            description = "Exit with 4 unless this holds, such as 'webhook.latency_p99_ms<50' (repeatable).")
    @FlagGroup.In(FlagGroup.RESULTS)
    private List<String> assertions = new ArrayList<>();

    /** The command with the flags that the modes declare. */
    static CommandLine commandLine() {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new CompareCommand());
        ModeFlags.addTo(spec);
        return new CommandLine(spec);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        provider.check();
        ScenarioFlags.Asked asked = asked();
        if (processes == Processes.SEPARATE && asked.scenario().wire().tls()) {
            throw Quantity.wrong(
                    "--processes",
                    "separate",
                    "'one' together with --tls, since only the run's own process knows its certificate");
        }
        if (processes == Processes.SEPARATE && watch.given()) {
            throw Quantity.wrong(
                    "--processes",
                    "separate",
                    "'one' together with --watch, since only the run's own process sees each step");
        }
        Optional<HostPlan> plan = hosts.read(asked.scenario(), asked.modes(), true);
        if (plan.isPresent() && processes == Processes.SEPARATE) {
            throw Quantity.wrong(
                    "--processes", "separate", "'one' together with --hosts, where each part is a process anyway");
        }
        if (plan.isPresent() && watch.given()) {
            throw new InvalidInputException(
                    "--watch: it is not accepted with --hosts, since only a run in one process sees each step");
        }
        List<Assertion> conditions = assertions.stream()
                .map(text -> Assertion.parse(text, asked.scenario().run().modes()))
                .toList();
        WebhookFlags.checkStores(asked.scenario().webhooks());
        prices.read(asked.scenario().run().modes()); // reject this before anything runs
        Instant startedAt = Instant.now();
        ResultsFolder folder = output.reserve("compare", startedAt);
        Interruption interruption = new Interruption();
        ShutdownGuard guard = new ShutdownGuard(interruption);
        Progress progress = output.progress();
        Optional<Watching> watching = watch.open(
                "Compared live: " + String.join(", ", asked.scenario().run().modes()), progress);
        try {
            Comparison.Result result = measured(asked, plan, interruption, progress, watching);
            RunRecord run = record(asked, result, folder, startedAt, interruption, watching);
            int code = reported(run, result, folder, conditions, interruption);
            watching.ifPresent(page -> page.report(folder.path()));
            return code;
        } finally {
            watching.ifPresent(Watching::close);
            folder.discardIfEmpty();
            guard.close();
        }
    }

    private ScenarioFlags.Asked asked() {
        ScenarioFlags.Asked asked = flags.read(spec);
        long runNanos = asked.scenario().run().durationNanos();
        return new ScenarioFlags.Asked(asked.scenario().withFaults(faults.read(runNanos, "run")), asked.modes());
    }

    private Comparison.Result measured(
            ScenarioFlags.Asked asked,
            Optional<HostPlan> plan,
            Interruption interruption,
            Progress progress,
            Optional<Watching> watching)
            throws IOException, InterruptedException {
        try (progress) {
            RunListener listener = watching.isPresent() ? watching.get() : progress;
            Comparison comparison = new Comparison(asked.scenario(), asked.modes(), interruption, listener)
                    .withJournal()
                    .withTrials(trials);
            plan.ifPresent(comparison::over);
            return (processes == Processes.SEPARATE ? comparison.inSeparateProcesses() : comparison).run();
        }
    }

    private RunRecord record(
            ScenarioFlags.Asked asked,
            Comparison.Result result,
            ResultsFolder folder,
            Instant startedAt,
            Interruption interruption,
            Optional<Watching> watching) {
        return new RunRecord(
                        RunRecord.SCHEMA_VERSION,
                        folder.runId(),
                        "compare",
                        OutputFlags.typed(spec, "compare"),
                        startedAt.toString(),
                        result.measuredNanos(),
                        asked.scenario(),
                        result.outcomes(),
                        result.noise(),
                        RunEnvironment.describe(),
                        interruption.requested() || result.lost().isPresent(),
                        asked.warnings())
                .with(
                        Stream.of(
                                        TraceFindings.of(asked.scenario()).stream(),
                                        result.findings().stream(),
                                        watching.flatMap(Watching::cost).stream())
                                .flatMap(findings -> findings)
                                .toList(),
                        result.agreement())
                .withProcesses(result.processes())
                .over(result.hosts())
                .priced(prices.read(asked.scenario().run().modes()));
    }

    private int reported(
            RunRecord run,
            Comparison.Result result,
            ResultsFolder folder,
            List<Assertion> conditions,
            Interruption interruption) {
        Optional<Path> written = OutputFlags.written(folder, path -> RunResults.write(run, result.journal(), path));
        if (output.json()) {
            System.out.println(JsonRows.render(
                    "compare",
                    run.outcomes().stream()
                            .map(outcome -> Metrics.row(run, outcome))
                            .toList()));
        } else if (output.report()) {
            Terminal.print(TerminalReport.render(run, written, Terminal.takesColour(), Terminal.takesUnicode()));
        }
        List<String> failures = conditions.stream()
                .map(condition -> condition.failure(run))
                .flatMap(Optional::stream)
                .toList();
        failures.forEach(failure -> System.err.println("pushpull: assertion failed: " + failure));
        result.failures().forEach(StandaloneOutput::trouble);
        if (written.isEmpty() || !result.failures().isEmpty()) {
            return ExitCode.FAILED;
        }
        if (interruption.requested()) {
            return ExitCode.INTERRUPTED;
        }
        if (!run.valid()) {
            run.outcomes()
                    .forEach(outcome -> outcome.invalid()
                            .forEach(reason ->
                                    System.err.println("pushpull: invalid: " + outcome.mode() + ": " + reason)));
            return ExitCode.INVALID;
        }
        return failures.isEmpty() ? ExitCode.DONE : ExitCode.ASSERTION_FAILED;
    }
}
