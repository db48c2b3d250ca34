package dev.pushpull.report.observe;

import dev.pushpull.report.shared.Csv;
import dev.pushpull.report.shared.Downloads;
import dev.pushpull.report.shared.HtmlPage;
import dev.pushpull.report.shared.Ink;
import dev.pushpull.report.shared.Layout;
import dev.pushpull.report.shared.ResultFiles;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.scenario.ObservedRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of an observation besides its pairs, and its text for a terminal. */
public final class ObserveResults {
    private ObserveResults() {}

    /** Writes {@code run.json}, {@code summary.csv} and the page, each of which may be there from an earlier time. */
    public static void write(ObservedRecord record, Path folder) throws IOException {
        Map<String, ResultFiles.Content> files = new LinkedHashMap<>();
        files.put(RunJson.FILE, out -> out.write(RunJson.text(record) + "\n"));
        files.put(
                "summary.csv", out -> Csv.rows(List.copyOf(record.sides().get(0).keySet()), record.sides(), out));
        for (Map.Entry<String, ResultFiles.Content> file : files.entrySet()) {
            ResultFiles.put(folder, file.getKey(), file.getValue());
        }
        ResultFiles.put(folder, "report.html", out -> out.write(html(record, Downloads.of(files))));
    }

    static String html(ObservedRecord record, Downloads downloads) {
        return HtmlPage.plain(
                ObserveResults.class,
                "observe.html",
                record.runId(),
                ObserveView.of(record, downloads.note()),
                new Drawn(downloads.packed()));
    }

    /** The files to download. */
    record Drawn(Map<String, String> downloads) {}

    /**
     * The finding, and what supports it.
     *
     * @param folder empty when the results could not be written
     */
    public static String render(ObservedRecord record, Optional<Path> folder, boolean colour, boolean unicode) {
        Ink ink = new Ink(colour, unicode);
        ObserveWords words = new ObserveWords(record);
        List<String> lines = new ArrayList<>();
        Layout.wrap(ink.plain(words.title()), Layout.WIDTH).forEach(line -> lines.add(ink.strong(line)));
        words.findings().forEach(finding -> lines.addAll(Layout.wrap(ink.plain(finding), Layout.WIDTH)));
        lines.add("");
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("items", "number"));
        words.outcomes().forEach(fact -> table.add(List.of(ink.plain(fact.name()), fact.value())));
        lines.addAll(Layout.lines(table));
        if (!record.intervals().isEmpty()) {
            lines.add("");
            Layout.blocks(words.intervals(), 0).forEach(block -> block.forEach(line -> lines.add(ink.plain(line))));
        }
        record.findings()
                .forEach(finding -> lines.addAll(Layout.wrap(
                        ink.plain(Sentences.capital(finding.name()) + ": " + finding.text()), Layout.WIDTH)));
        folder.ifPresent(path -> lines.add("Results: " + ink.plain(path.toString())));
        return String.join("\n", lines) + "\n";
    }

    /** The state so far in one line. */
    public static String line(ObservedRecord record) {
        return new ObserveWords(record).line();
    }
}
