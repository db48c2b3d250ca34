package dev.pushpull.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessMeterTest {
    /** As a difference of two sums it once said that a compiler had taken less than nothing. */
    @Test
    void threadsThatEndTakeNothingBackAndNewOnesCount() {
        Map<String, Double> before = Map.of("11", 250.0, "12", 100.0);
        assertThat(ProcessMeter.since(before, Map.of("12", 130.0, "13", 20.0))).isEqualTo(50.0);
        assertThat(ProcessMeter.since(before, Map.of())).isZero();
    }
}
