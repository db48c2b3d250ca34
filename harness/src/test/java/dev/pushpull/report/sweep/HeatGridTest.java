package dev.pushpull.report.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Sweeps;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class HeatGridTest {
    private static final HeatGrid GRID =
            HeatGrid.of(Sweeps.grid(List.of(500L, 1_000L), List.of(1.0, 2.0)).cells());

    @Test
    void theAreaOfALineLiesBetweenItsEnds() {
        assertThat(GRID.area(OptionalDouble.of(0.9), OptionalDouble.of(1.1)))
                .startsWith("M")
                .endsWith("Z");
        assertThat(GRID.area(OptionalDouble.of(1), OptionalDouble.of(1)))
                .as("no width")
                .isEmpty();
        assertThat(GRID.area(OptionalDouble.empty(), OptionalDouble.empty()))
                .as("an open end reaches the edge")
                .contains("M0 10", "200 138");
    }

    @Test
    void aPlateIsAtLeastAsWideAsItsText() {
        HeatGrid.Cell cell = GRID.cell(GRID.runs().get(0), 0, 20, "adaptive *", "not sure", "");

        assertThat(cell.plate()).isGreaterThanOrEqualTo(7 * "adaptive *".length());
        assertThat(cell.plateY()).isLessThan(cell.textY() - 8);
        assertThat(cell.plateY() + cell.plateHeight()).isGreaterThan(cell.noteY() + 5);
    }
}
