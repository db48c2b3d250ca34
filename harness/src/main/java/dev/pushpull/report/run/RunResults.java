package dev.pushpull.report.run;

import dev.pushpull.report.shared.LatencyLogs;
import dev.pushpull.report.shared.ResultFiles;
import dev.pushpull.report.shared.RunCsv;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The files in a run's folder. */
public final class RunResults {
    private RunResults() {}

    /** Writes them all. {@code run.json} comes first, because all others can be made from it again. */
    public static void write(RunRecord run, Path folder) throws IOException {
        write(run, List.of(), folder);
    }

    /** The same, together with what happened to each event, step by step. */
    public static void write(RunRecord run, List<JournalStep> journal, Path folder) throws IOException {
        ResultFiles.put(folder, RunJson.FILE, out -> out.write(RunJson.render(run)));
        ResultFiles.put(folder, "summary.csv", out -> RunCsv.summary(List.of(run), out));
        ResultFiles.put(folder, "timeline.csv", out -> TimelineFile.write(run, out));
        if (!run.agreement().isEmpty()) {
            ResultFiles.put(folder, "agreement.csv", out -> RunCsv.agreement(run, out));
        }
        ResultFiles.put(folder, "table.md", out -> out.write(MarkdownTable.render(run)));
        for (Map.Entry<String, ResultFiles.Printed> latency :
                LatencyLogs.files(run).entrySet()) {
            ResultFiles.print(folder, latency.getKey(), latency.getValue());
        }
        ResultFiles.print(folder, "latency.hlog", out -> LatencyLogs.log(run, out));
        ResultFiles.put(folder, "report.html", out -> out.write(HtmlReport.render(run, journal)));
        JournalFile.write(journal, folder);
    }

    /**
     * Reads {@code run.json} back.
     *
     * @throws dev.pushpull.scenario.InvalidInputException when there is none, it is incomplete, or a newer program
     *     wrote it
     */
    public static RunRecord read(Path folder) {
        return RunJson.read(folder);
    }
}
