package dev.pushpull.scenario;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;

/**
 * The complete record of a sweep, stored in its {@code run.json}, from which its outputs are made.
 *
 * @param command sweep
 * @param commandLine as typed, the program's own name first
 * @param startedAt RFC 3339
 * @param environment what it ran on, by name
 * @param planned the number of cells requested
 * @param partial whether it was interrupted before its end; then every cell is marked, because all belong to one run
 * @param cells ordered by interval, then by rate
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
    /** Whether the figures of every cell can be relied on. */
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
