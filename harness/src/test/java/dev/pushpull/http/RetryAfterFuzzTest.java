package dev.pushpull.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** For any {@code Retry-After}, the wait is empty or within its bounds. */
class RetryAfterFuzzTest {
    private static final long MOST_NANOS = TimeUnit.DAYS.toNanos(1);
    private static final DateTimeFormatter IMF_FIXDATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

    private static final List<Instant> NOWS = List.of(
            Instant.EPOCH, Instant.parse("2026-11-26T12:00:00.123456789Z"), Instant.parse("2100-02-28T23:59:59Z"));

    @FuzzTest
    void asksForAWaitWithinBoundsOrForNone(byte[] data) {
        String value = new String(data, StandardCharsets.ISO_8859_1);
        for (Instant now : NOWS) {
            OptionalLong nanos = RetryAfter.nanos(value, now, MOST_NANOS);
            assertThat(nanos.orElse(0)).isBetween(0L, MOST_NANOS);
            if (value.strip().matches("[0-9]{1,5}")) {
                assertThat(nanos)
                        .hasValue(Math.min(MOST_NANOS, TimeUnit.SECONDS.toNanos(Long.parseLong(value.strip()))));
            }
        }
    }

    @FuzzTest
    void readsEveryDateThatIsWrittenAsTheRfcHasIt(byte[] data) {
        long seconds = 0;
        for (int i = 0; i < 5; i++) {
            seconds = seconds << 8 | (i < data.length ? data[i] & 0xff : 0);
        }
        Instant date = Instant.ofEpochSecond(seconds % TimeUnit.DAYS.toSeconds(365 * 2000));
        Instant now = date.minus(1, ChronoUnit.HOURS);
        assertThat(RetryAfter.nanos(IMF_FIXDATE.format(date.atOffset(ZoneOffset.UTC)), now, MOST_NANOS))
                .hasValue(TimeUnit.HOURS.toNanos(1));
    }
}
