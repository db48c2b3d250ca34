package dev.pushpull.report.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTextTest {
    @ParameterizedTest
    @CsvSource({
        "interval_s, 1.0, interval 1 s",
        "duration_s, 8.0734, duration 8.07 s",
        "suiting_interval_s, 0.1193, suiting interval 119 ms",
        "rate_per_s, 0.001, rate 0.001/s",
        "rate_per_s, 5.81234, rate 5.81/s",
        "source_latency_mean_ms, 576.9, source latency mean 577 ms",
        "clock_ahead_ms, -938.2, clock ahead -938 ms",
        "wasted_ratio, 0.5, wasted polls 50.0 %",
        "bytes_to_consumer, 155360, 'bytes to consumer 155,360 B'",
    })
    void aUnitIsSaidOnceAndBesideTheValue(String column, String value, String said) {
        Number number = value.contains(".") ? (Number) Double.valueOf(value) : (Number) Long.valueOf(value);

        assertThat(ColumnText.label(column) + " " + ColumnText.text(column, number))
                .isEqualTo(said);
    }
}
