package dev.pushpull.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** RFC 3339 with nine digits, to and from nanoseconds since 1970. */
public final class Timestamps {
    private static final DateTimeFormatter NINE_DIGITS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Timestamps() {}

    /** {@code 2026-01-01T00:00:00.000000001Z}. */
    public static String format(long epochNanos) {
        return NINE_DIGITS.format(Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, NANOS_PER_SECOND), Math.floorMod(epochNanos, NANOS_PER_SECOND)));
    }

    /** @throws DateTimeException when the text is no RFC 3339 time, or none of the years 1677 to 2262 that a long holds */
    public static long parse(String text) {
        Instant instant = OffsetDateTime.parse(text).toInstant();
        long seconds = instant.getEpochSecond();
        long nanos = instant.getNano();
        if (seconds < 0) { // of the first second only a part is in range: count it from its end
            seconds++;
            nanos -= NANOS_PER_SECOND;
        }
        try {
            return Math.addExact(Math.multiplyExact(seconds, NANOS_PER_SECOND), nanos);
        } catch (ArithmeticException e) {
            throw new DateTimeException(text + " lies outside the years 1677 to 2262", e);
        }
    }
}
