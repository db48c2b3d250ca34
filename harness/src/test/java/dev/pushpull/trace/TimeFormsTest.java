package dev.pushpull.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.testing.Refusals;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One time in each way in which people write it. */
class TimeFormsTest {
    @ParameterizedTest
    @CsvSource({
        "1517394030, 2018-01-31T10:20:30Z",
        "1517394030.5, 2018-01-31T10:20:30.5Z",
        "1517394030.123456789, 2018-01-31T10:20:30.123456789Z",
        "1517394030.1234567894, 2018-01-31T10:20:30.123456789Z",
        "1517394030123, 2018-01-31T10:20:30.123Z",
        "1517394030123.25, 2018-01-31T10:20:30.123250Z",
        "1517394030123456, 2018-01-31T10:20:30.123456Z",
        "1517394030123456.5, 2018-01-31T10:20:30.123456500Z",
        "1517394030123456789, 2018-01-31T10:20:30.123456789Z",
        "1.51739403e9, 2018-01-31T10:20:30Z",
        "1.51739403E+09, 2018-01-31T10:20:30Z",
        "1.517394030123e12, 2018-01-31T10:20:30.123Z",
        "151739403000e-2, 2018-01-31T10:20:30Z",
        "@1517394030, 2018-01-31T10:20:30Z",
        "@1517394030.25, 2018-01-31T10:20:30.25Z",
        "1517394030 +0100, 2018-01-31T10:20:30Z", // git's raw dates: the zone changes nothing
        "-1.5, 1969-12-31T23:59:58.5Z",
    })
    void numbersOfEverySizeAreReadInTheirUnit(String line, Instant time) {
        assertThat(Read.instants(line)).containsExactly(time);
    }

    @ParameterizedTest
    @CsvSource({
        "2018-01-31T10:20:30Z, 2018-01-31T10:20:30Z",
        "2018-01-31t10:20:30z, 2018-01-31T10:20:30Z",
        "2018-01-31T10:20:30, 2018-01-31T10:20:30Z", // without a zone, UTC
        "2018-01-31T10:20Z, 2018-01-31T10:20:00Z",
        "2018-01-31 10:20, 2018-01-31T10:20:00Z",
        "2018-01-31 10:20:30 Z, 2018-01-31T10:20:30Z",
        "2018-01-31 10:20:30 UTC, 2018-01-31T10:20:30Z",
        "2018-01-31 10:20:30.5 UTC, 2018-01-31T10:20:30.5Z",
        "2018-01-31 10:20:30 GMT, 2018-01-31T10:20:30Z",
        "2018-01-31T10:20:30+02:00, 2018-01-31T08:20:30Z",
        "2018-01-31T10:20:30-0330, 2018-01-31T13:50:30Z",
        "2018-01-31T10:20:30+05, 2018-01-31T05:20:30Z",
        "2018-01-31 10:20:30 +0200, 2018-01-31T08:20:30Z", // git log --format=%ci
        "2018-01-31 10:20:30+00, 2018-01-31T10:20:30Z", // PostgreSQL
        "2018-01-31 10:20:30.12345+00, 2018-01-31T10:20:30.12345Z", // PostgreSQL omits trailing zeros
        "2018-01-31T10:20:30.123456789Z, 2018-01-31T10:20:30.123456789Z",
        "'2018-01-31 10:20:30,123', 2018-01-31T10:20:30.123Z", // Python's logging
        "'2018-01-31T10:20:30,5+01:00', 2018-01-31T09:20:30.5Z",
        "2018-01-31T11:20:30+01:00[Europe/Berlin], 2018-01-31T10:20:30Z", // Java
        "2018-01-31T11:20:30[Europe/Berlin], 2018-01-31T10:20:30Z",
        "2018-07-31T12:20:30[Europe/Berlin], 2018-07-31T10:20:30Z", // in summer
        "2018-01-31T10:20:30Z[UTC], 2018-01-31T10:20:30Z",
        "2018-01-31T11:20:30+01:00[Europe/Berlin][u-ca=gregory], 2018-01-31T10:20:30Z", // RFC 9557
        "20180131T102030Z, 2018-01-31T10:20:30Z",
        "20180131T102030.5Z, 2018-01-31T10:20:30.5Z",
        "20180131T1020, 2018-01-31T10:20:00Z",
        "20180131T112030+0100, 2018-01-31T10:20:30Z",
        "20180131102030, 2018-01-31T10:20:30Z",
        "2018/01/31 10:20:30, 2018-01-31T10:20:30Z", // Go and nginx
        "Wed 2018-01-31 10:20:30 UTC, 2018-01-31T10:20:30Z", // systemd
        "2018-01-31 02:20:30 PM, 2018-01-31T14:20:30Z",
        "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z", // a leap second has the number of the one after it
        "2017-01-01T00:59:60+01:00, 2017-01-01T00:00:00Z",
        "2016-12-31T23:59:60.5Z, 2017-01-01T00:00:00.5Z",
        "2020-02-29T00:00:00Z, 2020-02-29T00:00:00Z",
        "1969-12-31T23:59:59.5Z, 1969-12-31T23:59:59.5Z",
    })
    void isoTimesAreReadInAllTheirUsualForms(String line, Instant time) {
        assertThat(Read.instants(line)).containsExactly(time);
    }

