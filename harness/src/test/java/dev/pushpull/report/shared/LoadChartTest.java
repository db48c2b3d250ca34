package dev.pushpull.report.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoadChartTest {
    @Test
    void drawsTheExponentialAndTheHyperbola() {
        LoadChart chart = LoadChart.of(List.of(Runs.ordinary().run()));

        for (int i = 0; i < chart.x().size(); i++) {
            double x = chart.x().get(i);
            assertThat(chart.waste().get(i)).isCloseTo(Math.exp(-x), within(1e-4 * Math.exp(-x)));
            assertThat(chart.requests().get(i)).isCloseTo(1 / x, within(1e-4 / x));
        }
        assertThat(chart.x()).isSorted();
    }

    @Test
    void setsThisRunsPointsAtItsLoadFactor() {
        LoadChart chart = LoadChart.of(List.of(Runs.ordinary().run()));

        assertThat(chart.points()).extracting(LoadChart.Points::name).containsExactly("polling", "webhook");
        assertThat(chart.points().get(0).x()).containsExactly(0.5);
        assertThat(chart.points().get(1).waste()).containsExactly((Double) null);
    }

    @Test
    void reachesBeyondAnUnusualLoadFactor() {
        LoadChart chart =
                LoadChart.of(List.of(Runs.ordinary().rate(200).seconds(2).run()));

        assertThat(chart.x().get(chart.x().size() - 1)).isGreaterThan(100);
    }

    @Test
    void saysOnWhichSideOfTheCrossoverARunLies() {
        LoadChart chart = LoadChart.of(List.of(Runs.ordinary().run()));

        assertThat(chart.sentence(0.5))
                .isEqualTo("In theory webhooks need fewer requests up to λT = 1.00, polling beyond.");
        assertThat(chart.sentence(1)).contains("as many requests");
        assertThat(chart.sentence(3)).startsWith("In theory polling needs fewer requests");
    }
}
