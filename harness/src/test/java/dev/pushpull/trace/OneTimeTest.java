package dev.pushpull.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneTimeTest {
    private static final long NANOS = 1_764_115_200_000_000_000L;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-11-26T00:00:00Z",
                "2025-11-26T01:00:00.000+01:00",
                "2025-11-26 00:00:00",
                " 2025-11-26T00:00:00.000000000Z ",
                "Wed, 26 Nov 2025 00:00:00 GMT",
                "26 Nov 2025 00:00:00 +0000",
                "1764115200",
                "1764115200.000",
                "1764115200000",
                "1764115200000000",
                "1764115200000000000"
            })
    void aMomentIsReadInAnyForm(String text) {
        assertThat(new OneTime().epochNanos(text)).hasValue(NANOS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "now",
                "17",
                "-1",
                "2025-11-26",
                "03/04/2025 10:00",
                "Nov 26 00:00:00",
                "20251126",
                "2025-11-26T00:00:00Z and more",
                "2025-13-26T00:00:00Z",
                "1e400",
                "99999999999999999999999",
                "{}"
            })
    void whatIsNoMomentOrTwoIsNone(String text) {
        assertThat(new OneTime().epochNanos(text)).isEmpty();
    }

    @Test
    void theFormMayChangeFromOneToTheNext() {
        OneTime times = new OneTime();

        assertThat(times.epochNanos("1764115200")).hasValue(NANOS);
        assertThat(times.epochNanos("2025-11-26T00:00:00Z")).hasValue(NANOS);
        assertThat(times.epochNanos("1764115200000")).hasValue(NANOS);
    }
}
