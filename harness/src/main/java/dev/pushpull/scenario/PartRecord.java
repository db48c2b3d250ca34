package dev.pushpull.scenario;

import java.util.List;
import java.util.Map;

/**
 * What one part on its own, a provider, a receiver or a poller, has to say when it ends.
 *
 * @param command serve, receive or poll
 * @param commandLine as typed, without secrets, the program's own name first
 * @param startedAt RFC 3339
 * @param figures one row by column, in the columns of {@code summary.csv} where it has them; null where there is none
 * @param tables what happened one by one, each a file of its own
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
