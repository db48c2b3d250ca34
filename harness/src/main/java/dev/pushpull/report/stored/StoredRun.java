package dev.pushpull.report.stored;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.report.advice.AdviceReport;
import dev.pushpull.report.advice.AdviceResults;
import dev.pushpull.report.capacity.CapacityResults;
import dev.pushpull.report.capacity.CapacityRows;
import dev.pushpull.report.capacity.CapacityTerminal;
import dev.pushpull.report.claims.ClaimRows;
import dev.pushpull.report.claims.ClaimsResults;
import dev.pushpull.report.claims.ClaimsTerminal;
import dev.pushpull.report.observe.ObserveResults;
import dev.pushpull.report.prediction.PredictionReport;
import dev.pushpull.report.prediction.PredictionResults;
import dev.pushpull.report.run.JournalFile;
import dev.pushpull.report.run.RunResults;
import dev.pushpull.report.run.TerminalReport;
import dev.pushpull.report.shared.Layout;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.report.standalone.StandaloneResults;
import dev.pushpull.report.sweep.SweepResults;
import dev.pushpull.report.sweep.SweepTerminal;
import dev.pushpull.scenario.AdviceRecord;
import dev.pushpull.scenario.CapacityRecord;
import dev.pushpull.scenario.ClaimsRecord;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.ObservedRecord;
import dev.pushpull.scenario.PartRecord;
import dev.pushpull.scenario.PredictionRecord;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.SweepRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A results folder read back, whatever command made it: all its other files can be made from its {@code run.json}. */
public final class StoredRun {
    /** Every kind of record that a {@code run.json} can hold. */
    private static final List<Kind<?>> KINDS = List.of(
            new Kind<>(
                    "outcomes",
                    RunRecord.class,
                    (run, source, target) -> RunResults.write(run, JournalFile.readIfThere(source), target),
                    TerminalReport::render,
                    run -> run.outcomes().stream()
                            .map(outcome ->
                                    run.simulated() ? Metrics.virtualRow(run, outcome) : Metrics.row(run, outcome))
                            .toList(),
                    run -> List.of(run)),
            new Kind<>(
                    "cells",
                    SweepRecord.class,
                    (sweep, source, target) -> SweepResults.write(sweep, target),
                    SweepTerminal::render,
                    sweep -> sweep.cells().stream()
                            .flatMap(cell -> cell.outcomes().stream().map(outcome -> Metrics.row(cell, outcome)))
                            .toList(),
                    SweepRecord::cells),
            new Kind<>(
                    "slo",
                    CapacityRecord.class,
                    (capacity, source, target) -> CapacityResults.write(capacity, target),
                    CapacityTerminal::render,
                    capacity -> CapacityRows.of(capacity.findings()),
                    capacity -> List.of()),
            new Kind<>(
                    "pairing",
                    ObservedRecord.class,
                    (observed, source, target) -> ObserveResults.write(observed, target),
                    (observed, folder, colour, unicode) -> ObserveResults.render(observed, folder, colour, unicode),
                    ObservedRecord::sides,
                    observed -> List.of()),
            new Kind<>(
                    "findings",
                    ClaimsRecord.class,
                    (claims, source, target) -> ClaimsResults.write(claims, target),
                    ClaimsTerminal::render,
                    claims -> ClaimRows.of(claims.findings()),
                    claims -> List.of()),
            new Kind<>(
                    "predictions",
                    PredictionRecord.class,
                    (prediction, source, target) -> PredictionResults.write(prediction, target),
                    (prediction, folder, colour, unicode) ->
                            PredictionReport.render(prediction, folder, colour, unicode, Layout.WIDTH),
                    PredictionRecord::rows,
                    prediction -> List.of()),
            new Kind<>(
                    "candidates",
                    AdviceRecord.class,
                    (advice, source, target) -> AdviceResults.write(advice, target),
                    (advice, folder, colour, unicode) ->
                            AdviceReport.render(advice, folder, false, colour, unicode, Layout.WIDTH),
                    AdviceRecord::rows,
                    advice -> List.of()),
            new Kind<>(
                    "figures",
                    PartRecord.class,
                    (part, source, target) -> StandaloneResults.write(part, target),
                    (part, folder, colour, unicode) -> StandaloneResults.render(part, folder, unicode),
                    part -> List.of(part.figures()),
                    part -> List.of()));

