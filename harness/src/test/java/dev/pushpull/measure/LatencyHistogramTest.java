package dev.pushpull.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    @Test
    void itKeepsTheExactSumBesideTheBuckets() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.record(1_000_001);
        histogram.record(3_000_002);
        assertThat(histogram.count()).isEqualTo(2);
        assertThat(histogram.distribution().count()).isEqualTo(2);
        assertThat(histogram.distribution().meanMillis()).hasValue(2.0000015);
    }

    @Test
    void onceForgottenNothingIsLeft() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.record(5);
        histogram.reset();
        histogram.record(7);
        assertThat(histogram.count()).isEqualTo(1);
        assertThat(histogram.distribution().sumNanos()).isEqualTo(7);
    }
}
