package dev.pushpull.scenario;

import java.util.List;
import java.util.Map;

/**
 * The complete record of the experiments behind the claims.
 *
 * @param command claims
 * @param commandLine as typed, the program's own name first
 * @param startedAt RFC 3339
 * @param environment what it ran on, by name
 * @param quick whether the experiments were cut to fit into two minutes
 * @param partial whether it was interrupted before its end
 * @param findings for the claims that were tested, in the order of {@link Claim}
 */
public record ClaimsRecord(
        int schemaVersion,
        String runId,
        String command,
        List<String> commandLine,
        String startedAt,
        Map<String, String> environment,
        long seed,
        boolean quick,
        boolean partial,
        List<ClaimFinding> findings) {}