    @ParameterizedTest
    @CsvSource({
        "'Wed, 31 Jan 2018 10:20:30 +0000', 2018-01-31T10:20:30Z", // RFC 2822
        "'31 Jan 2018 10:20:30 +0000', 2018-01-31T10:20:30Z",
        "'Wed, 31 Jan 2018 11:20 +0100', 2018-01-31T10:20:00Z",
        "'Wed, 31 Jan 2018 05:20:30 EST', 2018-01-31T10:20:30Z",
        "'Wed, 31 Jan 2018 03:20:30 PDT', 2018-01-31T10:20:30Z",
        "'Wed, 31 Jan 2018 10:20:30 +0000 (UTC)', 2018-01-31T10:20:30Z",
        "'Wed, 31 Jan 2018 10:20:30 -0000', 2018-01-31T10:20:30Z",
        "'Wed, 31 Jan 2018 10:20:30 GMT', 2018-01-31T10:20:30Z", // HTTP
        "'Wednesday, 31-Jan-18 10:20:30 GMT', 2018-01-31T10:20:30Z", // RFC 850
        "'Sunday, 06-Nov-94 08:49:37 GMT', 1994-11-06T08:49:37Z",
        "Wed Jan 31 10:20:30 2018, 2018-01-31T10:20:30Z", // asctime
        "Sun Nov  6 08:49:37 1994, 1994-11-06T08:49:37Z",
        "Wed Jan 31 11:20:30 2018 +0100, 2018-01-31T10:20:30Z", // git log --format=%cd
        "Wed Jan 31 10:20:30 UTC 2018, 2018-01-31T10:20:30Z", // date
        "Wed Jan 31 02:20:30 PM UTC 2018, 2018-01-31T14:20:30Z",
        "Wed Jan 31 2018 11:20:30 GMT+0100 (Central European Standard Time), 2018-01-31T10:20:30Z", // JavaScript
        "31/Jan/2018:10:20:30 +0000, 2018-01-31T10:20:30Z",
        "'Jan 31, 2018, 2:20:30 PM', 2018-01-31T14:20:30Z",
        "'January 31, 2018 10:20', 2018-01-31T10:20:00Z",
        "Jan 31 10:20:30, 2025-01-31T10:20:30Z", // of the last year in which it had been
    })
    void timesThatNameTheMonthAreReadInAnyOrderOfTheirParts(String line, Instant time) {
        assertThat(Read.instants(line)).containsExactly(time);
    }

    @ParameterizedTest
    @CsvSource({
        "31.01.2018 10:20:30, 2018-01-31T10:20:30Z",
        "'05.01.2018, 10:20', 2018-01-05T10:20:00Z", // points: the day is first
        "31/01/2018 10:20:30, 2018-01-31T10:20:30Z",
        "1/31/2018 2:20:30 PM, 2018-01-31T14:20:30Z",
        "31-01-2018 10:20:30, 2018-01-31T10:20:30Z",
    })
    void datesOfNumbersTellByAboveTwelveWhichIsTheDay(String line, Instant time) {
        assertThat(Read.instants(line)).containsExactly(time);
    }

    @Test
    void oneDayAboveTwelveTellsForTheWholeFile() {
        assertThat(Read.instants("01/02/2018 00:00:00\n01/31/2018 00:00:00\n"))
                .containsExactly(Instant.parse("2018-01-02T00:00:00Z"), Instant.parse("2018-01-31T00:00:00Z"));
        assertThat(Read.instants("01/02/2018 00:00:00\n31/01/2018 00:00:00\n"))
                .containsExactly(Instant.parse("2018-01-31T00:00:00Z"), Instant.parse("2018-02-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "1,5",
                "0x10",
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
                "2018-01-31T10:20:60Z",
                "9999-01-01T00:00:00Z",
                "31 Foo 2018 10:20:30",
                "2 hours ago",
            })
    void aLineThatIsNoTimeIsNamedWithItsNumber(String line) {
        assertThatThrownBy(() -> Read.text("2018-01-31T10:20:30Z\n\n" + line + "\n2018-01-31T10:20:31Z\n"))
                .isInstanceOf(InvalidInputException.class)
                .satisfies(Refusals::assertOneLine)
                .hasMessageStartingWith("file line 3: '" + line + "' is no time; accepted: ");
    }

    @Test
    void aZoneSettlesWhatNamesNone() {
        TraceSettings berlin = TraceSettings.NONE.withZone(ZoneId.of("Europe/Berlin"));
        assertThat(Read.instants(Read.text("2018-01-31 11:20:30\n2018-07-31 12:20:30 CEST\n", berlin)))
                .containsExactly(Instant.parse("2018-01-31T10:20:30Z"), Instant.parse("2018-07-31T10:20:30Z"));
        assertThat(Read.instants(Read.text("Jan 31 11:20:30 host app: a\n", berlin)))
                .containsExactly(Instant.parse("2025-01-31T10:20:30Z"));
        assertThat(Read.instants(Read.text("31.01.2018 11:20:30\n", berlin)))
                .containsExactly(Instant.parse("2018-01-31T10:20:30Z"));
    }

    @Test
    void datesAloneAreTakenWithAWarning() {
        TraceTimes times = Read.text("2018-01-31\n2018-02-01\n");
        assertThat(Read.instants(times))
                .containsExactly(Instant.parse("2018-01-31T00:00:00Z"), Instant.parse("2018-02-01T00:00:00Z"));
        assertThat(times.warnings()).singleElement().asString().contains("a date without a time of day");
        assertThat(Read.text("20180131\n20180201\n").warnings()).hasSize(1);
        assertThat(Read.text("2018-01-31 10:20\n").warnings()).isEmpty();
    }
}
