package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.HeldRuns;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.RunRecord;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reports show what held connections cost, over time and in all; those of other modes say nothing about it. */
class HeldConnectionsShownTest {
    private static final List<String> OF_HELD = List.of(
            "connections per delivered event",
            "connections held open",
            "connection time per delivered event",
            "reconnects",
            "lost while not connected",
            "frames per delivered event");

    private final RunRecord ordinary = Runs.ordinary().run();
    private final RunRecord held = HeldRuns.of(
            Runs.ordinary().seconds(10).modes("polling", "webhook", "line").run());

    @Test
    void theirFiguresAreThereWhereAModeHoldsConnections() {
        assertThat(ModeTable.of(held).lines()).extracting(ModeTable.Line::label).containsAll(OF_HELD);
        assertThat(ModeTable.of(ordinary).lines())
                .extracting(ModeTable.Line::label)
                .doesNotContainAnyElementsOf(OF_HELD);
        assertThat(values("connections held open")).containsExactly("–", "–", "20.0");
        assertThat(values("reconnects")).containsExactly("–", "–", "20");
        assertThat(values("connection time per delivered event").get(2)).isEqualTo("1.00 s");
        assertThat(values("frames per delivered event").get(2)).isEqualTo("1.40");
    }

    @Test
    void whatIsHeldOpenIsPartOfTheInfrastructureOfAModeThatHoldsIt() {
        assertThat(new Infrastructure().figures(held, held.outcomes().get(2)))
                .extracting(figure -> figure.label())
                .contains("connections held open");
        assertThat(new Infrastructure().figures(held, held.outcomes().get(0)))
                .extracting(figure -> figure.label())
                .doesNotContain("connections held open");
    }

    private List<String> values(String label) {
        return ModeTable.of(held).lines().stream()
                .filter(line -> line.label().equals(label))
                .flatMap(line -> line.entries().stream())
                .map(ModeTable.Entry::value)
                .toList();
    }

    @Test
    void theTerminalHasTenModesInEightyColumns() {
        RunRecord ten = HeldRuns.of(Runs.ordinary()
                .seconds(10)
                .modes(
                        "polling",
                        "webhook",
                        "conditional-polling",
                        "adaptive-polling",
                        "long-polling",
                        "hybrid",
                        "thin-webhook",
                        "batched-webhook",
                        "line",
                        "line-with-a-longer-name")
                .run());

        String text = TerminalReport.render(ten, Optional.empty(), false, true);

        assertThat(text.lines())
                .allSatisfy(line ->
                        assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(80));
        assertThat(text)
                .as("only of those that hold any")
                .containsPattern(
                        "\\nHeld connections +line +line-with-a-longer-name\\n(connections held open|reconnects)")
                .doesNotContain("–  ");
        assertThat(text).contains("line: of 200 deliveries 7 were lost (not connected and not replayed 7)");
    }

    @Test
    void theLineOfConnectionsIsThereSecondBySecondWithAFindingAsItsTitle() {
        List<HeldLine> lines = HeldLine.of(held);

        assertThat(lines).extracting(HeldLine::name).containsExactly("line");
        assertThat(lines.get(0).x()).startsWith(1.0, 2.0, 3.0).hasSize(10);
        assertThat(lines.get(0).y()).startsWith(20L, 20L, 10L, 20L);
        assertThat(HeldLine.finding(held)).isEqualTo("Connections held open: lines 10 to 20");
        assertThat(HeldLine.of(ordinary)).isEmpty();
        assertThat(HeldLine.finding(ordinary)).isEmpty();
    }

    @Test
    void whatWasNotThereIsCountedByCause() {
        assertThat(Shortfall.causes(held))
                .containsExactly(new Shortfall.Cause(
                        "line", 6, "not connected and not replayed", "lost", "7", "3.50 %", "3.50"));
        assertThat(HtmlReport.render(held, HeldRuns.journal(held)))
                .contains("Not there at the end, by cause", "<td>not connected and not replayed</td>");
    }

    @Test
    void theStripHasTheirLines() {
        EventStrip strip = EventStrip.of(held, HeldRuns.journal(held)).orElseThrow();
        EventStrip.Requests lines = strip.lanes().get(2).held();

        assertThat(lines.from()).hasSize(40).startsWith(-5_000L, 3_000_000L);
        assertThat(lines.took()).startsWith(2_005_000L);
        assertThat(lines.trouble().get(0)).isEqualTo("the provider ended it");
        assertThat(strip.lanes().get(0).held().from()).isEmpty();
        assertThat(strip.spanMicros()).as("the lines do not draw it out").isLessThan(10_500_000);
    }

    @Test
    void theTimelineHasAColumnOfThem() throws Exception {
        StringWriter csv = new StringWriter();
        TimelineFile.write(held, csv);

        assertThat(csv.toString().lines().findFirst().orElseThrow()).endsWith(",trial,held_connections");
        assertThat(csv.toString().lines()).anyMatch(line -> line.startsWith("2,line,") && line.endsWith(",1,10"));
    }
}
