package dev.pushpull.schedule;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads event times, one a line: epoch seconds, milliseconds or ISO-8601. Skips blank lines and sorts the times. */
public final class TraceReader {
    /** A line that is not a time. The message names the source and the line. */
    public static final class TraceFormatException extends IOException {
        private static final long serialVersionUID = 1;

        TraceFormatException(String message) {
            super(message);
        }
    }

    /**
     * Epoch numbers from here on are milliseconds: 10^11 is the year 5138 in seconds and March 1973 in milliseconds.
     */
    private static final double FIRST_MILLISECOND_VALUE = 1e11;

    /** No time is nearly as long; an endless line is not read to its end. */
    private static final int LONGEST_LINE = 10_000;

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,9})?");
    /** From the hour on; a comma as decimal sign is replaced by a point beforehand. */
    private static final DateTimeFormatter TIME_AND_ZONE = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm")
            .optionalStart()
            .appendPattern(":ss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .optionalEnd()
            .appendPattern("[ ][XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    private static final DateTimeFormatter WITH_T = dateAnd('T');
    private static final DateTimeFormatter WITH_SPACE = dateAnd(' ');

    private static final int DATE_LENGTH = "2018-01-31".length();

    private static DateTimeFormatter dateAnd(char separator) {
        // strict: 31 February is not a time, though a lenient reader would make it the 28th
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .append(DateTimeFormatter.ISO_LOCAL_DATE)
                .appendLiteral(separator)
                .append(TIME_AND_ZONE)
                .toFormatter(Locale.ROOT)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    private TraceReader() {}

    /**
     * @return epoch nanoseconds, in order
     * @throws TraceFormatException when a line is not a time, or there is none
     */
    public static long[] read(Reader text, String source) throws IOException {
        long[] times = new long[1024];
        int count = 0;
        BufferedReader lines = new BufferedReader(text);
        int lineNumber = 0;
        for (String line = line(lines); line != null; line = line(lines)) {
            lineNumber++;
            if (line.length() > LONGEST_LINE) {
                throw new TraceFormatException("%s line %d has more than %d characters; accepted: one time a line"
                        .formatted(source, lineNumber, LONGEST_LINE));
            }
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
                        "%s line %d: '%s' is no time%s; accepted: epoch seconds or milliseconds, or ISO-8601"
                                .formatted(source, lineNumber, shortened(value), TraceDoubt.likely(value)));
            }
        }
        if (count == 0) {
            throw new TraceFormatException("%s holds no event times".formatted(source));
        }
        long[] sorted = Arrays.copyOf(times, count);
        Arrays.sort(sorted);
        if (sorted[count - 1] - sorted[0] < 0) {
            throw new TraceFormatException("%s spans more than 292 years".formatted(source));
        }
        return sorted;
    }

    /** The next line; of one that is too long, a little more than is accepted; null at the end. */
    private static String line(BufferedReader text) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = text.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n' && next != '\r' && line.length() <= LONGEST_LINE; next = text.read()) {
            line.append((char) next);
        }
        if (next == '\r') {
            text.mark(1);
            if (text.read() != '\n') {
                text.reset();
            }
        }
        return line.toString();
    }

    private static long epochNanos(String value) {
        if (NUMBER.matcher(value).matches()) {
            BigDecimal number = new BigDecimal(value);
            int nanoDigits = Math.abs(number.doubleValue()) >= FIRST_MILLISECOND_VALUE ? 6 : 9;
            return number.movePointRight(nanoDigits)
                    .setScale(0, RoundingMode.HALF_EVEN)
                    .longValueExact();
        }
        Instant instant = isoInstant(value);
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }

    private static Instant isoInstant(String value) {
        DateTimeFormatter form = value.indexOf(' ') == DATE_LENGTH ? WITH_SPACE : WITH_T;
        TemporalAccessor parsed = form.parseBest(value.replace(',', '.'), OffsetDateTime::from, LocalDateTime::from);
        return parsed instanceof OffsetDateTime offset
                ? offset.toInstant()
                : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC); // a time without a zone is UTC
    }

    /** Makes text fit for a message: not too long, and without anything that a terminal would obey. */
    private static String shortened(String value) {
        String shown = value.length() <= 40 ? value : value.substring(0, 40) + "...";
        return shown.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }
}
