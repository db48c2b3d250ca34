package dev.pushpull.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimsRecord;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of a sweep and of the claims, as their readers see them. */
class OtherPagesInBrowserTest extends Browser {
    private static final String MARKUP = "<script>alert(1)</script>";

    @TempDir
    Path results;

    private void openSweep() throws IOException {
        SweepResults.write(Sweeps.grid(List.of(250L, 500L, 2_000L), List.of(0.5, 1.0, 2.0, 4.0)), results);
        open(Files.readString(results.resolve("report.html")));
        await("document.documentElement.dataset.drawn !== undefined");
    }

    private void openClaims() throws IOException {
        ClaimFinding finding = new ClaimFinding(
                Claim.EFFORT,
                ClaimFinding.Verdict.HOLDS_WHEN,
                "lambda*T < 1.0",
                "polling asked " + MARKUP,
                List.of(ClaimFinding.Figure.of("requests", "requests", 2, 1, "evidence/effort.csv: a")
                        .predicted(2.1, 1)),
                List.of(new EvidenceTable("effort", List.of("a", "b"), List.of(List.of(1.5, MARKUP)))));
        ClaimsResults.write(
                new ClaimsRecord(
                        RunRecord.SCHEMA_VERSION,
                        "some-claims",
                        "claims",
                        List.of("pushpull", "claims"),
                        "2026-11-23T13:52:22Z",
                        Map.of("processors", "2"),
                        1,
                        true,
                        false,
                        List.of(finding)),
                results);
        open(Files.readString(results.resolve("report.html")));
        await("document.documentElement.dataset.drawn !== undefined");
    }

    @Test
    void aSweepHasItsMapsAndCurvesDrawn() throws IOException {
        openSweep();

        assertQuiet();
        assertThat(all("svg.heat")).hasSize(3);
        assertThat(all("svg.heat rect"))
                .hasSize(3 * 12)
                .allSatisfy(cell -> assertThat(cell.getCssValue("fill")).isNotEqualTo("rgb(0, 0, 0)"));
        assertThat(all("svg.heat path.crossing:not(.predicted)")).hasSize(3);
        assertThat(paintedPixels(find("#waste canvas"))).isGreaterThan(3_000);
        assertThat(paintedPixels(find("#load canvas"))).isGreaterThan(3_000);
        assertThat(find("#downloads").getText()).contains("summary.csv");
    }

    @Test
    void aSweepShutsNobodyOut() throws IOException {
        openSweep();
        assertAccessible();
        find("#theme").click();
        assertAccessible();

        window(375, 800);
        assertNoSidewaysScroll();
    }

    @Test
    void claimsShowWhatTheyRestOn() throws IOException {
        openClaims();

        assertQuiet();
        assertThat(find(".statements .badge").getText()).isEqualTo("HOLDS WHEN lambda*T < 1.0");
        find("details summary").click();
        assertThat(find(".evidence").getText()).contains(MARKUP);
        assertThat(find("#downloads").getText()).contains("claims.csv");
    }

    @Test
    void claimsShutNobodyOut() throws IOException {
        openClaims();
        assertAccessible();
        prefer("prefers-color-scheme", "dark");
        assertAccessible();

        window(375, 800);
        assertNoSidewaysScroll();
    }
}
