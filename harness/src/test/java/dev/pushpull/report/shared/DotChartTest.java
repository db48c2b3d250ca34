package dev.pushpull.report.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.DotChart.Entry;
import dev.pushpull.report.shared.DotChart.Row;
import dev.pushpull.report.shared.DotChart.Shape;
import dev.pushpull.report.shared.DotChart.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DotChartTest {
    @Test
    void aLabelAndFiguresThatATelephoneHasNoRoomForStandInTwoLines() {
        assertThat(row("webhook-signed", "56,000/s (52,000 to 61,000)").figuresY())
                .isGreaterThan(row("poll-304", "76,000/s").figuresY());
        assertThat(row("poll-304", "76,000/s (64,000 to 87,000)").figuresX()).isEqualTo("100");
    }

    private static Row row(String label, String figures) {
        List<Value> values = List.of(Value.of(Shape.DOT, 0, 10));
        AxisScale scale = AxisScale.of(List.of(1.0, 100.0), value -> "");
        return DotChart.of("", scale, List.of(new Entry(label, figures, values)), List.of(), Optional.empty(), "")
                .rows()
                .get(0);
    }
}
