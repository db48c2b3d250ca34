package dev.pushpull.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.schedule.TraceReader.TraceFormatException;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceReaderTest {
    private static long[] read(String text) throws IOException {
        return TraceReader.read(new StringReader(text), "times.txt");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1000000000",
        "1517356800, 1517356800000000000",
        "1517356800.5, 1517356800500000000",
        "1517356800.123456789, 1517356800123456789",
        "-1.5, -1500000000",
        "99999999999, -1", // the largest number read as seconds is the year 5138: out of range, reported below
        "100000000000, 100000000000000000",
        "1517356800123, 1517356800123000000",
        "1517356800123.25, 1517356800123250000",
        "-100000000000, -100000000000000000",
    })
    void epochNumbersAreSecondsUpToTenToTheElevenAndMillisecondsFromThereOn(String line, long nanos)
            throws IOException {
        if (nanos == -1) {
            assertThatThrownBy(() -> read(line)).isInstanceOf(TraceFormatException.class);
        } else {
            assertThat(read(line)).containsExactly(nanos);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2018-01-31T10:20:30Z, 2018-01-31T10:20:30Z",
        "2018-01-31t10:20:30z, 2018-01-31T10:20:30Z",
        "2018-01-31T10:20:30, 2018-01-31T10:20:30Z", // without a zone, UTC
        "2018-01-31T10:20Z, 2018-01-31T10:20:00Z",
        "2018-01-31T10:20, 2018-01-31T10:20:00Z",
        "2018-01-31 10:20, 2018-01-31T10:20:00Z",
        "2018-01-31 10:20:30, 2018-01-31T10:20:30Z",
        "2018-01-31 10:20:30Z, 2018-01-31T10:20:30Z",
        "2018-01-31 10:20:30 Z, 2018-01-31T10:20:30Z",
        "2018-01-31T10:20:30+02:00, 2018-01-31T08:20:30Z",
        "2018-01-31T10:20:30-0330, 2018-01-31T13:50:30Z",
        "2018-01-31T10:20:30+05, 2018-01-31T05:20:30Z",
        "2018-01-31 10:20:30 +0200, 2018-01-31T08:20:30Z", // git log --format=%ci
        "2018-01-31 10:20:30+00, 2018-01-31T10:20:30Z", // PostgreSQL
        "2018-01-31T10:20+02:00, 2018-01-31T08:20:00Z",
        "2018-01-31T10:20:30.1Z, 2018-01-31T10:20:30.1Z",
        "2018-01-31T10:20:30.12+01:00, 2018-01-31T09:20:30.12Z",
        "2018-01-31T10:20:30.123456789Z, 2018-01-31T10:20:30.123456789Z",
        "2018-01-31 10:20:30.123, 2018-01-31T10:20:30.123Z",
        "2018-01-31 10:20:30.123456, 2018-01-31T10:20:30.123456Z",
        "2018-01-31 10:20:30.1, 2018-01-31T10:20:30.1Z",
        "2018-01-31 10:20:30.12345+00, 2018-01-31T10:20:30.12345Z", // PostgreSQL omits trailing zeros
        "'2018-01-31 10:20:30,123', 2018-01-31T10:20:30.123Z", // Python's logging
        "'2018-01-31T10:20:30,5+01:00', 2018-01-31T09:20:30.5Z",
        "1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59.5Z",
        "2020-02-29T00:00:00Z, 2020-02-29T00:00:00Z",
    })
    void isoTimesAreReadInAllTheirUsualForms(String line, Instant time) throws IOException {
        assertThat(read(line)).containsExactly(time.getEpochSecond() * 1_000_000_000L + time.getNano());
    }

    @Test
    void timesComeOutInOrderWhateverTheOrderOfTheFile() throws IOException {
        assertThat(read("30\n10\n2018-01-31T10:20:30Z\n20\n10\n"))
                .containsExactly(
                        10_000_000_000L, 10_000_000_000L, 20_000_000_000L, 30_000_000_000L, 1_517_394_030_000_000_000L);
    }

    @Test
    void blankLinesSpacesAndWindowsLineEndsDoNotMatter() throws IOException {
        assertThat(read("\r\n 1 \r\n\r\n\t2\r\n   \r\n3"))
                .containsExactly(1_000_000_000L, 2_000_000_000L, 3_000_000_000L);
    }

    @Test
    void aLongTraceIsReadWhole() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 5_000; i > 0; i--) {
            text.append(i).append('\n');
        }
        long[] times = read(text.toString());
        assertThat(times).hasSize(5_000).isSorted().endsWith(5_000_000_000_000L).startsWith(1_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "1e9",
                "1,5",
                "0x10",
                "1517356800 5",
                "2018-01-31",
                "10:20:30",
                "2018-13-01T00:00:00Z",
                "2018-02-31T10:20:30Z",
                "2018-02-31 10:20:30",
                "2019-02-29 10:20",
                "2018-01-31T25:00:00Z",
                "2018-01-31 24:00",
                "2018-01-3110:20",
                "2018-01-31T 10:20",
                "2018-01-31 10:20:30.,5",
                "2018-01-31 10:20:30.",
                "2018-01-31 10:20:30 CET",
                "9999-01-01T00:00:00Z",
                "1517356800123456789",
                "99999999999",
            })
    void aLineThatIsNoTimeIsNamedWithItsSourceAndNumber(String line) {
        assertThatThrownBy(() -> read("1\n\n" + line + "\n4\n"))
                .isInstanceOf(TraceFormatException.class)
                .hasMessage(
                        "times.txt line 3: '%s' is no time%s; accepted: epoch seconds or milliseconds, or ISO-8601",
                        line, TraceDoubt.likely(line));
    }

    @Test
    void aLongLineIsShownShortened() {
        assertThatThrownBy(() -> read("x".repeat(10_000)))
                .isInstanceOf(TraceFormatException.class)
                .hasMessageContaining("'" + "x".repeat(40) + "...'")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200).hasLineCount(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", " \r\n\t\n"})
    void aTraceWithoutTimesIsRefused(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(TraceFormatException.class)
                .hasMessage("times.txt holds no event times");
    }

    @Test
    void aTraceOfMoreYearsThanNanosecondsCanCountIsRefused() {
        // each time is in range, the distance between them is not
        assertThatThrownBy(() -> read("-9000000000\n9000000000"))
                .isInstanceOf(TraceFormatException.class)
                .hasMessageStartingWith("times.txt")
                .hasMessageContaining("292 years");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        45987 | 45990.5  | a spreadsheet's days since 1899-12-30, which are 86400 times as long
        20418 | 20420    | days since 1970-01-01
        490032 | 490040  | hours since 1970-01-01
        29401920 | 29401950 | minutes since 1970-01-01
        0 | 120          | if their unit is another one
        """)
    void timesWithin1970AreDoubtedAndTheirLikelyUnitIsNamed(double first, double last, String words) {
        long[] times = {Math.round(first * 1e9), Math.round(last * 1e9)};
        assertThat(TraceDoubt.of(times).orElseThrow()).contains("all lie within 1970", words);
    }

    @Test
    void timesOfTodayAreNotDoubted() {
        assertThat(TraceDoubt.of(new long[] {1_764_115_200_000_000_000L})).isEmpty();
        assertThat(TraceDoubt.of(new long[] {0, 31_536_000_000_000_000L}))
                .as("the last is of 1971")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1764115200000000, microseconds", "1764115200000000000, nanoseconds"})
    void numbersOfAFinerUnitAreRefusedByItsName(String value, String unit) {
        assertThatThrownBy(() -> TraceReader.read(new StringReader(value), "trace"))
                .hasMessageContaining("it looks like " + unit);
    }
}
