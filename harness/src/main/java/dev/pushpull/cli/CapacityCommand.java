package dev.pushpull.cli;

import dev.pushpull.experiment.capacity.Capacity;
import dev.pushpull.experiment.capacity.CapacityPath;
import dev.pushpull.host.FileDescriptors;
import dev.pushpull.host.Interruption;
import dev.pushpull.hosts.HostPlan;
import dev.pushpull.load.LoadDriver;
import dev.pushpull.report.capacity.CapacityResults;
import dev.pushpull.report.capacity.CapacityRows;
import dev.pushpull.report.capacity.CapacityTerminal;
import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.report.shared.JsonRows;
import dev.pushpull.scenario.CapacityFinding;
import dev.pushpull.scenario.CapacityFinding.Limit;
import dev.pushpull.scenario.CapacityRecord;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RateUnit;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Slo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code capacity}: the highest rate each path sustains. */
@Command(
        header = "Find the highest rate that each path sustains.",
        name = "capacity",
        sortOptions = false,
        description = "Finds the highest rate that each path sustains within a bound on its response time. "
                + "The load is open: requests are due at a constant rate, whatever happens to earlier "
                + "ones. Server and driver run in separate processes. Stalls of the machine are deducted, a reference "
                + "follows its speed, and the answer has an interval.",
        footer = {
            "",
            "Examples:",
            "  pushpull capacity",
            "  pushpull capacity --slo 'p99<20ms' --path poll-304,webhook-verified",
            "  pushpull capacity --driver okhttp --path webhook-verified",
            "  pushpull capacity --quick --path poll-empty",
            "  pushpull capacity --hosts hosts.toml --path poll-empty,webhook-verified",
            "",
            "Exit codes: 0 done, 1 something outside failed, 2 usage, 3 books do not balance or the load generator fell behind"
                    + " at every step, 4 a path cannot hold the bound even at the lowest step, 130 interrupted."
        })
