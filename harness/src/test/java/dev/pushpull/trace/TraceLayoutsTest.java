package dev.pushpull.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.testing.Refusals;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same two times where people have them: alone, in logs, in tables, in JSON. */
class TraceLayoutsTest {
    private static final List<Instant> TWO =
            List.of(Instant.parse("2025-11-26T00:00:00Z"), Instant.parse("2025-11-26T00:00:07Z"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1764115200\n1764115207\n",
                "1764115200\r\n1764115207",
                "1764115200\r1764115207\r",
                "# exported\n\n  1764115200  \n# later\n\t1764115207\n",
                "time\n1764115200\n1764115207\n",
                "\"created_at\"\n\"2025-11-26T00:00:00Z\"\n\"2025-11-26T00:00:07Z\"\n",
                "192.0.2.7 - - [26/Nov/2025:00:00:00 +0000] \"POST /hook HTTP/1.1\" 200 17\n"
                        + "192.0.2.8 - some one [26/Nov/2025:01:00:07 +0100] \"GET /[x] HTTP/1.1\" 404 0 \"-\" \"curl/8, (x; y)\"\n",
                "example.org:443 192.0.2.7 - - [26/Nov/2025:00:00:00 +0000] \"GET / HTTP/2.0\" 200 1\n"
                        + "example.org:443 192.0.2.7 - - [26/Nov/2025:00:00:07 +0000] \"GET / HTTP/2.0\" 200 1\n",
                "[Wed Nov 26 00:00:00.000000 2025] [core:error] a\n[Wed Nov 26 00:00:07.000000 2025] [core:error] b\n",
                "2025/11/26 00:00:00 [error] 7#7: *1 open() failed\n2025/11/26 00:00:07 [error] 7#7: *1 open() failed\n",
                "Nov 26 00:00:00 host app[7]: sent\nNov 26 00:00:07 host app[7]: sent, 10\n",
                "<13>Nov 26 00:00:00 host app[7]: sent\n<13>Nov 26 00:00:07 host app[7]: sent\n",
                "<34>1 2025-11-26T00:00:00Z host app - - - a\n<34>1 2025-11-26T00:00:07Z host app - - - b\n",
                "2025-11-26T00:00:00+0000 host app[7]: sent\n2025-11-26T00:00:07+0000 host app[7]: sent\n",
                "-- Journal begins at Tue 2025-11-25 00:00:00 UTC. --\n2025-11-26T00:00:00+0000 host app[7]: a\n"
                        + "-- Boot 0123 --\n2025-11-26T00:00:07+0000 host app[7]: b\n",
                "2025-11-26 00:00:00,000 INFO a: started\n  with more\n2025-11-26 00:00:07,000 WARN a: b, c\n",
                "2025-11-26 00:00:00.000  INFO 1 --- [main] a.B : c\njava.lang.Exception: d\n\tat a.B(B.java:12)\n"
                        + "2025-11-26 00:00:07.000  INFO 1 --- [main] a.B : c\n",
                "level=info ts=2025-11-26T00:00:00Z msg=a\nlevel=info ts=2025-11-26T00:00:07Z msg=\"b c\"\n",
                "type=SYSCALL msg=audit(1764115200.000:24): a=1\ntype=SYSCALL msg=audit(1764115207.000:25): a=1\n",
                "1764115200 7e1f2a3 a message\n1764115207 8e1f2a3 another\n",
                "7e1f2a3 Wed Nov 26 00:00:00 2025 +0000 a message\n8e1f2a3 Wed Nov 26 00:00:07 2025 +0000 more\n",
                "commit 0123456789abcdef0123456789abcdef01234567\nAuthor: A <a@example.org>\n"
                        + "Date:   Wed Nov 26 00:00:00 2025 +0000\n\n    a message of 26 Nov\n\n"
                        + "commit 1123456789abcdef0123456789abcdef01234567 (tag: v1)\nMerge: 012 345\nAuthor: A <a@example.org>\n"
                        + "Date:   Wed Nov 26 00:00:07 2025 +0000\n\n    Date: never\n",
                "id;created_at;amount\n0;2025-11-26 00:00:00;9,90\n1;2025-11-26 00:00:07;9,90\n",
                "id,created_at,note\n0,2025-11-26T00:00:00Z,\"a, b\"\n1,2025-11-26T00:00:07Z,\"two\nlines\"\n",
                "id\tat\n0\t2025-11-26 00:00:00\n1\t2025-11-26 00:00:07\n",
                "sep=;\nid;at\n0;26.11.2025 00:00:00\n1;26.11.2025 00:00:07\n",
                "0,2025-11-26T00:00:00Z\n1,2025-11-26T00:00:07Z\n",
                "user_id,at_ms,n\n1764115200,1764115200000,5\n1764115300,1764115207000,5\n",
                "a;b;t\n1;x;1764115200,0\n2;y;1764115207,0\n",
                "id,created_at,closed_at\n0,2025-11-26T00:00:00Z,\n1,2025-11-26T00:00:07Z,2025-11-27T00:00:00Z\n",
                "{\"id\":\"1764115100\",\"type\":\"A\",\"created_at\":\"2025-11-26T00:00:00Z\",\"payload\":{\"pushed_at\":\"2024-01-01T00:00:00Z\"}}\n"
                        + "{\"id\":\"1764115101\",\"type\":\"A\",\"created_at\":\"2025-11-26T00:00:07Z\",\"payload\":{\"a\":[1,2]}}\n",
                "{\"object\":\"list\",\"data\":[{\"id\":\"e0\",\"created\":1764115200},{\"id\":\"e1\",\"created\":1764115207}]}",
                "{\"object\":\"list\",\"asked_at\":\"2025-11-27T00:00:00Z\",\"data\":[\n {\"created\":1764115200},\n {\"created\":1764115207}\n]}",
                "[{\"api_version\":\"2020-08-27\",\"created\":1764115200,\"data\":{\"object\":{\"created\":1764000000}}},\n"
                        + "{\"api_version\":\"2020-08-27\",\"created\":1764115207,\"data\":{\"object\":{\"created\":1764000000}}}]",
                "{\"Records\":[{\"eventVersion\":\"1.08\",\"userIdentity\":{\"s\":{\"creationDate\":\"2025-11-20T00:00:00Z\"}},"
                        + "\"eventTime\":\"2025-11-26T00:00:00Z\"},{\"eventVersion\":\"1.08\",\"eventTime\":\"2025-11-26T00:00:07Z\"}]}",
                "{\"@timestamp\":1764115200000,\"created_at\":1764115200000,\"action\":\"a\"}\n"
                        + "{\"@timestamp\":1764115207000,\"created_at\":1764115207000,\"action\":\"b\"}\n",
                "{\"event\":{\"ts\":\"1764115200.000000\"},\"x\":1}\n{\"event\":{\"ts\":\"1764115207.000000\"},\"x\":2}\n",
                "{\"data\":[{\"created\":1764115200}]}\n{\"data\":[{\"created\":1764115207}]}\n",
                "[1764115200, 1764115207]",
                "[\"2025-11-26T00:00:00Z\", \"2025-11-26T00:00:07Z\"]",
            })
    void theTimesAreFoundByThemselves(String text) {
        assertThat(Read.instants(text)).isEqualTo(TWO);
    }

