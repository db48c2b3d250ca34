package dev.pushpull.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00.000000000Z",
        "1, 1970-01-01T00:00:00.000000001Z",
        "1767225600000000000, 2026-01-01T00:00:00.000000000Z",
        "1767225600120000000, 2026-01-01T00:00:00.120000000Z",
        "-1, 1969-12-31T23:59:59.999999999Z",
        "-1000000000, 1969-12-31T23:59:59.000000000Z",
        "9223372036854775807, 2262-04-11T23:47:16.854775807Z",
        "-9223372036854775808, 1677-09-21T00:12:43.145224192Z",
    })
    void timesAreWrittenWithNineDigitsAndReadBack(long nanos, String text) {
        assertThat(Timestamps.format(nanos)).isEqualTo(text);
        assertThat(Timestamps.parse(text)).isEqualTo(nanos);
    }

    @Test
    void everyTimeIsReadBackAsItWasWritten() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            long nanos = random.nextLong();
            String text = Timestamps.format(nanos);
            assertThat(text).hasSize(30);
            assertThat(Timestamps.parse(text)).isEqualTo(nanos);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z, 1767225600000000000",
        "2026-01-01T01:00:00.5+01:00, 1767225600500000000",
        "2025-12-31T23:00:00.000001-01:00, 1767225600000001000",
    })
    void timesOfOtherWritersAreReadToo(String text, long nanos) {
        assertThat(Timestamps.parse(text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "1767225600",
                "2026-01-01",
                "2026-01-01T00:00:00",
                "2026-02-30T00:00:00Z",
                "2026-02-30T00:00:00.000000000Z",
                "2026-01-01T24:00:00.000000000Z",
                "2026-01-01T00:00:00.00000000xZ",
                "2026-01-01 00:00:00.000000000Z",
                "3000-01-01T00:00:00.000000000Z",
                "2026-01-01T00:00:00.0000000001Z",
                "2263-01-01T00:00:00Z",
                "1600-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59Z",
            })
    void whatIsNoTimeOrOutOfRangeIsRefusedAsSuch(String text) {
        assertThatThrownBy(() -> Timestamps.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
