package dev.pushpull.report.standalone;

import dev.pushpull.report.shared.Csv;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Downloads;
import dev.pushpull.report.shared.HtmlPage;
import dev.pushpull.report.shared.Ink;
import dev.pushpull.report.shared.Layout;
import dev.pushpull.report.shared.ResultFiles;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.PartRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of a command that runs one side alone, and its text for a terminal. */
public final class StandaloneResults {
    private StandaloneResults() {}

    /** Writes {@code run.json}, {@code summary.csv}, a file for each table, and the page. */
    public static void write(PartRecord part, Path folder) throws IOException {
        Map<String, ResultFiles.Content> files = files(part);
        for (Map.Entry<String, ResultFiles.Content> file : files.entrySet()) {
            ResultFiles.put(folder, file.getKey(), file.getValue());
        }
        ResultFiles.put(folder, "report.html", out -> out.write(html(part, Downloads.of(files))));
    }

    private static Map<String, ResultFiles.Content> files(PartRecord part) {
        Map<String, ResultFiles.Content> files = new LinkedHashMap<>();
        files.put(RunJson.FILE, out -> out.write(RunJson.text(part) + "\n"));
        EvidenceTable summary = new EvidenceTable(
                "summary",
                List.copyOf(part.figures().keySet()),
                List.of(part.figures().values().stream()
                        .map(value -> value == null ? "" : value)
                        .toList()));
        files.put("summary.csv", out -> Csv.table(summary, out));
        for (EvidenceTable table : part.tables()) {
            files.put(table.name() + ".csv", out -> Csv.table(table, out));
        }
        return files;
    }

    private static String html(PartRecord part, Downloads downloads) {
        List<Moments> moments = part.tables().stream()
                .flatMap(table -> Moments.of(table).stream())
                .toList();
        return HtmlPage.page(
                StandaloneResults.class,
                "standalone.html",
                part.runId(),
                new Shown(PartView.of(part, moments), downloads.note()),
                new Drawn(moments, downloads.packed()),
                "standalone.js");
    }

    /** The values for the template. */
    record Shown(PartView part, String downloadsLeftOut) {}

    /** The data for the chart, and the files. */
    record Drawn(List<Moments> moments, Map<String, String> downloads) {}

    /**
     * One line for each figure.
     *
     * @param folder empty when the results could not be written
     */
    public static String render(PartRecord part, Optional<Path> folder, boolean unicode) {
        Ink ink = new Ink(false, unicode);
        StringBuilder text = new StringBuilder();
        int width =
                part.figures().keySet().stream().mapToInt(String::length).max().orElse(0);
        for (Map.Entry<String, Object> figure : part.figures().entrySet()) {
            Object value = figure.getValue();
            if (value != null && !"".equals(value)) {
                String shown = value instanceof Double number ? Decimals.significant(number) : value.toString();
                text.append(Layout.padRight(ink.plain(figure.getKey().replace('_', ' ')), width))
                        .append("  ")
                        .append(ink.plain(shown))
                        .append('\n');
            }
        }
        folder.ifPresent(path ->
                text.append("Results: ").append(ink.plain(path.toString())).append('\n'));
        return text.toString();
    }
}
