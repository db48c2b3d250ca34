package dev.pushpull.report.stored;

import dev.pushpull.report.claims.ClaimsResults;
import dev.pushpull.report.prediction.PredictionRecords;
import dev.pushpull.report.prediction.PredictionResults;
import dev.pushpull.report.run.RunResults;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.report.standalone.StandaloneResults;
import dev.pushpull.report.sweep.SweepResults;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimsRecord;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.PartRecord;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.SweepRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results folders of every kind, as the commands write them: {@code compare}, {@code sweep}, {@code claims},
 * {@code predict}, {@code poll}. */
final class StoredRuns {
    private StoredRuns() {}

    /** Writes one such made-up run into a folder. */
    static void write(String kind, Path folder) throws IOException {
        RunRecord run = Runs.ordinary().type("<script>alert(1)</script>").run();
        switch (kind) {
            case "compare" -> RunResults.write(run, folder);
            case "sweep" ->
                SweepResults.write(
                        new SweepRecord(
                                1,
                                "run",
                                "sweep",
                                List.of("pushpull", "sweep"),
                                run.startedAt(),
                                run.environment(),
                                1,
                                false,
                                List.of(run)),
                        folder);
            case "predict" ->
                PredictionResults.write(
                        PredictionRecords.of("predict", run.scenario(), List.of("polling", "webhook")), folder);
            case "claims" -> ClaimsResults.write(claims(), folder);
            default -> {
                Map<String, Object> figures = new LinkedHashMap<>();
                figures.put("run_id", "run");
                figures.put("polls", 12L);
                figures.put("wasted_ratio", 0.25);
                figures.put("latency_mean_ms", null);
                StandaloneResults.write(
                        new PartRecord(
                                1,
                                "run",
                                "poll",
                                List.of("pushpull", "poll"),
                                run.startedAt(),
                                Map.of(),
                                figures,
                                List.of(new EvidenceTable(
                                        "items",
                                        List.of("id", "poll", "received_s"),
                                        List.of(List.of("evt_1", 3, 1.0), List.of("", 4, 0.125))))),
                        folder);
            }
        }
    }

    private static ClaimsRecord claims() {
        EvidenceTable evidence = new EvidenceTable("effort", List.of("load_factor"), List.of(List.of(0.5)));
        return new ClaimsRecord(
                1,
                "run",
                "claims",
                List.of("pushpull", "claims"),
                "2026-11-23T13:52:22Z",
                Map.of("java", "17"),
                1,
                true,
                false,
                List.of(new ClaimFinding(
                        Claim.EFFORT,
                        ClaimFinding.Verdict.HOLDS,
                        "",
                        "it does",
                        List.of(ClaimFinding.Figure.of(
                                "requests", "requests", 2, Double.NaN, evidence.cited("load_factor"))),
                        List.of(evidence))));
    }
}
