package dev.pushpull.report.compared;

import dev.pushpull.report.compared.ComparedFigure.Judgement;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.report.stored.StoredRun;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.TimelineSecond;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Made-up runs stored and compared. */
final class Compared {
    private Compared() {}

    static RunComparison of(Path directory, RunRecord first, RunRecord second) throws IOException {
        return RunComparison.of(stored(directory, first), stored(directory, second));
    }

    private static StoredRun stored(Path directory, RunRecord run) throws IOException {
        Path folder = Files.createTempDirectory(directory, "run");
        Files.writeString(folder.resolve(RunJson.FILE), RunJson.render(run));
        return StoredRun.read(folder);
    }

    static Judgement judgement(RunComparison comparison, String mode, String column) {
        return comparison.figures().stream()
                .filter(figure ->
                        figure.mode().equals(mode) && figure.metric().column().equals(column))
                .findFirst()
                .orElseThrow()
                .judgement();
    }

    /** The same outcome with other latencies, intervals and timeline. */
    static Outcome changed(
            Outcome outcome, Distribution latency, Map<String, Estimate> intervals, List<TimelineSecond> timeline) {
        return new Outcome(
                outcome.trial(),
                outcome.mode(),
                outcome.counts(),
                latency,
                outcome.processed(),
                outcome.pollLateness(),
                outcome.roundTrip(),
                outcome.cpuMillis(),
                outcome.setup(),
                intervals,
                outcome.prediction(),
                outcome.ledger(),
                timeline,
                outcome.latencyBySecond(),
                outcome.invalid(),
                outcome.warnings(),
                outcome.conditions(),
                outcome.traits());
    }
}
