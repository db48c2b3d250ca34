package dev.pushpull.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.function.LongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a long file only the times are kept: a line leaves no garbage but its eight bytes, and their growing. */
class TraceMemoryTest {
    private static final int LINES = 300_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%d",
                "%d000000",
                "2025-11-26T00:00:0%d.5Z host app: sent",
                "Wed, 26 Nov 2025 00:00:0%d +0000",
                "192.0.2.7 - - [26/Nov/2025:00:00:0%d +0000] \"GET / HTTP/1.1\" 200 17",
                "x,2025-11-26 00:00:0%d,\"a, b\"",
            })
    void aLineCostsNoMoreThanItsTime(String form) throws IOException {
        LongFunction<String> line = form.startsWith("%d")
                ? i -> form.formatted(1_764_115_200L + i % 10) + "\n"
                : i -> form.formatted(i % 10) + "\n";
        read(line, 1_000); // loads the classes
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long some = allocated(threads, line, 2_000);
        long many = allocated(threads, line, LINES);
        assertThat((many - some) / (LINES - 2_000.0))
                .as("bytes a line")
                .isLessThan(64); // eight for each of: growing by halves, the last copy, sorting
    }

    private static long allocated(ThreadMXBean threads, LongFunction<String> line, int lines) throws IOException {
        byte[] ten = text(line);
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(TraceReader.read(new Repeated(ten, lines / 10), "file", Read.AS_OF, TraceSettings.NONE)
                        .epochNanos())
                .hasSize(lines);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static void read(LongFunction<String> line, int lines) throws IOException {
        TraceReader.read(new Repeated(text(line), lines / 10), "file", Read.AS_OF, TraceSettings.NONE);
    }

    private static byte[] text(LongFunction<String> line) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            text.append(line.apply(i));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The same bytes over and over, without keeping them. */
    private static final class Repeated extends InputStream {
        private final byte[] bytes;
        private final long total;
        private long at;

        Repeated(byte[] bytes, int times) {
            this.bytes = bytes;
            total = (long) bytes.length * times;
        }

        @Override
        public int read() {
            return at == total ? -1 : bytes[(int) (at++ % bytes.length)] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int count = (int) Math.min(length, total - at);
            for (int i = 0; i < count; i++) {
                into[offset + i] = bytes[(int) (at++ % bytes.length)];
            }
            return count == 0 && length > 0 ? -1 : count;
        }
    }
}