    @Test
    void theDecisionIsSaidInOneLine() {
        assertThat(Read.text("id,created_at\n1,2025-11-26T00:00:07Z\n2,2025-11-26T00:00:00Z\n3,2025-11-26T00:00:09Z\n")
                        .decision())
                .isEqualTo("column created_at, 3 times, UTC, out of order 1");
        assertThat(Read.text("1764115207\n1764115200\n").decision())
                .isEqualTo("one a line, 2 times, epoch seconds, newest first");
        assertThat(Read.text("1764115207000000\n").decision()).isEqualTo("one a line, 1 time, epoch microseconds");
        assertThat(Read.text("id;at\n1;26.11.2025 00:00\n2;\n").decision())
                .isEqualTo("column at, 1 time, no zone, taken as UTC, day first, 1 without a time");
        assertThat(Read.text("{\"a\":{\"at\":\"2025-11-26T01:00:00+01:00\"}}\n{\"b\":1}\n")
                        .decision())
                .isEqualTo("field /a/at, 1 time, with their zones, 1 without a time");
        assertThat(Read.text("192.0.2.7 - - [26/Nov/2025:00:00:00 +0000] \"GET / HTTP/1.1\" 200 17\n")
                        .decision())
                .isEqualTo("times in brackets, 1 time, UTC");
    }

    @Test
    void aHeadlessTableIsReadByItsNumber() {
        assertThat(Read.instants(Read.text(
                        "2025-11-26 00:00:00;2025-11-25 00:00:00\n2025-11-26 00:00:07;2025-11-25 00:00:07\n",
                        TraceSettings.NONE.withColumn("1"))))
                .isEqualTo(TWO);
        assertThatThrownBy(() ->
                        Read.text("2025-11-26 00:00:00;2025-11-25 00:00:00\n2025-11-26 00:00:07;2025-11-25 00:00:09\n"))
                .hasMessageContaining("--trace-column says which it is: 1, 2");
    }

