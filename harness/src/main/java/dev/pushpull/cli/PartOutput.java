package dev.pushpull.cli;

import dev.pushpull.experiment.Interruption;
import dev.pushpull.report.JsonRows;
import dev.pushpull.report.PartResults;
import dev.pushpull.report.ResultsFolder;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.PartRecord;
import dev.pushpull.scenario.RunRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** How a part on its own says at its end what it did. */
final class PartOutput {
    private static final List<String> SECRETS = List.of("--secret", ExposureFlags.AUTH);

    private PartOutput() {}

    /** Writes the results folder and prints the summary: for a person to standard error, as JSON to standard output. */
    static void say(
            CommandSpec spec,
            OutputFlags output,
            ResultsFolder folder,
            Instant startedAt,
            Map<String, Object> figures,
            EvidenceTable table)
            throws IOException {
        String command = spec.name();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("run_id", folder.runId());
        row.putAll(figures);
        PartRecord part = new PartRecord(
                RunRecord.SCHEMA_VERSION,
                folder.runId(),
                command,
                MaskedWords.of(withoutSecret(OutputFlags.typed(spec, command))),
                startedAt.toString(),
                RunEnvironment.describe(),
                row,
                List.of(table));
        PartResults.write(part, folder.path());
        folder.pointLatest();
        if (output.json()) {
            System.out.println(JsonRows.render(command, List.of(row)));
        } else if (output.report()) {
            System.err.print(PartResults.render(part, folder.path(), Terminal.takesUnicode()));
        }
    }

    /** Something outside failed, and the part goes on. */
    static void trouble(String line) {
        System.err.println("pushpull: " + line);
    }

    /** At the end: who interrupts a part knows that its time was cut short, not that something had failed before. */
    static int exitCode(Optional<String> trouble, Interruption interruption) {
        trouble.ifPresent(PartOutput::trouble);
        return trouble.isPresent() ? ExitCode.FAILED : interruption.requested() ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    /** Results are passed on; secrets are not. */
    private static List<String> withoutSecret(List<String> words) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean follows = i > 0 && SECRETS.contains(words.get(i - 1));
            String inside = SECRETS.stream()
                    .filter(flag -> word.startsWith(flag + "="))
                    .map(flag -> flag + "=***")
                    .findFirst()
                    .orElse(word);
            shown.add(follows ? "***" : inside);
        }
        return shown;
    }
}
