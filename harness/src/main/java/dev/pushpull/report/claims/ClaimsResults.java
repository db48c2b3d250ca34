package dev.pushpull.report.claims;

import dev.pushpull.report.run.RunResults;
import dev.pushpull.report.shared.Csv;
import dev.pushpull.report.shared.Downloads;
import dev.pushpull.report.shared.HtmlPage;
import dev.pushpull.report.shared.ResultFiles;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimsRecord;
import dev.pushpull.scenario.EvidenceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files in the results folder of tested claims. */
public final class ClaimsResults {
    private ClaimsResults() {}

    /** Writes them all, as {@link RunResults#write} does for a run. */
    public static void write(ClaimsRecord claims, Path folder) throws IOException {
        ClaimsView view = ClaimsView.of(claims);
        ResultFiles.put(folder, RunJson.FILE, out -> out.write(RunJson.text(claims) + "\n"));
        ResultFiles.put(folder, "claims.csv", out -> Csv.rows(ClaimRows.HEADER, ClaimRows.of(claims.findings()), out));
        Map<String, EvidenceTable> evidence = new LinkedHashMap<>(); // several claims may share one table
        for (ClaimFinding finding : claims.findings()) {
            finding.evidence().forEach(table -> evidence.put(table.path(), table));
        }
        for (EvidenceTable table : evidence.values()) {
            Path file = folder.resolve(table.path());
            Files.createDirectories(file.getParent());
            ResultFiles.put(file.getParent(), file.getFileName().toString(), out -> Csv.table(table, out));
        }
        ResultFiles.put(folder, "table.md", out -> out.write(ClaimsMarkdown.render(view)));
        ResultFiles.put(folder, "report.html", out -> out.write(html(claims, view)));
    }

    private static String html(ClaimsRecord claims, ClaimsView view) {
        Map<String, ResultFiles.Content> files = new LinkedHashMap<>();
        files.put("claims.csv", out -> Csv.rows(ClaimRows.HEADER, ClaimRows.of(claims.findings()), out));
        files.put(RunJson.FILE, out -> out.write(RunJson.text(claims) + "\n"));
        Downloads downloads = Downloads.of(files);
        return HtmlPage.page(
                ClaimsResults.class,
                "claims.html",
                claims.runId(),
                new Shown(view, downloads.note()),
                Map.of("downloads", downloads.packed()),
                "report.js");
    }

    /** The values for the template. */
    record Shown(ClaimsView claims, String downloadsLeftOut) {}
}
