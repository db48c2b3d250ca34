package dev.pushpull.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pushpull.testing.Refusals;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import okhttp3.Headers;

/** For any headers of an answer, the wait is within its bounds and is reported in one line. */
class ToldWaitFuzzTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final String[] NAMES = {
        "Retry-After",
        "X-RateLimit-Remaining",
        "X-RateLimit-Reset",
        "RateLimit-Remaining",
        "RateLimit-Reset",
        "X-Poll-Interval"
    };

    /** One line for each header: the number of its name, then its value. */
    @FuzzTest
    void isWithinItsBoundsAndToldInOneLine(byte[] data) {
        Headers.Builder headers = new Headers.Builder();
        for (String line : new String(data, StandardCharsets.ISO_8859_1).split("\n")) {
            if (!line.isEmpty()) {
                headers.addUnsafeNonAscii(
                        NAMES[line.charAt(0) % NAMES.length], line.substring(1).strip());
            }
        }

        ToldWait wait = ToldWait.of(headers.build(), NOW);

        assertThat(wait.nanos()).isBetween(0L, ToldWait.LONGEST_NANOS);
        assertThat(wait.says().isEmpty()).isEqualTo(wait.nanos() == 0);
        Refusals.assertOneLine(wait.told());
    }
}
