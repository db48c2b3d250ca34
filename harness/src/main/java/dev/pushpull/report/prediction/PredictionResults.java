package dev.pushpull.report.prediction;

import dev.pushpull.report.shared.Csv;
import dev.pushpull.report.shared.Downloads;
import dev.pushpull.report.shared.HtmlPage;
import dev.pushpull.report.shared.ResultFiles;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.report.shared.SpectrumCurve;
import dev.pushpull.report.shared.WhatIf;
import dev.pushpull.scenario.PredictionRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files in the folder of a prediction. */
public final class PredictionResults {
    private static final String FIGURES = "prediction.csv";

    /** What the page's scripts draw and offer. */
    record Charts(List<SpectrumCurve> spectrum, Map<String, String> downloads) {}

    private PredictionResults() {}

    /** Writes them all. {@code run.json} comes first, because all others can be made from it again. */
    public static void write(PredictionRecord record, Path folder) throws IOException {
        ResultFiles.put(folder, RunJson.FILE, json(record));
        ResultFiles.put(folder, FIGURES, figures(record));
        ResultFiles.put(folder, "report.html", out -> out.write(html(record)));
    }

    private static ResultFiles.Content json(PredictionRecord record) {
        return out -> out.write(RunJson.text(record) + "\n");
    }

    private static ResultFiles.Content figures(PredictionRecord record) {
        return out -> Csv.rows(PredictionRecord.columns(), record.rows(), out);
    }

    static String html(PredictionRecord record) {
        Map<String, ResultFiles.Content> files = new LinkedHashMap<>();
        files.put(FIGURES, figures(record));
        files.put(RunJson.FILE, json(record));
        Downloads downloads = Downloads.of(files);
        List<SpectrumCurve> curves = record.onSliders() ? List.of() : PredictionView.curves(record);
        return HtmlPage.page(
                PredictionResults.class,
                "prediction.html",
                record.runId(),
                PredictionView.of(record, !curves.isEmpty(), downloads.note()),
                new Charts(curves, downloads.packed()),
                Stream.concat(Stream.of("report.js"), WhatIf.SCRIPTS.stream()).toArray(String[]::new));
    }
}
