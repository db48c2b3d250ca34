package dev.pushpull.report.advice;

import dev.pushpull.report.shared.Csv;
import dev.pushpull.report.shared.ResultFiles;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.scenario.AdviceRecord;
import java.io.IOException;
import java.nio.file.Path;

/** The files in the folder of an answer. */
public final class AdviceResults {
    static final String FIGURES = "advice.csv";
    static final String TEXT = "advice.md";

    private AdviceResults() {}

    /** Writes them all. {@code run.json} comes first, because all others can be made from it again. */
    public static void write(AdviceRecord record, Path folder) throws IOException {
        ResultFiles.put(folder, RunJson.FILE, json(record));
        ResultFiles.put(folder, FIGURES, figures(record));
        ResultFiles.put(folder, TEXT, text(record));
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
