package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.testing.Refusals;
import dev.pushpull.trace.TraceSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Any trace, compressed or not, either gives event times in order or is refused in one line. */
class TraceFileFuzzTest {
    @TempDir
    private static Path folder;

    private static Path plain;
    private static Path packed;
    private static Path again;

    @BeforeAll
    static void nameFiles() {
        plain = folder.resolve("trace");
        packed = folder.resolve("trace.gz");
        again = folder.resolve("again");
    }

    @FuzzTest
    void isEventTimesInOrderOrIsRefused(byte[] data) throws IOException {
        Files.write(plain, data);
        Files.write(packed, gzip(data));
        long[] times;
        try {
            times = read(plain);
        } catch (InvalidInputException e) {
            Refusals.assertOneLine(e);
            if (data.length < 2 || data[0] != 0x1f) { // otherwise it was compressed twice
                assertThatThrownBy(() -> read(packed)).isInstanceOf(InvalidInputException.class);
            }
            return;
        }
        assertThat(times.length).isBetween(1, data.length);
        assertThat(times).isSorted();
        if (data.length < 2 || data[0] != 0x1f) {
            assertThat(read(packed)).isEqualTo(times);
        }
        Files.writeString(
                again,
                Arrays.stream(times)
                        .mapToObj(nanos -> Instant.ofEpochSecond(
                                        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L))
                                .toString())
                        .collect(Collectors.joining("\n")));
        assertThat(read(again)).isEqualTo(times);
    }

    private static long[] read(Path file) {
        return TraceFile.read("--trace", file.toString(), TraceSettings.NONE).epochNanos();
    }

    private static byte[] gzip(byte[] data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(data);
        }
        return bytes.toByteArray();
    }
}
