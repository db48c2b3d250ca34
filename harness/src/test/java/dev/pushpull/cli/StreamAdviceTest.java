package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamAdviceTest {
    private static final long SECOND_NANOS = 1_000_000_000L;

    @TempDir
    private Path folder;

    private String errors;

    /** Items that came at this distance, polled every two seconds. */
    private String advice(int items, long apartNanos) throws Exception {
        long[] times = LongStream.range(0, items)
                .map(i -> 1_700_000_000L * SECOND_NANOS + i * apartNanos)
                .toArray();
        List<String> lines = new ArrayList<>();
        Said said = Said.during("", () -> {
            try {
                lines.addAll(StreamAdvice.lines(times, 2, folder));
                return ExitCode.DONE;
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        errors = said.errors();
        return String.join("\n", lines);
    }

    @Test
    void itAsksForNothingLaterThanThePollsAndSaysNothingBesides() throws Exception {
        assertThat(advice(100, SECOND_NANOS))
                .startsWith("advise: trace arrivals")
                .contains("latency_p95<2s");
        assertThat(errors).as("how it read its times").isEmpty();
        assertThat(folder.resolve(StreamAdvice.TIMES)).exists();
    }

    @Test
    void aStreamOfSecondsIsTooShort() throws Exception {
        assertThat(advice(100, SECOND_NANOS / 20))
                .isEqualTo("No advice: all items came within 4.95s, and advice needs at least 10s of a stream.");
    }

    @Test
    void ofAFewItemsNothingIsSaid() throws Exception {
        assertThat(advice(19, SECOND_NANOS)).isEmpty();
    }
}
