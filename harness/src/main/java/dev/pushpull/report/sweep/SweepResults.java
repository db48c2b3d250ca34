package dev.pushpull.report.sweep;

import dev.pushpull.report.run.RunResults;
import dev.pushpull.report.shared.Csv;
import dev.pushpull.report.shared.Downloads;
import dev.pushpull.report.shared.HtmlPage;
import dev.pushpull.report.shared.LoadChart;
import dev.pushpull.report.shared.ResultFiles;
import dev.pushpull.report.shared.RunCsv;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.SweepRecord;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files in a sweep's folder. */
public final class SweepResults {
    private SweepResults() {}

    /** Writes them all, as {@link RunResults#write} does for a run. */
    public static void write(SweepRecord sweep, Path folder) throws IOException {
        SweepView view = SweepView.of(sweep);
        ResultFiles.put(folder, RunJson.FILE, out -> out.write(RunJson.text(sweep) + "\n"));
        ResultFiles.put(folder, "summary.csv", out -> RunCsv.summary(sweep.cells(), out));
        if (hasAgreement(sweep)) {
            ResultFiles.put(folder, "agreement.csv", out -> RunCsv.agreement(sweep.cells(), out));
        }
        ResultFiles.put(folder, SweepCrossovers.FILE, out -> crossovers(sweep, out));
        ResultFiles.put(folder, "table.md", out -> out.write(SweepMarkdown.render(view)));
        ResultFiles.put(folder, "report.html", out -> out.write(html(sweep, view)));
    }

    private static String html(SweepRecord sweep, SweepView view) {
        Map<String, ResultFiles.Content> files = new LinkedHashMap<>();
        files.put("summary.csv", out -> RunCsv.summary(sweep.cells(), out));
        if (hasAgreement(sweep)) {
            files.put("agreement.csv", out -> RunCsv.agreement(sweep.cells(), out));
        }
        files.put(SweepCrossovers.FILE, out -> crossovers(sweep, out));
        files.put(RunJson.FILE, out -> out.write(RunJson.text(sweep) + "\n"));
        Downloads downloads = Downloads.of(files);
        return HtmlPage.page(
                SweepResults.class,
                "sweep.html",
                sweep.runId(),
                new Shown(view, HeatMap.of(sweep), !sweep.cells().isEmpty(), StandingTexts.of(sweep), downloads.note()),
                new Drawn(sweep.cells().isEmpty() ? null : LoadChart.of(sweep.cells()), downloads.packed()),
                "report.js");
    }

    private static void crossovers(SweepRecord sweep, Writer out) throws IOException {
        Csv.rows(SweepCrossovers.HEADER, SweepCrossovers.of(sweep), out);
    }

    /** The values for the template. */
    record Shown(SweepView sweep, List<HeatMap> maps, boolean load, StandingTexts texts, String downloadsLeftOut) {}

    /** What the charts over the load factor show, for readers who cannot see them. */
    record StandingTexts(String waste, String requests, String wasteFinding, String requestsFinding, String reading) {
        static StandingTexts of(SweepRecord sweep) {
            String cells = sweep.cells().size() + " cells; every figure is in the table below.";
            LoadChart standing = LoadChart.of(sweep.cells());
            return new StandingTexts(
                    "Share of polls that are empty over the load factor, on theory's curve e to the minus λT: " + cells,
                    "Requests per delivered event over the load factor, on theory's curve 1/(λT) for polling: " + cells,
                    standing.wasteFinding(),
                    standing.requestsFinding(),
                    standing.reading());
        }
    }

    /** The data for the charts; {@code standing} is null without cells. */
    record Drawn(LoadChart standing, Map<String, String> downloads) {}

    private static boolean hasAgreement(SweepRecord sweep) {
        return sweep.cells().stream().map(RunRecord::agreement).anyMatch(lines -> !lines.isEmpty());
    }
}
