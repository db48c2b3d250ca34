package dev.pushpull.scenario;

import java.util.List;
import java.util.Map;

/**
 * Everything the experiments behind the statements have to say.
 *
 * @param command claims
 * @param commandLine as typed, the program's own name first
 * @param startedAt RFC 3339
 * @param environment what it ran on, by name
 * @param quick whether the experiments were cut to fit a minute and a half
 * @param partial interrupted before its end
 * @param findings in the order of {@link Claim}, of the claims that were put to the test
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
