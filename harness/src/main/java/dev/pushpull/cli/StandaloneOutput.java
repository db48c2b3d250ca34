package dev.pushpull.cli;

import dev.pushpull.host.Interruption;
import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.report.shared.JsonRows;
import dev.pushpull.report.standalone.StandaloneResults;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.PartRecord;
import dev.pushpull.scenario.RunRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** How a command that runs one side alone reports at its end what it did. */
final class StandaloneOutput {
    private StandaloneOutput() {}

    /**
     * Writes the results folder and prints the summary: for a person to standard error, as JSON to standard output.
     *
     * @return whether the folder was written; a failure is reported
     */
    static boolean say(
            CommandSpec spec,
            OutputFlags output,
            ResultsFolder folder,
            Instant startedAt,
            Map<String, Object> figures,
            EvidenceTable... tables) {
        String command = spec.name();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("run_id", folder.runId());
        row.putAll(figures);
        PartRecord part = new PartRecord(
                RunRecord.SCHEMA_VERSION,
                folder.runId(),
                command,
                OutputFlags.typed(spec, command),
                startedAt.toString(),
                RunEnvironment.describe(),
                row,
                Stream.of(tables)
                        .map(table -> masked(table, SecretFlags.ofThisRun()))
                        .toList());
        Optional<Path> written = OutputFlags.written(folder, path -> StandaloneResults.write(part, path));
        if (output.json()) {
            System.out.println(JsonRows.render(command, List.of(row)));
        } else if (output.report()) {
            System.err.print(StandaloneResults.render(part, written, Terminal.takesUnicode()));
        }
        return written.isPresent();
    }

    /** Something outside failed, and the command goes on. */
    static void trouble(String line) {
        System.err.println("pushpull: " + line);
    }

    /**
     * Called at the end: someone who interrupts knows that the time was cut short, but not that something had failed
     * before.
     */
    static int exitCode(boolean written, Optional<String> trouble, Interruption interruption) {
        trouble.ifPresent(StandaloneOutput::trouble);
        return trouble.isPresent() || !written
                ? ExitCode.FAILED
                : interruption.requested() ? ExitCode.INTERRUPTED : ExitCode.DONE;
    }

    /** Others can repeat secrets that they were sent. */
    private static EvidenceTable masked(EvidenceTable table, SecretFlags secrets) {
        return new EvidenceTable(
                table.name(),
                table.columns(),
                table.rows().stream()
                        .map(row -> row.stream()
                                .<Object>map(cell -> cell instanceof String text ? secrets.masked(text) : cell)
                                .toList())
                        .toList());
    }
}
