package dev.pushpull.cli;

import dev.pushpull.report.bench.PeersResults;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code peers-report}: the second half of {@code scripts/peers}. */
@Command(
        name = "peers-report",
        hidden = true,
        sortOptions = false,
        footer = {"", "Example:", "  pushpull peers-report results/2026-11-24T20-15-00-peers"},
        description = "Compares what scripts/peers has measured: writes summary.csv and report.html, prints the table.")
final class PeersReportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FOLDER", description = "The folder that scripts/peers wrote.")
    private Path folder;

    @Option(names = "--assert", description = "End with exit code 4 when a goal is not met.")
    private boolean goalsAsserted;

    @Override
    public Integer call() throws IOException {
        PeersResults results = PeersResults.write(folder);
        Terminal.print(results.terminal(Terminal.takesColour(), Terminal.takesUnicode()));
        return goalsAsserted && !results.everyGoalIsMet() ? ExitCode.ASSERTION_FAILED : ExitCode.DONE;
    }
}
