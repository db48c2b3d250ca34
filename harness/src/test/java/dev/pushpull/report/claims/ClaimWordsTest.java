package dev.pushpull.report.claims;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import dev.pushpull.scenario.ClaimFinding.Verdict;
import dev.pushpull.scenario.ClaimsRecord;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClaimWordsTest {
    private final ClaimsRecord record = Findings.record(List.of(new ClaimFinding(
            Claim.SIGNATURES,
            Verdict.HOLDS,
            "",
            "verifying 1 KiB takes 1.6 us, 1.8 % of a delivery of 87 us, for all of us",
            List.of(Figure.of("verify_p50_github", "us", Double.NaN, 1.38, "evidence/signatures.csv: verify_p50_us")),
            List.of())));

    @Test
    void microsecondsHaveTheirSignWhereverTheyAreShown() {
        assertThat(ClaimsMarkdown.render(ClaimsView.of(record)))
                .contains("takes 1.6 µs, 1.8 % of a delivery of 87 µs, for all of us", "| verify p50 github | µs |");
        assertThat(ClaimsTerminal.render(record, Optional.empty(), false, true)).contains("verify p50 github, µs");
        assertThat(ClaimsTerminal.render(record, Optional.empty(), false, false))
                .contains("verify p50 github, us");
    }
}
