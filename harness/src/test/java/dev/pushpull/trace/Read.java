package dev.pushpull.trace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/** Reads a text as a trace, as of the end of 2025. */
final class Read {
    static final Instant AS_OF = Instant.parse("2025-12-31T00:00:00Z");

    private Read() {}

    static TraceTimes text(String text) {
        return text(text, TraceSettings.NONE);
    }

    static TraceTimes text(String text, TraceSettings settings) {
        return bytes(text.getBytes(StandardCharsets.UTF_8), settings);
    }

    static TraceTimes bytes(byte[] bytes, TraceSettings settings) {
        try {
            return TraceReader.read(new ByteArrayInputStream(bytes), "file", AS_OF, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Instant> instants(String text) {
        return instants(text(text));
    }

    static List<Instant> instants(TraceTimes times) {
        return LongStream.of(times.epochNanos()).mapToObj(Read::instant).toList();
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }
}
