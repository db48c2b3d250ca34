package dev.pushpull.report.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {
    @Test
    void readBackAsTheSameDoubleAndHaveNoExponent() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            double value = random.nextDouble() * Math.pow(10, random.nextInt(-12, 15));
            String text = Decimals.shortest(value);
            assertThat(Double.parseDouble(text)).isEqualTo(value);
            assertThat(text).matches("\\d+(\\.\\d+)?");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2.0E-3, 0.002",
        "2.0E23, 200000000000000000000000",
        "5, 5",
        "0, 0",
        "0.30000000000000004, 0.30000000000000004"
    })
    void areTheShortestThere(double value, String text) {
        assertThat(Decimals.shortest(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.0974 | 97.4 µs",
                "0.9996 | 1.00 ms",
                "1.2345 | 1.23 ms",
                "253.2 | 253 ms",
                "999.4 | 999 ms",
                "999.7 | 1.00 s",
                "999499 | 999 s",
                "1234567 | 20.6 min",
                "7200000 | 2.00 h",
                "864000000 | 10.0 d",
                "0 | 0 ms"
            })
    void switchTheUnitOfALatency(double millis, String text) {
        assertThat(Decimals.milliseconds(millis)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0.6067 | 60.7 %", "1 | 100 %", "0.00123 | 0.123 %", "0 | 0 %"})
    void writeSharesAsPercent(double share, String text) {
        assertThat(Decimals.percent(share)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0.5 | 0.5", "30 | 30", "0.01545 | 0.01545", "12345.6 | 12,350", "0 | 0"})
    void writeSettingsWithoutIdleZeros(double value, String text) {
        assertThat(Decimals.setting(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500000000 | 500 ms",
                "300000000000 | 5 min",
                "3600000000000 | 1 h",
                "31536000000000000 | 365 d",
                "250000 | 250 µs"
            })
    void writeADurationInTheUnitsOfALatency(long nanos, String text) {
        assertThat(Decimals.duration(nanos)).isEqualTo(text);
    }
}
