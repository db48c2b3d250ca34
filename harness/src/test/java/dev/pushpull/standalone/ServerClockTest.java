package dev.pushpull.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.Headers;
import org.junit.jupiter.api.Test;

class ServerClockTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long AT = 1_764_115_200 * SECOND;
    private final ServerClock clock = new ServerClock();

    private void heard(String date, long sent, long read) {
        clock.heard(Headers.of("Date", date), AT + sent, AT + read);
    }

    @Test
    void oneExchangeBoundsItToASecondAndFurtherOnesCutTheBound() {
        heard("Wed, 26 Nov 2025 00:00:00 GMT", 0, SECOND / 10);
        assertThat(clock.offset()).contains(new ServerClock.Offset(-SECOND / 10, SECOND, 1, 0));

        heard("Wed, 26 Nov 2025 00:00:01 GMT", SECOND * 6 / 10, SECOND * 7 / 10); // it turned, so it is ahead
        assertThat(clock.offset()).contains(new ServerClock.Offset(SECOND * 3 / 10, SECOND, 2, 0));
    }

    @Test
    void aClockThatWasSetBeginsAnew() {
        heard("Wed, 26 Nov 2025 00:00:00 GMT", 0, SECOND / 10);
        heard("Wed, 26 Nov 2025 01:00:00 GMT", 0, SECOND / 10);

        ServerClock.Offset offset = clock.offset().orElseThrow();
        assertThat(offset.leastNanos()).isEqualTo(3600 * SECOND - SECOND / 10);
        assertThat(offset.exchanges()).isEqualTo(1);
        assertThat(offset.contradictions()).isEqualTo(1);
    }

    @Test
    void whatIsNoDateOrWasKeptByACacheTellsNothing() {
        clock.heard(Headers.EMPTY, AT, AT);
        heard("yesterday", 0, 1);
        heard("Fri, 31 Dec 9999 23:59:59 GMT", 0, 1);
        clock.heard(Headers.of("Date", "Wed, 26 Nov 2025 00:00:00 GMT", "Age", "7"), AT, AT);

        assertThat(clock.offset()).isEmpty();
    }
}
