package dev.pushpull.cli;

import dev.pushpull.observe.Observed;
import dev.pushpull.observe.Sides;
import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.report.observe.ObserveResults;
import dev.pushpull.report.shared.JsonRows;
import dev.pushpull.scenario.ObservedRecord;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.RunRecord.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** How {@code observe} tells what it found, at its end or meanwhile. */
final class ObserveOutput {
    private final CommandSpec spec;
    private final OutputFlags output;
    private final ResultsFolder folder;
    private final Instant startedAt;
    private final boolean clocked;

    /** @param clocked whether polls are made at an interval, rather than held or read as a stream */
    ObserveOutput(CommandSpec spec, OutputFlags output, ResultsFolder folder, Instant startedAt, boolean clocked) {
        this.spec = spec;
        this.output = output;
        this.folder = folder;
        this.startedAt = startedAt;
        this.clocked = clocked;
    }

    /**
     * What is known at one moment.
     *
     * @param polls what the poller counted
     * @param pushes what the receiver counted
     * @param clock whose clock the items' own times are of
     * @param findings about the run itself
     */
    record State(
            Observed observed,
            Map<String, Object> polls,
            Map<String, Object> pushes,
            String clock,
            boolean partial,
            List<String> warnings,
            List<Finding> findings) {}

    private ObservedRecord record(State state, List<String> advice) {
        List<String> warnings = new ArrayList<>(state.warnings());
        if (state.observed().timesNotKept() > 0) {
            warnings.add("other intervals and advice are about the first %,d items; %,d came after them"
                    .formatted(
                            state.observed().timesNanos().length,
                            state.observed().timesNotKept()));
        }
        return new ObservedRecord(
                RunRecord.SCHEMA_VERSION,
                folder.runId(),
                ObserveCommand.NAME,
                OutputFlags.typed(spec, ObserveCommand.NAME),
                startedAt.toString(),
                RunEnvironment.describe(),
                state.partial(),
                state.observed().pairing(state.observed().tellsTimes() ? state.clock() : "", clocked),
                Sides.rows(folder.runId(), state.polls(), state.pushes(), state.observed()),
                state.observed().strip(),
                state.observed().otherIntervals(),
                advice,
                warnings.stream().map(SecretFlags.ofThisRun()::masked).toList(),
                state.findings());
    }

    /** Writes the results so far. */
    boolean written(State state) {
        ObservedRecord record = record(state, List.of());
        return OutputFlags.written(folder, path -> ObserveResults.write(record, path))
                .isPresent();
    }

    /** The state in one line. */
    String line(State state) {
        return ObserveResults.line(record(state, List.of()));
    }

    /**
     * Writes the results, first without the advice, which takes a while, and prints them.
     *
     * @return whether they were written
     */
    boolean say(State state) throws IOException, InterruptedException {
        boolean written = written(state);
        ObservedRecord record = record(
                state,
                written
                        ? StreamAdvice.lines(
                                state.observed().timesNanos(),
                                ((Number) state.polls().get("interval_s")).doubleValue(),
                                folder.path())
                        : List.of());
        Optional<Path> place =
                written ? OutputFlags.written(folder, path -> ObserveResults.write(record, path)) : Optional.empty();
        if (output.json()) {
            System.out.println(JsonRows.render(ObserveCommand.NAME, record.sides()));
        } else if (output.report()) {
            Terminal.print(ObserveResults.render(record, place, Terminal.takesColour(), Terminal.takesUnicode()));
        }
        return place.isPresent();
    }
}
