package dev.pushpull.scenario;

import java.util.List;
import java.util.Map;

/**
 * The final report of a provider, a receiver or a poller that ran alone.
 *
 * @param command serve, receive or poll
 * @param commandLine as typed, without secrets, the program's own name first
 * @param startedAt RFC 3339
 * @param figures one row by column, using the columns of {@code summary.csv} where they exist; null where there is none
 * @param tables single happenings, each table a file of its own
 */
public record PartRecord(
        int schemaVersion,
        String runId,
        String command,
        List<String> commandLine,
        String startedAt,
        Map<String, String> environment,
        Map<String, Object> figures,
        List<EvidenceTable> tables) {}
