package dev.pushpull.report.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Runs;
import dev.pushpull.report.shared.Sweeps;
import dev.pushpull.scenario.AgreementLine;
import dev.pushpull.scenario.SweepRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HeatMapTest {
    private static Map<String, HeatMap> maps(List<Long> intervalsMillis, List<Double> rates) {
        return HeatMap.of(Sweeps.grid(intervalsMillis, rates)).stream()
                .collect(Collectors.toMap(HeatMap::name, Function.identity()));
    }

    @Test
    void saysInEachCellWhoNeedsFewerRequests() {
        HeatMap cheaper = maps(List.of(500L, 1_000L), List.of(1.0, 2.0)).get("cheaper");

        assertThat(cheaper.cells())
                .extracting(HeatGrid.Cell::text)
                .containsExactly("webhook", "level", "level", "polling");
        assertThat(cheaper.title())
                .isEqualTo("Fewest requests per delivered event: webhook in 1, polling in 1 of 4 cells, level in 2");
        assertThat(cheaper.alternative()).startsWith(cheaper.title());
    }

    @Test
    void isDeeperWhereThereIsMore() {
        HeatMap waste = maps(List.of(500L), List.of(0.5, 1.0, 4.0)).get("waste");

        assertThat(waste.cells()).extracting(HeatGrid.Cell::depth).isSortedAccordingTo((a, b) -> b - a);
        assertThat(waste.cells()).extracting(HeatGrid.Cell::text).containsExactly("78.0 %", "60.8 %", "13.5 %");
    }

    @Test
    void drawsTheCrossoverThroughTheMiddlesOfTheCellsThatLieOnIt() {
        HeatMap map = maps(List.of(500L, 1_000L), List.of(1.0, 2.0)).get("latency");

        assertThat(map.viewBox()).isEqualTo("0 0 200 128");
        assertThat(map.predicted())
                .as("upper right")
                .contains("L150 42")
                .as("lower left")
                .contains("L50 106");
    }

    @Test
    void drawsThatLineNowhereOverAText() {
        HeatMap map = maps(List.of(500L, 1_000L), List.of(1.0, 2.0)).get("cheaper");

        assertThat(map.cells()).allSatisfy(cell -> {
            assertThat(cell.plate()).isGreaterThan(7 * cell.text().length());
            assertThat(cell.plateY()).isBetween(cell.y(), cell.textY() - 6);
        });
    }

    @Test
    void saysInEachCellWhereTheModesIntervalsOverlap() {
        Map<String, HeatMap> sure = maps(List.of(500L, 4_000L), List.of(0.25, 4.0));
        assertThat(sure.get("cheaper").cells()).extracting(HeatGrid.Cell::note).containsExactly("", "", "not sure", "");
    }

    @Test
    void saysInEachCellWhichFigureHadTooFewEvents() {
        SweepRecord sweep = Sweeps.of(List.of(
                Runs.ordinary().seconds(10).run().with(List.of(), List.of(verdict("latency_mean_ms"))),
                Runs.ordinary().intervalMillis(1_000).seconds(10).run()));

        assertThat(HeatMap.of(sweep).get(1).cells())
                .extracting(HeatGrid.Cell::note)
                .containsExactly("too few", "");
        SweepView view = SweepView.of(sweep);
        assertThat(view.rows().get(0).cells().get(0).doubts())
                .singleElement()
                .satisfies(doubt ->
                        assertThat(doubt.words() + ": " + doubt.figures()).startsWith("TOO FEW EVENTS: polling "));
        assertThat(view.rows().get(1).cells().get(0).doubts()).isEmpty();
        assertThat(SweepMarkdown.render(view)).contains("TOO FEW EVENTS: polling");
        assertThat(SweepTerminal.render(sweep, Optional.empty(), false, true)).contains("TOO FEW EVENTS: polling");
    }

    private static AgreementLine verdict(String metric) {
        return AgreementLine.judged("polling", metric, OptionalDouble.empty(), 250, 1, OptionalDouble.empty(), 25);
    }

    @Test
    void drawsNoCrossoverWhereTheGridHasNone() {
        HeatMap map = maps(List.of(100L, 200L), List.of(0.01, 0.02)).get("cheaper");

        assertThat(map.predicted()).isEmpty();
        assertThat(map.measured()).isEmpty();
    }

    @Test
    void drawsASingleRowAndASingleColumn() {
        assertThat(maps(List.of(500L), List.of(1.0, 4.0)).get("cheaper").predicted())
                .startsWith("M");
        assertThat(maps(List.of(500L, 4_000L), List.of(1.0)).get("cheaper").predicted())
                .isEmpty();
    }
}
