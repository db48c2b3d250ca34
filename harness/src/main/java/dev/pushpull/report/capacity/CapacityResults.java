package dev.pushpull.report.capacity;

import dev.pushpull.report.run.RunResults;
import dev.pushpull.report.shared.Csv;
import dev.pushpull.report.shared.DotChart;
import dev.pushpull.report.shared.Downloads;
import dev.pushpull.report.shared.HtmlPage;
import dev.pushpull.report.shared.Markdown;
import dev.pushpull.report.shared.ResultFiles;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.scenario.CapacityRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files in the results folder of a search for capacity. */
public final class CapacityResults {
    private CapacityResults() {}

    /** Writes them all, as {@link RunResults#write} does for a run. */
    public static void write(CapacityRecord run, Path folder) throws IOException {
        CapacityView view = CapacityView.of(run);
        ResultFiles.put(folder, RunJson.FILE, out -> out.write(RunJson.text(run) + "\n"));
        ResultFiles.put(
                folder, "capacity.csv", out -> Csv.rows(CapacityRows.header(), CapacityRows.of(run.findings()), out));
        ResultFiles.put(folder, "table.md", out -> out.write(markdown(view)));
        ResultFiles.put(folder, "report.html", out -> out.write(html(run, view)));
    }

    /**
     * Reads {@code run.json} back.
     *
     * @throws dev.pushpull.scenario.InvalidInputException when it is incomplete or belongs to another command
     */
    public static CapacityRecord read(Path folder) {
        return RunJson.record(RunJson.tree(folder), CapacityRecord.class, folder);
    }

    private static String markdown(CapacityView view) {
        StringBuilder text =
                new StringBuilder("# ").append(Markdown.plain(view.heading())).append("\n\n");
        view.invalid()
                .forEach(reason -> text.append("**INVALID** ")
                        .append(Markdown.plain(reason))
                        .append("\n\n"));
        if (!view.partial().isEmpty()) {
            text.append("**").append(Markdown.plain(view.partial())).append("**\n\n");
        }
        view.answer().forEach(sentence -> text.append(Markdown.plain(sentence)).append('\n'));
        text.append('\n').append(Markdown.plain(view.setting())).append(".\n\n| path | ");
        text.append(String.join(" | ", view.figures())).append(" | limit |\n| :--- |");
        text.append(" ---: |".repeat(view.figures().size())).append(" :--- |\n");
        for (CapacityView.Row row : view.rows()) {
            text.append("| **")
                    .append(row.path())
                    .append("** | ")
                    .append(String.join(" | ", row.figures()))
                    .append(" | ")
                    .append(Markdown.plain(row.remark()))
                    .append(" |\n");
        }
        return text.append('\n').append(view.reading()).append('\n').toString();
    }

    private static String html(CapacityRecord run, CapacityView view) {
        Map<String, ResultFiles.Content> files = new LinkedHashMap<>();
        files.put("capacity.csv", out -> Csv.rows(CapacityRows.header(), CapacityRows.of(run.findings()), out));
        files.put(RunJson.FILE, out -> out.write(RunJson.text(run) + "\n"));
        Downloads downloads = Downloads.of(files);
        return HtmlPage.page(
                CapacityResults.class,
                "capacity.html",
                view.runId(),
                new Shown(
                        view,
                        CapacityOverview.of(run),
                        !CapacityCurves.beliefs(run).isEmpty(),
                        downloads.note()),
                new Drawn(CapacityCurves.loads(run), CapacityCurves.beliefs(run), downloads.packed()),
                "capacity.js");
    }

    /** The values that the template shows; {@code overview} is null without an answer. */
    record Shown(CapacityView capacity, DotChart overview, boolean beliefs, String downloadsLeftOut) {}

    /** The data that the charts draw. */
    record Drawn(
            List<CapacityCurves.Load> curves, List<CapacityCurves.Belief> beliefs, Map<String, String> downloads) {}
}
