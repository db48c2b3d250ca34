package dev.pushpull.report.run;

import dev.pushpull.report.shared.Downloads;
import dev.pushpull.report.shared.HtmlPage;
import dev.pushpull.report.shared.LatencyLogs;
import dev.pushpull.report.shared.ResultFiles;
import dev.pushpull.report.shared.RunCsv;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.report.shared.WhatIf;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.RunRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code report.html} of a run. */
final class HtmlReport {
    private HtmlReport() {}

    /** @param journal of the run; may be empty */
    static String render(RunRecord run, List<JournalStep> journal) {
        Map<String, ResultFiles.Content> files = new LinkedHashMap<>();
        files.put("summary.csv", out -> RunCsv.summary(List.of(run), out));
        if (!run.agreement().isEmpty()) {
            files.put("agreement.csv", out -> RunCsv.agreement(run, out));
        }
        files.put("timeline.csv", out -> TimelineFile.write(run, out));
        files.put(RunJson.FILE, out -> out.write(RunJson.render(run)));
        LatencyLogs.files(run).forEach((name, content) -> files.put(name, ResultFiles.printed(content)));
        Downloads downloads = Downloads.of(files);
        ChartData charts = ChartData.of(run.pooled(), journal, downloads);
        return HtmlPage.page(
                HtmlReport.class,
                "report.html",
                run.runId(),
                HtmlView.of(run, charts, downloads),
                charts,
                Stream.concat(Stream.of("signs.js", "strip.js", "report.js"), WhatIf.SCRIPTS.stream())
                        .toArray(String[]::new));
    }
}
