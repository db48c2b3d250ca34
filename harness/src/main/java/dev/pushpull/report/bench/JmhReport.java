package dev.pushpull.report.bench;

import dev.pushpull.report.shared.HtmlPage;
import dev.pushpull.report.shared.ResultFiles;
import java.io.IOException;
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
        String page = render(JmhResults.read(json), title(json));
        ResultFiles.put(file.getParent(), file.getFileName().toString(), out -> out.write(page));
    }

    private static String title(Path json) {
        Path file = json.toAbsolutePath();
        boolean ownName = !file.getFileName().toString().equals(FILE) || file.getParent() == null;
        return (ownName ? file : file.getParent()).getFileName().toString();
    }

    static String render(JmhResults results, String title) {
        return HtmlPage.plain(JmhReport.class, "jmh.html", title, JmhView.of(results, title), Map.of());
    }
}
