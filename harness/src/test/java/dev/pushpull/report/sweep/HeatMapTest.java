package dev.pushpull.report.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Sweeps;
import java.util.List;
import java.util.Map;
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
                .extracting(HeatMap.Cell::text)
                .containsExactly("webhook", "level", "level", "polling");
        assertThat(cheaper.alternative()).contains("level in 2, polling in 1, webhook in 1 cells");
    }

    @Test
    void isDeeperWhereThereIsMore() {
        HeatMap waste = maps(List.of(500L), List.of(0.5, 1.0, 4.0)).get("waste");

        assertThat(waste.cells()).extracting(HeatMap.Cell::depth).isSortedAccordingTo((a, b) -> b - a);
        assertThat(waste.cells()).extracting(HeatMap.Cell::text).containsExactly("78.0 %", "60.8 %", "13.5 %");
    }

    @Test
    void drawsTheCrossoverThroughTheMiddlesOfTheCellsThatLieOnIt() {
        HeatMap map = maps(List.of(500L, 1_000L), List.of(1.0, 2.0)).get("latency");
        HeatMap.Cell upperRight = map.cells().get(1);
        HeatMap.Cell lowerLeft = map.cells().get(2);

        assertThat(map.predicted())
                .contains("L%d %d".formatted(upperRight.middleX(), upperRight.middleY()))
                .contains("L%d %d".formatted(lowerLeft.middleX(), lowerLeft.middleY()));
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