    /**
     * One kind of record.
     *
     * @param mark a JSON field; a file is of the first kind whose mark it has
     * @param cells the runs in it that can be compared with those of another
     */
    private record Kind<T>(
            String mark,
            Class<T> type,
            Writing<T> writing,
            Saying<T> saying,
            Function<T, List<Map<String, Object>>> rows,
            Function<T, List<RunRecord>> cells) {}

    private interface Writing<T> {
        void write(T record, Path source, Path target) throws IOException;
    }

    private interface Saying<T> {
        String render(T record, Optional<Path> folder, boolean colour, boolean unicode);
    }

    private final Path folder;
    private final String command;
    private final Read<?> read;

    private StoredRun(Path folder, String command, Read<?> read) {
        this.folder = folder;
        this.command = command;
        this.read = read;
    }

    private record Read<T>(Kind<T> kind, T record) {
        static <T> Read<T> of(Kind<T> kind, JsonNode tree, Path folder) {
            return new Read<>(kind, RunJson.record(tree, kind.type(), folder));
        }
    }

    /**
     * Reads a folder's {@code run.json}.
     *
     * @throws InvalidInputException when there is none, it is incomplete, or a newer program wrote it
     */
    public static StoredRun read(Path folder) {
        JsonNode tree = RunJson.tree(folder);
        Plausible.check(tree, folder.resolve(RunJson.FILE));
        Kind<?> kind = KINDS.stream()
                .filter(candidate -> tree.has(candidate.mark()))
                .findFirst()
                .orElseThrow(() ->
                        Quantity.wrong("RUN", folder.resolve(RunJson.FILE).toString(), "a complete " + RunJson.FILE));
        String startedAt = tree.path("started_at").asText();
        try {
            Instant.parse(startedAt);
        } catch (DateTimeException e) {
            throw Quantity.wrong("started_at of " + folder.resolve(RunJson.FILE), startedAt, "a time as of RFC 3339");
        }
        return new StoredRun(folder, tree.path("command").asText(), Read.of(kind, tree, folder));
    }

    /** The folder that was read. */
    public Path folder() {
        return folder;
    }

    /** The command that ran. */
    public String command() {
        return command;
    }

    /** The runs in it that can be compared with those of another folder: one, those of a sweep, or none. */
    public List<RunRecord> cells() {
        return cells(read);
    }

    private static <T> List<RunRecord> cells(Read<T> read) {
        return read.kind().cells().apply(read.record());
    }

    /** Makes something from records. */
    public interface Making {
        void make() throws IOException;
    }

    /**
     * Makes something from the record.
     *
     * @throws InvalidInputException when that is impossible: then the record was edited by hand
     */
    public void unlessHandmade(Making making) throws IOException {
        try {
            making.make();
        } catch (InvalidInputException e) {
            throw e;
        } catch (RuntimeException e) {
            InvalidInputException refused = Quantity.wrong(
                    "run", folder.resolve(RunJson.FILE).toString(), "a " + RunJson.FILE + " as pushpull writes it");
            refused.initCause(e);
            throw refused;
        }
    }

    /** Makes all files that the run's command made from its record. */
    public void write(Path target) throws IOException {
        write(read, folder, target);
    }

    private static <T> void write(Read<T> read, Path source, Path target) throws IOException {
        read.kind().writing().write(read.record(), source, target);
    }

    /** The text that the run's command prints for people. */
    public String render(Path shownFolder, boolean colour, boolean unicode) {
        return rendered(read, shownFolder, colour, unicode);
    }

    private static <T> String rendered(Read<T> read, Path folder, boolean colour, boolean unicode) {
        return read.kind().saying().render(read.record(), Optional.of(folder), colour, unicode);
    }

    /** The rows that the run's command prints with {@code --json}. */
    public List<Map<String, Object>> rows() {
        return rows(read);
    }

    private static <T> List<Map<String, Object>> rows(Read<T> read) {
        return read.kind().rows().apply(read.record());
    }
}
