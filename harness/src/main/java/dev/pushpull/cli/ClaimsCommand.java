package dev.pushpull.cli;

import dev.pushpull.experiment.claim.Claims;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.report.claims.ClaimRows;
import dev.pushpull.report.claims.ClaimsResults;
import dev.pushpull.report.claims.ClaimsTerminal;
import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.report.shared.JsonRows;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimsRecord;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code claims}: runs the experiment behind each common claim. */
@Command(
        header = "Test common statements about webhooks, live.",
        name = "claims",
        sortOptions = false,
        description = "Runs an experiment for each of thirteen common statements about webhooks, two about other "
                + "ways, and one of our own. Gives each its figures and a verdict: HOLDS, HOLDS_WHEN (with the bound), "
                + "FAILS or INCONCLUSIVE.",
        footer = {
            "",
            "Examples:",
            "  pushpull claims",
            "  pushpull claims --quick",
            "  pushpull claims --only effort,real-time",
            "",
            "Exit codes: 0 done, 1 something outside failed, 2 usage, 130 interrupted."
        })
final class ClaimsCommand implements Callable<Integer> {
    private static final String NAME = "claims";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--only",
            paramLabel = "CLAIM,...",
            split = ",",
            description = "Only these claims (repeatable): ${COMPLETION-CANDIDATES}.",
            completionCandidates = Ids.class)
    private List<Claim> only = new ArrayList<>();

    @Option(
            names = "--quick",
            description = "Take " + Claims.QUICK_TIME + " instead of " + Claims.FULL_TIME
                    + ". What that cannot decide is INCONCLUSIVE.")
    private boolean quick;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of all randomness. The same seed gives the same events (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = HostsFile.FLAG, hidden = true)
    private String hosts;

    @Mixin
    private OutputFlags output = new OutputFlags();

    @Mixin
    private WatchFlag watch = new WatchFlag();

    /** The names accepted by {@code --only}. */
    static final class Ids extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Ids() {
            super(Claim.ids());
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (hosts != null) {
            throw new InvalidInputException(HostsFile.FLAG
                    + ": it is not accepted here, since the experiments look into both sides at once, in one process; "
                    + "accepted: with compare, sweep, capacity and poll");
        }
        Set<Claim> claims = claims();
        Instant startedAt = Instant.now();
        ResultsFolder folder = output.reserve(NAME, startedAt);
        Interruption interruption = new Interruption();
        ShutdownGuard guard = new ShutdownGuard(interruption);
        List<ClaimFinding> findings = new ArrayList<>();
        boolean ended = false;
        Progress shown = output.progress();
        Optional<Watching> watching = watch.open("Common statements, tested live", shown);
        RunListener listener = watching.isPresent() ? watching.get() : shown;
        try {
            try (shown) {
                new Claims(quick, seed, interruption, listener).run(claims, findings::add);
                ended = true;
            } catch (InterruptedException e) {
                if (!interruption.requested()) {
                    throw e;
                }
            } finally {
                if (!ended && !findings.isEmpty()) { // keep what was found, whatever happens to the rest
                    ClaimsResults.write(record(findings, folder, startedAt, true), folder.path());
                }
            }
            int code = reported(record(findings, folder, startedAt, !ended), folder);
            watching.ifPresent(page -> page.report(folder.path()));
            return code;
        } finally {
            watching.ifPresent(Watching::close);
            folder.discardIfEmpty();
            guard.close();
        }
    }

    private Set<Claim> claims() {
        if (only.isEmpty()) {
            return EnumSet.allOf(Claim.class);
        }
        Set<Claim> claims = EnumSet.copyOf(only);
        if (claims.size() < only.size()) {
            throw Quantity.wrong(
                    "--only", only.stream().map(Claim::id).collect(Collectors.joining(",")), "each claim once");
        }
        return claims;
    }

    private ClaimsRecord record(List<ClaimFinding> findings, ResultsFolder folder, Instant startedAt, boolean partial) {
        return new ClaimsRecord(
                RunRecord.SCHEMA_VERSION,
                folder.runId(),
                NAME,
                OutputFlags.typed(spec, NAME),
                startedAt.toString(),
                RunEnvironment.describe(),
                seed,
                quick,
                partial,
                findings);
    }

    private int reported(ClaimsRecord claims, ResultsFolder folder) {
        Optional<Path> written = OutputFlags.written(folder, path -> ClaimsResults.write(claims, path));
        if (output.json()) {
            System.out.println(JsonRows.render(NAME, ClaimRows.of(claims.findings())));
        } else if (output.report()) {
            Terminal.print(ClaimsTerminal.render(claims, written, Terminal.takesColour(), Terminal.takesUnicode()));
        }
        return written.isEmpty() ? ExitCode.FAILED : claims.partial() ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }
}
