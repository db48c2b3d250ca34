package dev.pushpull.report.bench;

import dev.pushpull.report.shared.Downloads;
import dev.pushpull.report.shared.HtmlPage;
import dev.pushpull.report.shared.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** JMH's figures as a page: each with its error, and a bar that shows both. */
public final class JmhReport {
    /** The file name under which {@code scripts/bench} stores JMH's JSON in a results folder. */
    public static final String FILE = "jmh.json";

    private JmhReport() {}

    /**
     * Makes the page; the file is either complete or missing.
     *
     * @param json written by JMH
     * @param html where to write the page, in a folder that exists
     * @throws dev.pushpull.scenario.InvalidInputException when the JSON is not JMH's, is incomplete, or holds no
     *     results
     */
    public static void write(Path json, Path html) throws IOException {
        Path file = html.toAbsolutePath();
        JmhResults results = JmhResults.read(json);
        Downloads downloads = Downloads.of(Map.of(FILE, out -> out.write(Files.readString(json))));
        String page = HtmlPage.plain(
                JmhReport.class,
                "jmh.html",
                title(json),
                new Shown(JmhView.of(results, title(json)), downloads.note()),
                Map.of("downloads", downloads.packed()));
        ResultFiles.put(file.getParent(), file.getFileName().toString(), out -> out.write(page));
    }

    private static String title(Path json) {
        Path file = json.toAbsolutePath();
        boolean ownName = !file.getFileName().toString().equals(FILE) || file.getParent() == null;
        return (ownName ? file : file.getParent()).getFileName().toString();
    }

    /** The values for the template. */
    record Shown(JmhView jmh, String downloadsLeftOut) {}
}
