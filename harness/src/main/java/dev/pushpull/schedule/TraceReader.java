package dev.pushpull.schedule;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Reads event times, one a line: epoch seconds or milliseconds or ISO-8601; blank lines are skipped; sorts them. */
public final class TraceReader {
    /** A line that is no time. The message names the source and the line. */
    public static final class TraceFormatException extends IOException {
        private static final long serialVersionUID = 1;

        TraceFormatException(String message) {
            super(message);
        }
    }

    /** Epoch numbers from this on are milliseconds: 10^11 is the year 5138 in seconds and March 1973 in milliseconds. */
    private static final double FIRST_MILLISECOND_VALUE = 1e11;

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,9})?");
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
            "yyyy-MM-dd['T'][' ']HH:mm[:ss][[.][,]SSSSSSSSS][[.][,]SSSSSS][[.][,]SSS][ ][XXX][XX][X]");

    private TraceReader() {}

    /**
     * @return epoch nanoseconds, in order
     * @throws TraceFormatException when a line is no time or there is none at all
     */
    public static long[] read(Reader text, String source) throws IOException {
        long[] times = new long[1024];
        int count = 0;
        BufferedReader lines = new BufferedReader(text);
        int lineNumber = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            lineNumber++;
            String value = line.strip();
            if (value.isEmpty()) {
                continue;
            }
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
            }
            try {
                times[count++] = epochNanos(value);
            } catch (DateTimeException | ArithmeticException e) {
                throw new TraceFormatException(
                        "%s line %d: '%s' is no time; accepted: epoch seconds or milliseconds, or ISO-8601"
                                .formatted(source, lineNumber, shortened(value)));
            }
        }
        if (count == 0) {
            throw new TraceFormatException("%s holds no event times".formatted(source));
        }
        long[] sorted = Arrays.copyOf(times, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private static long epochNanos(String value) {
        if (NUMBER.matcher(value).matches()) {
            java.math.BigDecimal number = new java.math.BigDecimal(value);
            int nanoDigits = Math.abs(number.doubleValue()) >= FIRST_MILLISECOND_VALUE ? 6 : 9;
            return number.movePointRight(nanoDigits)
                    .setScale(0, java.math.RoundingMode.HALF_EVEN)
                    .longValueExact();
        }
        Instant instant = isoInstant(value);
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }

    private static Instant isoInstant(String value) {
        TemporalAccessor parsed;
        try {
            parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(value, OffsetDateTime::from, LocalDateTime::from);
        } catch (DateTimeException e) {
            parsed = ISO.parseBest(value, OffsetDateTime::from, LocalDateTime::from);
        }
        return parsed instanceof OffsetDateTime offset
                ? offset.toInstant()
                : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC); // a time without a zone is taken as UTC
    }

    private static String shortened(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "...";
    }
}
