package dev.pushpull.cli;

import dev.pushpull.report.compared.ComparedResults;
import dev.pushpull.report.compared.ComparedTerminal;
import dev.pushpull.report.compared.RunComparison;
import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.report.folder.ResultsIndex;
import dev.pushpull.report.shared.JsonRows;
import dev.pushpull.report.stored.Rerendering;
import dev.pushpull.report.stored.StoredRun;
import dev.pushpull.scenario.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report}: makes a run's files again, or compares two runs. */
@Command(
        header = "Render a run again, or compare two runs.",
        name = "report",
        sortOptions = false,
        description = "With one run, writes its files again from its run.json, into its own folder or into "
                + "--out. With two, compares the second with the first: every figure with its interval, "
                + "and whether it is better, worse, no different, or as configured: as the settings that differ ask "
                + "for. Writes compared.html and compared.csv to --out (default: results/<time>-report).",
        footer = {
            "",
            "Examples:",
            "  pushpull report results/latest",
            "  pushpull report results/before results/after",
            "  pushpull report results/before results/after --assert --quiet",
            "",
            "Exit codes: 0 done, 1 something outside failed, 2 usage, 3 with --assert a run is invalid, 4 with --assert"
                    + " the second run is worse."
        })
final class ReportCommand implements Callable<Integer> {
    private static final String NAME = "report";

    @Parameters(
            arity = "1..2",
            paramLabel = "RUN",
            description = "A results folder. Of two, give the earlier one first.")
    private List<Path> runs;

    @Option(names = "--assert", description = "With two runs: exit with 4 if any figure of the second is worse.")
    private boolean asserted;

    @Mixin
    private OutputFlags output = new OutputFlags();

    @Override
    public Integer call() throws IOException {
        if (runs.size() > 2) {
            throw new InvalidInputException(
                    "report: %d runs are not accepted; accepted: one or two".formatted(runs.size()));
        }
        StoredRun first = StoredRun.read(runs.get(0));
        if (runs.size() == 2) {
            return compared(RunComparison.of(first, StoredRun.read(runs.get(1))));
        }
        if (asserted) {
            throw new InvalidInputException("--assert: it is not accepted with one run; accepted: with two");
        }
        return again(first);
    }

    private int again(StoredRun run) throws IOException {
        Path target;
        if (output.namesFolder()) {
            ResultsFolder folder = output.reserve(NAME, Instant.now());
            target = folder.path();
            try {
                Rerendering.write(run, target);
            } finally {
                folder.discardIfEmpty();
            }
        } else {
            target = run.folder().toRealPath();
            for (String file : Rerendering.write(run, target)) {
                System.err.println("pushpull: " + file + " differed from run.json and was written again");
            }
        }
        ResultsIndex.besides(target);
        if (output.json()) {
            System.out.println(JsonRows.render(NAME, run.rows()));
        } else if (output.report()) {
            Terminal.print(run.render(target, Terminal.takesColour(), Terminal.takesUnicode()));
        }
        return ExitCode.DONE;
    }

    private int compared(RunComparison comparison) throws IOException {
        ResultsFolder folder = output.reserve(NAME, Instant.now());
        try {
            ComparedResults.write(comparison, folder.path());
        } finally {
            folder.discardIfEmpty();
        }
        ResultsIndex.besides(folder.path());
        if (output.json()) {
            System.out.println(JsonRows.render(NAME, ComparedResults.rows(comparison)));
        } else if (output.report()) {
            Terminal.print(ComparedTerminal.render(
                    comparison, folder.path(), Terminal.takesColour(), Terminal.takesUnicode()));
        }
        if (!asserted) {
            return ExitCode.DONE;
        }
        List<String> invalid = comparison.invalid();
        invalid.forEach(reason -> System.err.println("pushpull: invalid: " + reason));
        List<String> regressions = comparison.regressions();
        regressions.forEach(figure -> System.err.println("pushpull: worse: " + figure));
        return !invalid.isEmpty()
                ? ExitCode.INVALID
                : regressions.isEmpty() ? ExitCode.DONE : ExitCode.ASSERTION_FAILED;
    }
}
