package dev.pushpull.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToldWaitTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private static ToldWait told(String headers) {
        Headers.Builder all = new Headers.Builder();
        for (String header : headers.split("; ")) {
            all.add(header);
        }
        return ToldWait.of(all.build(), NOW);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Retry-After: 7                                            | 7
        Retry-After: 7; Retry-After: 9; Retry-After: 8            | 9
        Retry-After: Sun, 01 Mar 2026 00:00:30 GMT                | 30
        Retry-After: Sunday, 01-Mar-26 00:00:30 GMT               | 30
        Retry-After: Sun Mar  1 00:00:30 2026                     | 30
        Retry-After: Fri, 31 Dec 9999 23:59:59 GMT                | 86400
        Retry-After: -5                                           | 0
        Retry-After: soon                                         | 0
        X-Poll-Interval: 60                                       | 60
        X-Poll-Interval: 60; X-Poll-Interval: 90                  | 90
        X-Poll-Interval: -60                                      | 0
        X-Poll-Interval: 99999999999999999999                     | 86400
        X-RateLimit-Remaining: 0; X-RateLimit-Reset: 1772323260   | 60
        X-RateLimit-Remaining: 0; X-RateLimit-Reset: 1000000001   | 0
        X-RateLimit-Remaining: 0.0; X-RateLimit-Reset: 12.0       | 12
        X-RateLimit-Remaining: 5; X-RateLimit-Reset: 12           | 0
        RateLimit-Remaining: 0; RateLimit-Reset: 12               | 12
        RateLimit-Remaining: 0; RateLimit-Reset: -12              | 0
        RateLimit-Remaining: 0; RateLimit-Reset: 9999999999999999999999999999999999999999999999 | 86400
        """)
    void theLongestWaitThatAnyHeaderAsksForIsToldUpToADay(String headers, long seconds) {
        assertThat(told(headers).nanos()).isEqualTo(seconds * 1_000_000_000L);
    }

    @Test
    void anIntervalThatIsRecommendedIsNoLimit() {
        assertThat(told("X-Poll-Interval: 60").overLimit()).isFalse();
        assertThat(told("Retry-After: 60; X-Poll-Interval: 90").overLimit()).isTrue();
    }
}
