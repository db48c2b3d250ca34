package dev.pushpull.cli;

import dev.pushpull.experiment.capacity.Capacity;
import dev.pushpull.experiment.capacity.CapacityPath;
import dev.pushpull.host.FileDescriptors;
import dev.pushpull.host.Interruption;
import dev.pushpull.load.LoadDriver;
import dev.pushpull.report.capacity.CapacityResults;
import dev.pushpull.report.capacity.CapacityRows;
import dev.pushpull.report.capacity.CapacityTerminal;
import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.report.shared.JsonRows;
import dev.pushpull.scenario.CapacityFinding;
import dev.pushpull.scenario.CapacityFinding.Limit;
import dev.pushpull.scenario.CapacityRecord;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RateUnit;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Slo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
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
                + "ones. Server and driver run in separate processes.",
        footer = {
            "",
            "Examples:",
            "  pushpull capacity",
            "  pushpull capacity --slo 'p99<20ms' --path poll-304,webhook-verified",
            "  pushpull capacity --driver okhttp --path webhook-verified",
            "",
            "Exit codes: 0 done, 1 something outside failed, 2 usage, 3 books do not balance or the driver fell behind"
                    + " at every step, 4 a path cannot hold the bound even at the lowest step, 130 interrupted."
        })
final class CapacityCommand implements Callable<Integer> {
    private static final String NAME = "capacity";
    private static final int MOST_CONNECTIONS = 10_000;
    private static final int MOST_PAYLOAD_BYTES = 1 << 20;
    private static final long LEAST_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST_STEP_NANOS = TimeUnit.MINUTES.toNanos(10);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--slo",
            paramLabel = "BOUND",
            description = "The bound that a sustained step meets, counted from when a request is due to its "
                    + "response: a quantile below a time (default: p99<20ms).")
    private String slo = "p99<20ms";

    @Option(
            names = "--path",
            paramLabel = "PATH,...",
            split = ",",
            description = "Only these paths (repeatable): ${COMPLETION-CANDIDATES}.",
            completionCandidates = Ids.class)
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--driver",
            paramLabel = "DRIVER",
            description = "undertow, a non-blocking client on one thread, or okhttp, a thread for each "
                    + "connection, as in an ordinary integration (default: undertow).")
    private String driver = LoadDriver.Kind.UNDERTOW.id();

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "Connections that the driver keeps open; for long-poll, held polls (default: 64).")
    private String connections = "64";

    @Option(
            names = "--step",
            paramLabel = "DURATION",
            description = "Measured time of a step, after a short warm-up (default: 2s).")
    private String step = "2s";

    @Option(names = "--payload", paramLabel = "SIZE", description = "Size of an event's data (default: 1KiB).")
    private String payload = "1KiB";

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
        Slo bound = Slo.parse("--slo", slo);
        List<CapacityPath> wanted = paths();
        LoadDriver.Kind kind = DriverFlag.kind(driver);
        int count = Quantity.count("--connections", connections, 1, MOST_CONNECTIONS);
        long stepNanos = Quantity.durationNanos("--step", step);
        if (stepNanos < LEAST_STEP_NANOS || stepNanos > LONGEST_STEP_NANOS) {
            throw Quantity.wrong("--step", step, "a duration from 100ms to 10m");
        }
        int payloadBytes = Quantity.bytes("--payload", payload, 0, MOST_PAYLOAD_BYTES);
        FileDescriptors.checkConnections("--connections", count);
        Instant startedAt = Instant.now();
        ResultsFolder folder = output.reserve(NAME, startedAt);
        Interruption interruption = new Interruption();
        ShutdownGuard guard = new ShutdownGuard(interruption);
        List<CapacityFinding> findings = new ArrayList<>();
        Capacity.Setting setting = new Capacity.Setting(
                bound, kind, count, stepNanos, payloadBytes, folder.path().toAbsolutePath());
        boolean ended = false;
        try {
            Capacity capacity;
            try (Progress progress = output.progress()) {
                capacity = new Capacity(setting, interruption, progress);
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
                                record(setting, findings, folder, startedAt, true, capacity.invalid()), folder.path());
                    }
                }
            }
            return reported(record(setting, findings, folder, startedAt, !ended, capacity.invalid()), folder);
        } finally {
            folder.discardIfEmpty();
            guard.close();
        }
    }

    private List<CapacityPath> paths() {
        if (paths.isEmpty()) {
            return List.of(CapacityPath.values());
        }
        List<CapacityPath> wanted = new ArrayList<>();
        for (String id : paths) {
            CapacityPath path = CapacityPath.named(id).orElseThrow(() -> Names.unknown("path", id, CapacityPath.ids()));
            if (wanted.contains(path)) {
                throw Quantity.wrong("--path", String.join(",", paths), "each path once");
            }
            wanted.add(path);
        }
        return wanted;
    }

    private CapacityRecord record(
            Capacity.Setting setting,
            List<CapacityFinding> findings,
            ResultsFolder folder,
            Instant startedAt,
            boolean partial,
            List<String> invalid) {
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
                invalid,
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
        if (said(run, Limit.DRIVER, "the driver fell behind even at the lowest step")) {
            return ExitCode.INVALID;
        }
        return said(run, Limit.UNMET, "cannot hold " + run.slo().text() + " even at the lowest step")
                ? ExitCode.ASSERTION_FAILED
                : ExitCode.DONE;
    }

    /** Reports every path that has no answer for this reason; returns whether there is one. */
    private static boolean said(CapacityRecord run, Limit reason, String words) {
        List<CapacityFinding> without = run.findings().stream()
                .filter(finding -> finding.limit() == reason && finding.best().isEmpty())
                .toList();
        without.forEach(finding -> System.err.printf(
                "pushpull: %s: %s, %s%n",
                finding.path(),
                words,
                RateUnit.ANY.readable(finding.steps().get(0).offeredPerSecond())));
        return !without.isEmpty();
    }
}
