package dev.pushpull.cli;

import dev.pushpull.report.bench.JmhReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bench-report}: the last step of {@code scripts/bench}. */
@Command(
        name = "bench-report",
        hidden = true,
        sortOptions = false,
        description = "Writes report.html beside JMH's JSON.",
        footer = {
            "",
            "Example:",
            "  pushpull bench-report results/2026-11-24T20-15-00-bench",
            "",
            "Exit codes: 0 done, 1 something outside failed, 2 usage."
        })
final class BenchReportCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "JMH's JSON, or the folder with its jmh.json.")
    private Path given;

    @Override
    public Integer call() throws IOException {
        Path json = Files.isDirectory(given) ? given.resolve(JmhReport.FILE) : given;
        Path html = json.resolveSibling("report.html");
        JmhReport.write(json, html);
        Terminal.print("Report: " + html + "\n");
        return ExitCode.DONE;
    }
}
