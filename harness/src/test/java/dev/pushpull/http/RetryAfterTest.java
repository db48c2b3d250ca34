package dev.pushpull.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-26T08:49:00.5Z");
    private static final long DAY_NANOS = Duration.ofDays(1).toNanos();

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7_000_000_000",
        "' 7 ', 7_000_000_000",
        "007, 7_000_000_000",
        "86399, 86_399_000_000_000",
        "86401, 86_400_000_000_000",
        "9223372036854775807, 86_400_000_000_000",
        "99999999999999999999999999, 86_400_000_000_000"
    })
    void secondsCountUpToTheMost(String value, String nanos) {
        assertThat(RetryAfter.nanos(value, NOW, DAY_NANOS)).hasValue(Long.parseLong(nanos.replace("_", "")));
    }

    /** The three forms of one moment, 37.5 s ahead. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Thu, 26 Nov 2026 08:49:38 GMT",
                "Thursday, 26-Nov-26 08:49:38 GMT",
                "Thu Nov 26 08:49:38 2026",
                "thu, 26 nov 2026 08:49:38 gmt",
                "Mon, 26 Nov 2026 08:49:38 GMT"
            })
    void everyFormOfADateIsRead(String value) {
        assertThat(RetryAfter.nanos(value, NOW, DAY_NANOS)).hasValue(37_500_000_000L);
    }

    @Test
    void asctimePadsTheDayWithABlank() {
        Instant eve = Instant.parse("2026-11-05T23:59:59Z");
        assertThat(RetryAfter.nanos("Fri Nov  6 00:00:01 2026", eve, DAY_NANOS)).hasValue(2_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov  6 08:49:37 1994",
                "Friday, 27-Nov-76 08:49:37 GMT" // 50 years and a day ahead, so it was in 1976
            })
    void aDateInThePastAsksForNoWait(String value) {
        assertThat(RetryAfter.nanos(value, NOW, DAY_NANOS)).hasValue(0);
    }

    @Test
    void twoDigitsOfAYearReachFiftyYearsAhead() {
        assertThat(RetryAfter.nanos("Monday, 01-Jan-76 00:00:00 GMT", NOW, DAY_NANOS))
                .hasValue(DAY_NANOS);
    }

    @Test
    void aDateInTheYear9999IsTheMost() {
        assertThat(RetryAfter.nanos("Fri, 31 Dec 9999 23:59:59 GMT", NOW, Long.MAX_VALUE))
                .hasValue(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "+1",
                "1.5",
                "1s",
                "soon",
                "٣",
                "Thu, 26 Nov 2026",
                "Thu, 32 Nov 2026 08:49:38 GMT",
                "Thu, 26 Nov 2026 08:49:38 CET",
                "2026-11-26T08:49:38Z",
                "Thu, 26 Nov +999999999 08:49:38 GMT"
            })
    void anythingElseSaysNothing(String value) {
        assertThat(RetryAfter.nanos(value, NOW, DAY_NANOS)).isEmpty();
    }

    @Test
    void noHeaderSaysNothing() {
        assertThat(RetryAfter.nanos(null, NOW, DAY_NANOS)).isEmpty();
    }
}
