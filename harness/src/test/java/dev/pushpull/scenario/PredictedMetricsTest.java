package dev.pushpull.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PredictedMetricsTest {
    @Test
    void noTwoFiguresHaveTheSameName() {
        assertThat(Stream.concat(PredictedMetrics.SUMMARY.stream(), PredictedMetrics.FURTHER.stream())
                        .map(PredictedMetric::label))
                .doesNotHaveDuplicates();
    }
}
