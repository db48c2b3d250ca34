package dev.pushpull.report.claims;

import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimsRecord;
import dev.pushpull.scenario.RunRecord;
import java.util.List;
import java.util.Map;

/** Made-up records of tested claims. */
final class Findings {
    private Findings() {}

    static ClaimsRecord record(List<ClaimFinding> findings) {
        return new ClaimsRecord(
                RunRecord.SCHEMA_VERSION,
                "some-claims",
                "claims",
                List.of("pushpull", "claims"),
                "2026-11-23T13:52:22Z",
                Map.of("processors", "2"),
                1,
                true,
                false,
                findings);
    }
}
