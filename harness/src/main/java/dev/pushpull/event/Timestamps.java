package dev.pushpull.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** RFC 3339 with nine digits, to and from nanoseconds since 1970. */
public final class Timestamps {
    private static final DateTimeFormatter NINE_DIGITS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final int NINE_DIGITS_LENGTH = "1970-01-01T00:00:00.000000000Z".length();
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Timestamps() {}

    /** {@code 2026-01-01T00:00:00.000000001Z}. */
    public static String format(long epochNanos) {
        return NINE_DIGITS.format(Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, NANOS_PER_SECOND), Math.floorMod(epochNanos, NANOS_PER_SECOND)));
    }

    /**
     * @throws DateTimeException when the text is not an RFC 3339 time, or is outside the years 1677 to 2262 that a long
     * can hold
     */
    public static long parse(String text) {
        if (text.length() == NINE_DIGITS_LENGTH && text.charAt(NINE_DIGITS_LENGTH - 1) == 'Z') {
            return parseOwnForm(text);
        }
        Instant instant = OffsetDateTime.parse(text).toInstant();
        return epochNanos(text, instant.getEpochSecond(), instant.getNano());
    }

    private static long epochNanos(String text, long epochSecond, long nanoOfSecond) {
        // the first second before 1970 may be only partly in range: count it from its end
        long seconds = epochSecond < 0 ? epochSecond + 1 : epochSecond;
        long nanos = epochSecond < 0 ? nanoOfSecond - NANOS_PER_SECOND : nanoOfSecond;
        try {
            return Math.addExact(Math.multiplyExact(seconds, NANOS_PER_SECOND), nanos);
        } catch (ArithmeticException e) {
            throw new DateTimeException(text + " lies outside the years 1677 to 2262", e);
        }
    }

    /** Parses what {@link #format} writes: every event contains it, and the general parser is twenty times slower. */
    private static long parseOwnForm(String text) {
        expect(text, 4, '-');
        expect(text, 7, '-');
        expect(text, 10, 'T');
        expect(text, 13, ':');
        expect(text, 16, ':');
        expect(text, 19, '.');
        long day = LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10))
                .toEpochDay();
        int secondOfDay = LocalTime.of(digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19))
                .toSecondOfDay();
        return epochNanos(text, day * 86_400 + secondOfDay, digits(text, 20, 29));
    }

    private static void expect(String text, int index, char wanted) {
        if (text.charAt(index) != wanted) {
            throw new DateTimeException("'" + text + "' is no RFC 3339 time");
        }
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("'" + text + "' is no RFC 3339 time");
            }
            value = 10 * value + digit;
        }
        return value;
    }
}
