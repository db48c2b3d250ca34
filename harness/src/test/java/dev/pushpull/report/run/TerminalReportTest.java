package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.AgreementLine;
import dev.pushpull.scenario.RunRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TerminalReportTest {
    private static final Path FOLDER = Path.of("results", "x");

    private static final String[] SIX_MODES = {
        "polling", "webhook", "conditional-polling", "adaptive-polling", "long-polling", "hybrid"
    };

    @Test
    void fitsEightyColumnsWithSixModesAndLongReasons() {
        RunRecord run = Runs.ordinary()
                .modes(SIX_MODES)
                .stillWarming()
                .seconds(4)
                .consumers(200_000)
                .webhooksMissed(12)
                .invalid("requests: sent 1,200 are not received 1,199, " + "x".repeat(200))
                .partial()
                .run();

        for (boolean colour : new boolean[] {true, false}) {
            for (boolean unicode : new boolean[] {true, false}) {
                String text = TerminalReport.render(run, Optional.of(FOLDER), colour, unicode);

                assertThat(text.replaceAll("\u001b\\[[0-9;]*m", "").lines())
                        .as("colour %s, Unicode %s", colour, unicode)
                        .allSatisfy(line -> assertThat(line.codePointCount(0, line.length()))
                                .isLessThanOrEqualTo(80));
            }
        }
    }

    @Test
    void showsTheDocumentsTableWithFiguresExpectationsAndVerdicts() {
        String text = TerminalReport.render(Runs.ordinary().run(), Optional.of(FOLDER), false, true);

        assertThat(text)
                .contains("Effort", "Real-time", "Efficiency", "Infrastructure")
                .contains("\"Client asks repeatedly.\"", "\"Server sends once.\"")
                .contains("expected 253 ms = T/2 + v")
                .contains("60.7 ±2.8 % empty polls")
                .contains("Cross-checks: 4 of 4 balance.")
                .contains("bare round trip")
                .contains("Report: results/x/report.html");
    }

    @Test
    void drawsEachModesLatenciesInALineWhereThereAreCharactersForIt() {
        RunRecord run = Runs.ordinary().run();

        assertThat(TerminalReport.render(run, Optional.of(FOLDER), false, true))
                .containsPattern("\npolling  [0-9.]+ ms .*█.* 50\\d ms");
        assertThat(TerminalReport.render(run, Optional.of(FOLDER), false, false))
                .doesNotContain("Latencies, from the least");
    }

    @Test
    void saysWhetherLatenciesWereSteadyAndDrawsTheirMediansFromZero() {
        RunRecord run = Runs.ordinary().stillWarming().run();

        assertThat(TerminalReport.render(run, Optional.of(FOLDER), false, true))
                .containsPattern("\nSteadiness +medians over time +verdict +last third / first\n")
                .containsPattern("\nwebhook +█▇▆▅▅▄▅▄▄▅▅▅ +still warming +0.640 \\(0.610 to 0.680\\)\n");
        assertThat(TerminalReport.render(run, Optional.of(FOLDER), false, false))
                .containsPattern("\nwebhook +still warming +0.640");
        assertThat(TerminalReport.render(Runs.ordinary().run(), Optional.of(FOLDER), false, true))
                .as("nobody looked")
                .doesNotContain("Steadiness");
    }

    @Test
    void usesColourOnlyWhenAsked() {
        RunRecord run = Runs.ordinary().invalid("nothing balances").run();

        assertThat(TerminalReport.render(run, Optional.of(FOLDER), false, true)).doesNotContain("\u001b");
        assertThat(TerminalReport.render(run, Optional.of(FOLDER), true, true)).contains("\u001b[");
    }

    @Test
    void writesNothingButAsciiWhereUnicodeIsNotShown() {
        String text =
                TerminalReport.render(Runs.ordinary().type("Überweisung").run(), Optional.of(FOLDER), false, false);

        assertThat(text).matches("[\\x20-\\x7e\\n]*").contains("lambda*T", "+-");
    }

    @Test
    void letsNoControlCharacterReachTheTerminal() {
        RunRecord run = Runs.ordinary().invalid("\u001b[2J gone").run();

        assertThat(TerminalReport.render(run, Optional.of(FOLDER), false, true)).doesNotContain("\u001b");
    }

    @Test
    void saysInvalidWithTheReasonsAndPartialWithTheTime() {
        RunRecord run = Runs.ordinary()
                .invalid("3 ticks were skipped")
                .partial()
                .but(whole -> new RunRecord(
                        whole.schemaVersion(),
                        whole.runId(),
                        whole.command(),
                        whole.commandLine(),
                        whole.startedAt(),
                        12_000_000_000L,
                        whole.scenario(),
                        whole.outcomes(),
                        whole.noise(),
                        whole.environment(),
                        true,
                        java.util.List.of("the disk is slow")))
                .run();

        assertThat(TerminalReport.render(run, Optional.of(FOLDER), false, true))
                .contains("INVALID polling, webhook: 3 ticks were skipped")
                .contains("PARTIAL: interrupted after 12 s of 30 s.")
                .contains("Warning: the disk is slow");
    }

    @Test
    void keepsAVerdictBesideItsFigureWhereNamesAreLong() {
        RunRecord run = Runs.ordinary().run();
        List<AgreementLine> lines = List.of(new AgreementLine(
                "polling",
                "requests_per_delivery",
                OptionalDouble.of(2.07),
                OptionalDouble.of(2),
                OptionalDouble.of(2.14),
                2.07,
                OptionalDouble.of(2),
                0.06,
                AgreementLine.Verdict.TOO_FEW_EVENTS));

        assertThat(TerminalReport.render(run.with(List.of(), lines), Optional.of(FOLDER), false, true)
                        .lines())
                .anyMatch(line -> line.startsWith("requests per") && line.endsWith("too few events"));
    }

    @Test
    void saysTooFewInsteadOfAQuantile() {
        RunRecord run = Runs.ordinary().consumers(5).seconds(20).run();

        assertThat(TerminalReport.render(run, Optional.of(FOLDER), false, true))
                .contains("p99 too few samples for this")
                .containsPattern("latency p99 +too few +too few\\n");
    }
}