final class CapacityCommand implements Callable<Integer> {
    private static final String NAME = "capacity";
    private static final int MOST_CONNECTIONS = 10_000;
    private static final long LEAST_STEP_NANOS = 100_000_000L;
    private static final long LONGEST_STEP_NANOS = 600_000_000_000L;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--slo",
            paramLabel = "BOUND",
            defaultValue = "p99<20ms",
            description = "The bound that a sustained step meets, counted from when a request is due to its "
                    + "response: a quantile below a time (default: ${DEFAULT-VALUE}).")
    private Slo slo;

    @Option(
            names = "--path",
            paramLabel = "PATH,...",
            split = ",",
            description = "Only these paths (repeatable): ${COMPLETION-CANDIDATES}.",
            completionCandidates = Ids.class)
    private List<CapacityPath> paths = new ArrayList<>();

    @Option(
            names = "--driver",
            paramLabel = "DRIVER",
            defaultValue = "undertow",
            description = "undertow, a non-blocking client on one thread, or okhttp, a thread for each "
                    + "connection, as in an ordinary integration (default: ${DEFAULT-VALUE}).")
    private LoadDriver.Kind driver;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "64",
            description =
                    "Connections that the driver keeps open; for long-poll, held polls (default: ${DEFAULT-VALUE}).")
    @Within(least = 1, most = MOST_CONNECTIONS)
    private int connections;

    @Option(
            names = "--step",
            paramLabel = "DURATION",
            description = "Measured time of a step, after a short warm-up (default: 2s; with --quick, 1s).")
    @Within(least = LEAST_STEP_NANOS, most = LONGEST_STEP_NANOS)
    private Duration step;

    @Option(
            names = "--quick",
            description =
                    "About 30 s for each path instead of up to 100: the best of three steps decides on each rate, "
                            + "and there is no interval.")
    private boolean quick;

    @Option(
            names = "--nominal",
            paramLabel = "RATE",
            description = "Bare echoes a second that count as nominal speed, at which answers are given: "
                    + "that of an earlier run makes both comparable (default: what is measured at the beginning).")
    private Rate nominal;

    @Option(
            names = "--payload",
            paramLabel = "SIZE",
            defaultValue = "1KiB",
            description = "Size of an event's data (default: ${DEFAULT-VALUE}).")
    @Within(least = 0, most = 1 << 20)
    private Size payload;

    @Option(
            names = HostsFile.FLAG,
            paramLabel = "FILE",
            description =
                    "Load from the hosts that this TOML file describes, in sum: polls from every [[poller]] to the "
                            + "[provider], webhooks from the [provider] to every [[receiver]]; see docs/hosts.md.")
    @FlagGroup.In(FlagGroup.HOSTS)
    private String hosts;

    @Mixin
    private OutputFlags output = new OutputFlags();

    /** The names accepted by {@code --path}. */
    static final class Ids extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Ids() {
            super(CapacityPath.ids());
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<HostPlan> plan = Optional.ofNullable(hosts).map(HostsFile::read);
        List<CapacityPath> wanted = plan.isPresent() ? pathsOver(plan.get()) : paths();
        FileDescriptors.checkConnections("--connections", connections);
        Duration measured = step != null ? step : Duration.ofSeconds(quick ? 1 : 2);
        OptionalDouble nominalPerSecond =
                nominal == null ? OptionalDouble.empty() : OptionalDouble.of(nominal.perSecond());
        Instant startedAt = Instant.now();
        ResultsFolder folder = output.reserve(NAME, startedAt);
        Interruption interruption = new Interruption();
        ShutdownGuard guard = new ShutdownGuard(interruption);
        List<CapacityFinding> findings = new ArrayList<>();
        Capacity.Setting setting = new Capacity.Setting(
                slo,
                driver,
                connections,
                measured.toNanos(),
                payload.bytes(),
                folder.path().toAbsolutePath(),
                quick,
                nominalPerSecond);
        boolean ended = false;
        try {
            Capacity capacity;
            try (Progress progress = output.progress()) {
                capacity = new Capacity(setting, interruption, progress);
                plan.ifPresent(capacity::over);
                try {
                    capacity.run(wanted, findings::add);
                    ended = true;
                } catch (InterruptedException e) {
                    if (!interruption.requested()) {
                        throw e;
                    }
                } finally {
                    if (!ended && !findings.isEmpty()) { // keep what was measured, whatever happens to the rest
                        CapacityResults.write(
                                record(setting, findings, folder, startedAt, true, capacity), folder.path());
                    }
                }
            }
            return reported(record(setting, findings, folder, startedAt, !ended, capacity), folder);
        } finally {
            folder.discardIfEmpty();
            guard.close();
        }
    }

    private List<CapacityPath> paths() {
        if (paths.isEmpty()) {
            return List.of(CapacityPath.values());
        }
        if (Set.copyOf(paths).size() < paths.size()) {
            throw Quantity.wrong(
                    "--path", paths.stream().map(CapacityPath::id).collect(Collectors.joining(",")), "each path once");
        }
        return paths;
    }

    /**
     * Those that these hosts have parts for.
     *
     * @throws InvalidInputException when another was asked for
     */
    private List<CapacityPath> pathsOver(HostPlan plan) {
        if (nominal != null) {
            throw new InvalidInputException(
                    "--nominal: it is not accepted with --hosts, since nobody follows the speed of several hosts");
        }
        for (CapacityPath path : paths) {
            path.refusalOver(plan).ifPresent(why -> {
                throw new InvalidInputException(
                        "--path: %s is not accepted with --hosts: %s".formatted(path.id(), why));
            });
        }
        return paths().stream().filter(path -> path.refusalOver(plan).isEmpty()).toList();
    }

    private CapacityRecord record(
            Capacity.Setting setting,
            List<CapacityFinding> findings,
            ResultsFolder folder,
            Instant startedAt,
            boolean partial,
            Capacity capacity) {
        return new CapacityRecord(
                RunRecord.SCHEMA_VERSION,
                folder.runId(),
                NAME,
                OutputFlags.typed(spec, NAME),
                startedAt.toString(),
                RunEnvironment.describe(),
                setting.slo(),
                setting.driver().id(),
                setting.connections(),
                setting.stepNanos(),
                setting.payloadBytes(),
                partial,
                capacity.means(),
                capacity.invalid(),
                List.copyOf(findings));
    }

    private int reported(CapacityRecord run, ResultsFolder folder) {
        Optional<Path> written = OutputFlags.written(folder, path -> CapacityResults.write(run, path));
        if (output.json()) {
            System.out.println(JsonRows.render(NAME, CapacityRows.of(run.findings())));
        } else if (output.report()) {
            Terminal.print(CapacityTerminal.render(run, written, Terminal.takesColour(), Terminal.takesUnicode()));
        }
        if (written.isEmpty()) {
            return ExitCode.FAILED;
        }
        if (run.partial()) {
            return ExitCode.INTERRUPTED;
        }
        if (!run.invalid().isEmpty()) {
            return ExitCode.INVALID;
        }
        if (said(run, Limit.DRIVER, "the load generator fell behind even at the lowest step")) {
            return ExitCode.INVALID;
        }
        return said(run, Limit.UNMET, "cannot hold " + run.slo().text() + " even at the lowest step")
                ? ExitCode.ASSERTION_FAILED
                : ExitCode.DONE;
    }

    /** Reports every path that has no answer for this reason; returns whether there is one. */
    private static boolean said(CapacityRecord run, Limit reason, String words) {
        List<CapacityFinding> without = run.findings().stream()
                .filter(finding ->
                        finding.limit() == reason && finding.perSecond().isEmpty())
                .toList();
        without.forEach(finding -> System.err.printf(
                "pushpull: %s: %s, %s%n",
                finding.path(), words, RateUnit.ANY.readable(finding.lowestTriedPerSecond())));
        return !without.isEmpty();
    }
}
