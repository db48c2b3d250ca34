package dev.pushpull.report;

import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.SweepRecord;
import java.io.IOException;
import java.nio.file.Path;

/** The files of a sweep's folder. */
public final class SweepResults {
    private SweepResults() {}

    /** Writes them all, as {@link Results#write} does for a run. */
    public static void write(SweepRecord sweep, Path folder) throws IOException {
        SweepView view = SweepView.of(sweep);
        Results.put(folder, RunJson.FILE, out -> out.write(RunJson.text(sweep) + "\n"));
        Results.put(folder, "summary.csv", out -> CsvFiles.summary(sweep.cells(), out));
        if (sweep.cells().stream().map(RunRecord::agreement).anyMatch(lines -> !lines.isEmpty())) {
            Results.put(folder, "agreement.csv", out -> CsvFiles.agreement(sweep.cells(), out));
        }
        Results.put(folder, "table.md", out -> out.write(SweepMarkdown.render(view)));
        Results.put(folder, "report.html", out -> out.write(html(view)));
    }

    /**
     * One file with everything in it; all text is escaped by the template engine.
     *
     * @param style raw CSS
     */
    record Page(SweepView view, String style) {}

    private static String html(SweepView view) {
        return HtmlReport.compiled("sweep.html").execute(new Page(view, Resources.beside("report.css")));
    }
}