    @Test
    void aPointerMayBeginAtTheRootOrAtTheObjectsOfAList() {
        String list =
                "{\"data\":[{\"created\":1764115200,\"seen\":1764115300},{\"created\":1764115207,\"seen\":1764115400}]}";
        for (String pointer : List.of("/created", "/data/0/created", "/data/-/created")) {
            assertThat(Read.instants(Read.text(list, TraceSettings.NONE.withField(pointer))))
                    .as(pointer)
                    .isEqualTo(TWO);
        }
        assertThat(Read.instants(Read.text(
                        "{\"a/b\":{\"~\":1764115200},\"c\":1764115201}\n{\"a/b\":{\"~\":1764115207},\"c\":1764115202}\n",
                        TraceSettings.NONE.withField("/a~1b/~0"))))
                .isEqualTo(TWO);
    }

    @Test
    void gitTellsTwoDatesACommitWhenAsked() {
        String log =
                "commit 0123456789abcdef\nAuthor:     A <a@example.org>\nAuthorDate: Tue Nov 25 00:00:00 2025 +0000\n"
                        + "Commit:     A <a@example.org>\nCommitDate: Wed Nov 26 00:00:00 2025 +0000\n\n    a\n";
        assertThatThrownBy(() -> Read.text(log))
                .hasMessageContaining("--trace-column says which: CommitDate, AuthorDate");
        TraceTimes times = Read.text(log, TraceSettings.NONE.withColumn("CommitDate"));
        assertThat(Read.instants(times)).containsExactly(TWO.get(0));
        assertThat(times.decision()).isEqualTo("git's CommitDate, 1 time, UTC");
        assertThatThrownBy(() -> Read.text("commit 0123456\nDate:   Wed Nov 26 00:00:00 2025 +0000\n\n    a\n"
                        + "commit 1123456\nDate:   2 hours ago\n"))
                .hasMessageStartingWith("file line 6: 'Date:   2 hours ago' is no time");
    }

    @Test
    void aLogMayHaveMoreLinesThanTimesAndSaysHowMany() {
        assertThat(Read.text("2025-11-26 00:00:00 ERROR a\nat b\n2025-11-26 00:00:07 INFO c\n")
                        .decision())
                .isEqualTo("the start of each line, 2 times, no zone, taken as UTC, 1 without a time");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n \r\n\t\n",
                "# nothing\n",
                "yesterday",
                "a,b\nc,d\n",
                "{}",
                "{\"a\":1}\n{\"a\":2}\n",
                "[{\"a\":1764115200}, {",
                "{\"a\":1764115200}\n{\"a\":1764115",
                "{\"a\":1764115200}\n{\"a\":\"yesterday\"}\n",
                "commit 0123456\n\n    no date\n",
                "id,at\n1,2025-11-26T00:00:00Z\n2,yesterday\n3,2025-11-26T00:00:00Z\n",
                "id,at\n1,2025-11-26T00:00:00Z\n2,\"2025-11-26T00:00:00Z\n",
                "-9000000000\n9000000000",
                "\u001b[31m\n",
            })
    void whatHoldsNoTimesIsRefusedInOneLine(String text) {
        assertThatThrownBy(() -> Read.text(text))
                .isInstanceOf(InvalidInputException.class)
                .satisfies(Refusals::assertOneLine)
                .hasMessageContaining("file");
    }

    @Test
    void aCsvLineThatIsNoTimeIsNamedWithItsColumn() {
        assertThatThrownBy(() ->
                        Read.text("id,at\n1,2025-11-26T00:00:00Z\n2,yesterday\n", TraceSettings.NONE.withColumn("at")))
                .hasMessageContaining("yesterday");
        StringBuilder table = new StringBuilder("id,at\n");
        for (int i = 0; i < 30_000; i++) {
            table.append(i).append(",2025-11-26T00:00:00Z\n");
        }
        assertThatThrownBy(() -> Read.text(table + "x,yesterday\n"))
                .hasMessageStartingWith("file line 30002, column at: 'yesterday' is no time");
    }

    @Test
    void aLongLineOfALogIsReadAndALongTimeIsNot() {
        assertThat(Read.instants("2025-11-26T00:00:00Z a" + "x".repeat(200_000) + "\n2025-11-26T00:00:07Z b\n"))
                .isEqualTo(TWO);
        assertThatThrownBy(() -> Read.text("1764115200\n" + "1".repeat(100_000) + "\n"))
                .hasMessage("file line 2 has more than 10000 characters; accepted: one time a line");
    }
}
