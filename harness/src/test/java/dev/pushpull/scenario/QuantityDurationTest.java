package dev.pushpull.scenario;

import static dev.pushpull.scenario.QuantityTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations as people type and read them. */
class QuantityDurationTest {
    private static final long DAY_NANOS = 86_400_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        "1ns, 1",
        "7us, 7000",
        "250ms, 250000000",
        "5s, 5000000000",
        "2m, 120000000000",
        "1h, 3600000000000",
        "365d, 31536000000000000",
        "1.5s, 1500000000",
        "0.25ms, 250000",
        "0.000000001s, 1",
        "0.6ns, 1",
        "106751d, 9223286400000000000",
        "9223372036854775807ns, 9223372036854775807",
        "' 5s ', 5000000000",
        "5 s, 5000000000",
    })
    void durationsAreReadInEveryUnit(String text, long nanos) {
        assertThat(Quantity.durationNanos("--flag", text)).isEqualTo(nanos);
        assertThat(Quantity.durationOrZeroNanos("--flag", text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "5",
                "s",
                "five seconds",
                "5x",
                "5S",
                "-5s",
                "+5s",
                ".5s",
                "5.s",
                "1e3s",
                "1,5s",
                "5s5s",
                "5s 1ms",
                "0x5s",
                "NaN",
                "0.1ns",
                "106752d",
                "9223372036854775808ns",
                "99999999999999999999d",
                "5\nminutes",
                "٥s",
            })
    void durationsThatAreNoneAreRefused(String text) {
        refused(Quantity::durationNanos, text);
        refused(Quantity::durationOrZeroNanos, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0s", "0.0ms", "0d"})
    void aDurationOfZeroIsAcceptedOnlyWhereZeroMeansSomething(String text) {
        assertThat(Quantity.durationOrZeroNanos("--flag", text)).isZero();
        refused(Quantity::durationNanos, text);
    }

    @Test
    void aDurationThatIsTooLongIsToldTheLongest() {
        assertThatThrownBy(() -> Quantity.durationNanos("--flag", "300000d")).hasMessageContaining("at most 292 years");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "1, 1ns",
        "1500, 1.5us",
        "500000000, 500ms",
        "1500000000, 1.5s",
        "60000000000, 1m",
        "90000000000, 90s",
        "3600000000000, 1h",
        "5400000000000, 90m",
        "86400000000000, 1d",
        "31536000000000000, 365d",
        "1000000001, 1000000001ns",
    })
    void durationsAreWrittenInTheirShortestForm(long nanos, String text) {
        assertThat(Quantity.duration(nanos)).isEqualTo(text);
    }

    @Test
    void everyDurationIsReadBackAsItWasWritten() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            long nanos = random.nextLong() >>> 1 + random.nextInt(62); // of every magnitude
            long round = nanos / 1_000_000 * 1_000_000;
            for (long value : new long[] {nanos, round, nanos / DAY_NANOS * DAY_NANOS, Long.MAX_VALUE - i}) {
                assertThat(Quantity.durationOrZeroNanos("--flag", Quantity.duration(value)))
                        .isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2185930048000000, 25.3d",
        "1098900000000, 18.3m",
        "2592000000000000, 30d",
        "500000000, 500ms",
        "1500000000, 1.5s",
        "90000000000, 90s",
        "1234567, 1.23ms",
        "282025000, 282ms",
        "24367000000000, 6.77h",
        "1234000000, 1234ms",
        "3155760000000000000, 36525d",
        "0, 0s"
    })
    void durationsAreSaidAsPeopleSayThem(long nanos, String text) {
        assertThat(Quantity.readable(nanos)).isEqualTo(text);
    }
}
