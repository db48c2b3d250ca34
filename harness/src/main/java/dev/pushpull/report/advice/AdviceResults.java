package dev.pushpull.report.advice;

import dev.pushpull.report.shared.Csv;
import dev.pushpull.report.shared.Downloads;
import dev.pushpull.report.shared.HtmlPage;
import dev.pushpull.report.shared.ResultFiles;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.scenario.AdviceRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files in the folder of an answer. */
public final class AdviceResults {
    static final String FIGURES = "advice.csv";
    static final String TEXT = "advice.md";

    /** What the page's scripts draw and offer. */
    record Data(AdvicePoints advice, Map<String, String> downloads) {}

    private AdviceResults() {}

    /** Writes them all. {@code run.json} comes first, because all others can be made from it again. */
    public static void write(AdviceRecord record, Path folder) throws IOException {
        ResultFiles.put(folder, RunJson.FILE, json(record));
        ResultFiles.put(folder, FIGURES, figures(record));
        ResultFiles.put(folder, TEXT, text(record));
        ResultFiles.put(folder, "report.html", out -> out.write(html(record)));
    }

    static String html(AdviceRecord record) {
        Map<String, ResultFiles.Content> files = new LinkedHashMap<>();
        files.put(FIGURES, figures(record));
        files.put(TEXT, text(record));
        files.put(RunJson.FILE, json(record));
        Downloads downloads = Downloads.of(files);
        AdvicePoints points = AdvicePoints.of(record);
        return HtmlPage.plain(
                AdviceResults.class,
                "advice.html",
                record.runId(),
                AdviceView.of(record, points, downloads.note()),
                new Data(points, downloads.packed()),
                "whatif-forms.js",
                "advice.js");
    }

    static ResultFiles.Content json(AdviceRecord record) {
        return out -> out.write(RunJson.text(record) + "\n");
    }

    static ResultFiles.Content figures(AdviceRecord record) {
        return out -> Csv.rows(AdviceRecord.columns(), record.rows(), out);
    }

    static ResultFiles.Content text(AdviceRecord record) {
        return out -> out.write(AdviceMarkdown.of(record));
    }
}
