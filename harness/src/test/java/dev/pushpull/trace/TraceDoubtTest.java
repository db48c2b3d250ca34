package dev.pushpull.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.testing.Refusals;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be read in two ways is refused, and the refusal names the flag that settles it. */
class TraceDoubtTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        45987 45990.5               | --trace-unit excel
        20418 20420                 | --trace-unit d
        490032 490040               | --trace-unit h
        29401920 29401950           | --trace-unit m
        0 120                       | in 1970; --trace-unit says
        99999999998 99999999999     | --trace-unit
        9999999999 9999999998       | --trace-unit
        13350000000000000           | after 2100; --trace-unit
        1517394030 1517394030000    | --trace-unit
        2018-01-31T10:20:30Z 1517394030            | --trace-form says which to take: iso or number
        1517394030 2018-01-31T10:20:30Z            | --trace-form says which to take: number or iso
        2018-01-31T10:20:30Z 2018-01-31            | --trace-form says which to take: iso or date
        2018-01-31T10:20:30Z 31/Jan/2018:10:20:30  | --trace-form says which to take: iso or month
        2018-01-31T10:20:30Z 2018-01-31T10:20:31   | --trace-zone
        2018-01-31_10:20:30CET                     | the zone CET has no one meaning; --trace-zone
        01/02/2018 03/04/2018                      | --trace-date-order
        01/22/2018 22/01/2018                      | some dates have the day first and some the month
        """)
    void eachDoubtNamesItsFlag(String lines, String flag) {
        assertThatThrownBy(() -> Read.text(lines.replace(' ', '\n')))
                .isInstanceOf(InvalidInputException.class)
                .satisfies(Refusals::assertOneLine)
                .hasMessageStartingWith("file")
                .hasMessageContaining(flag.strip());
    }

    @Test
    void aUnitSettlesNumbers() {
        long[] days = Read.text("45987.000081\n45987.5\n", TraceSettings.NONE.withUnit(TraceUnit.EXCEL))
                .epochNanos();
        assertThat((double) days[0]).isCloseTo(1_764_115_206.9984e9, within(1e3));
        assertThat(Read.instant(days[1])).isEqualTo(Instant.parse("2025-11-26T12:00:00Z"));
        assertThat(Read.text("0\n120\n", TraceSettings.NONE.withUnit(TraceUnit.S))
                        .epochNanos())
                .containsExactly(0, 120_000_000_000L);
        assertThat(Read.text("5\n7.25\n", TraceSettings.NONE.withUnit(TraceUnit.MS))
                        .epochNanos())
                .containsExactly(5_000_000L, 7_250_000L);
        assertThat(Read.text("1\n2\n", TraceSettings.NONE.withUnit(TraceUnit.D)).epochNanos())
                .containsExactly(86_400_000_000_000L, 172_800_000_000_000L);
    }

    @Test
    void timesOfWhichOnlySomeAreOf1970AreNoDoubt() {
        assertThat(Read.text("0\n31536000\n").epochNanos()).hasSize(2);
    }

    @Test
    void anOrderSettlesDayAndMonth() {
        String dates = "01/02/2018 10:00\n03/04/2018 10:00\n";
        assertThat(Read.instants(Read.text(dates, TraceSettings.NONE.withDateOrder(TraceDateOrder.DMY))))
                .containsExactly(Instant.parse("2018-02-01T10:00:00Z"), Instant.parse("2018-04-03T10:00:00Z"));
        assertThat(Read.instants(Read.text(dates, TraceSettings.NONE.withDateOrder(TraceDateOrder.MDY))))
                .containsExactly(Instant.parse("2018-01-02T10:00:00Z"), Instant.parse("2018-03-04T10:00:00Z"));
        assertThatThrownBy(() -> Read.text("22/01/2018 10:00\n", TraceSettings.NONE.withDateOrder(TraceDateOrder.MDY)))
                .hasMessageContaining("--trace-date-order");
    }

    @Test
    void aFormSettlesAMixtureAndTheOthersAreCounted() {
        TraceTimes times =
                Read.text("2018-01-31T10:20:30Z\n1517394030\nno time\n", TraceSettings.NONE.withForm(TraceForm.ISO));
        assertThat(times.epochNanos()).hasSize(1);
        assertThat(times.decision()).isEqualTo("one a line, 1 time, UTC, 2 of another form left out");
        assertThat(Read.text("1517394030\n2018-01-31T10:20:30Z\n", TraceSettings.NONE.withForm(TraceForm.ISO))
                        .decision())
                .as("the first line may be of the other form")
                .isEqualTo("one a line, 1 time, UTC, 1 of another form left out");
        assertThat(Read.text("id,at\n1,x\n2,2018-01-31T10:20:30Z\n", TraceSettings.NONE.withForm(TraceForm.ISO))
                        .decision())
                .isEqualTo("column at, 1 time, UTC, 1 of another form left out");
    }

    @Test
    void aYearIsTheLatestThatFitsAndSaidWithTheReason() {
        TraceTimes times = Read.text("Dec 30 10:00:00 host a: b\nDec 31 10:00:00 host a: b\n");
        assertThat(times.decision())
                .contains("of 2025 (the latest in which none is later than 2025-12-31)", "no zone, taken as UTC");
        assertThat(Read.instants("Nov 26 10:00:00 host a: b\nJan  2 10:00:00 host a: b\n"))
                .as("the year turned")
                .containsExactly(Instant.parse("2024-11-26T10:00:00Z"), Instant.parse("2025-01-02T10:00:00Z"));
        assertThat(Read.instants("Feb 29 10:00:00 host a: b\n"))
                .as("the last leap year")
                .containsExactly(Instant.parse("2024-02-29T10:00:00Z"));
        assertThat(Read.instants(Read.text("Nov 26 10:00:00 host a: b\n", TraceSettings.NONE.withYear(2019))))
                .containsExactly(Instant.parse("2019-11-26T10:00:00Z"));
        assertThatThrownBy(() -> Read.text("Feb 29 10:00:00 host a: b\n", TraceSettings.NONE.withYear(2019)))
                .hasMessageContaining("--trace-year");
    }

    @Test
    void twoColumnsMakeOneTimeWhenToldSo() {
        String table = "id,date,time\n1,2018-01-31,10:20:30\n2,2018-01-31,10:20:40.5\n3,2018-01-31,\n";
        TraceTimes times = Read.text(table, TraceSettings.NONE.withColumn("date,time"));
        assertThat(times.epochNanos()).containsExactly(1_517_394_030_000_000_000L, 1_517_394_040_500_000_000L);
        assertThat(times.decision()).startsWith("column date,time, 2 times").contains("1 ");
        assertThat(Read.text(table, TraceSettings.NONE.withColumn("2,TIME")).epochNanos())
                .isEqualTo(times.epochNanos());
        assertThat(Read.text("10:20:30;31.01.2018;x\n10:20:31;31.01.2018;y\n", TraceSettings.NONE.withColumn("2,1"))
                        .epochNanos())
                .as("in the order asked for, without a header")
                .containsExactly(1_517_394_030_000_000_000L, 1_517_394_031_000_000_000L);
        assertThat(Read.text("a,b\n2018-01-31,1\n", TraceSettings.NONE.withColumn("a"))
                        .epochNanos())
                .hasSize(1);
        assertThatThrownBy(() -> Read.text(table))
                .hasMessage(
                        "file has dates in column date and times of day in column time; --trace-column date,time joins them, --trace-column date takes midnights");
        assertThatThrownBy(() -> Read.text(table, TraceSettings.NONE.withColumn("date,when")))
                .hasMessageContaining("--trace-column: 'when' is no column of file");
        assertThatThrownBy(() -> Read.text(table, TraceSettings.NONE.withColumn("date,id")))
                .hasMessageStartingWith("--trace-column: 'date,id' of file holds no time");
        assertThat(Read.text("\"a,b\";c\n2018-01-31T10:20:30Z;1\n", TraceSettings.NONE.withColumn("a,b"))
                        .epochNanos())
                .as("a name with a comma")
                .hasSize(1);
    }

    @Test
    void severalColumnsOrFieldsOfTimesAreADoubt() {
        String table = "id,created_at,updated_at\n1,2018-01-31T10:20:30Z,2018-01-31T10:20:31Z\n"
                + "2,2018-01-31T10:20:40Z,2018-01-31T10:20:45Z\n";
        assertThatThrownBy(() -> Read.text(table))
                .hasMessage(
                        "file has several columns of times; --trace-column says which it is: created_at, updated_at");
        assertThat(Read.text(table, TraceSettings.NONE.withColumn("updated_at")).epochNanos())
                .isEqualTo(Read.text(table, TraceSettings.NONE.withColumn("3")).epochNanos())
                .containsExactly(1_517_394_031_000_000_000L, 1_517_394_045_000_000_000L);
        assertThatThrownBy(() -> Read.text(table, TraceSettings.NONE.withColumn("when")))
                .hasMessageContaining(
                        "--trace-column: 'when' is no column of file; accepted: id, created_at, updated_at");
        assertThatThrownBy(() ->
                        Read.text("id,at\n1,2018-01-31T10:20:30Z\n2,1517394030\n", TraceSettings.NONE.withColumn("at")))
                .hasMessageStartingWith("file line 3, column at: '1517394030' is a number, where the times before")
                .hasMessageContaining("--trace-form says which to take: iso or number");
        assertThatThrownBy(() -> Read.text(table, TraceSettings.NONE.withColumn("id")))
                .hasMessageContaining("--trace-unit");
        String objects = "{\"id\":1,\"a\":1517394030,\"b\":1517394031}\n{\"id\":2,\"a\":1517394040,\"b\":1517394045}\n";
        assertThatThrownBy(() -> Read.text(objects))
                .hasMessage("file has several times in each object; --trace-field says which is the event's: /a, /b");
        assertThat(Read.text(objects, TraceSettings.NONE.withField("/b")).epochNanos())
                .containsExactly(1_517_394_031_000_000_000L, 1_517_394_045_000_000_000L);
        assertThatThrownBy(() -> Read.text(objects, TraceSettings.NONE.withField("/c")))
                .hasMessageContaining("--trace-field: '/c' is in no object of file; accepted: /id, /a, /b");
        assertThatThrownBy(() -> Read.text(objects, TraceSettings.NONE.withField("b")))
                .hasMessageContaining("a JSON Pointer such as /created_at");
    }
}
