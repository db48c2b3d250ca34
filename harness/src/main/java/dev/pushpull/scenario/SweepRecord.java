package dev.pushpull.scenario;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;

/**
 * Everything a sweep has to say: what its {@code run.json} holds and its outputs are made from.
 *
 * @param command sweep
 * @param commandLine as typed, the program's own name first
 * @param startedAt RFC 3339
 * @param environment what it ran on, by name
 * @param planned how many cells were asked for
 * @param partial interrupted before its end; then every cell is marked so, for the sweep is the run they are part of
 * @param cells in the order of the intervals, then of the rates
 */
public record SweepRecord(
        int schemaVersion,
        String runId,
        String command,
        List<String> commandLine,
        String startedAt,
        Map<String, String> environment,
        int planned,
        boolean partial,
        List<RunRecord> cells) {
    /** Whether every cell's figures can be relied on. */
    @JsonIgnore
    public boolean valid() {
        return cells.stream().allMatch(RunRecord::valid);
    }

    /** Whether it was measured on a real clock. */
    @JsonIgnore
    public boolean live() {
        return cells.stream().flatMap(cell -> cell.outcomes().stream()).anyMatch(outcome -> !outcome.simulated());
    }
}
