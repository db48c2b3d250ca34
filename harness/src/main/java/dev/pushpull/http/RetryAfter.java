package dev.pushpull.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Reads {@code Retry-After} (RFC 9110, section 10.2.3): a number of seconds, or a date in any of the three forms of
 * section 5.6.7. The name of the weekday is not checked, since it says nothing that the date does not.
 */
public final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("[0-9]+");
    private static final Pattern WEEKDAY = Pattern.compile("^[A-Za-z]+,? +");

    /** A two-digit year that seems further ahead than this lies in the past (RFC 9110, section 5.6.7). */
    private static final int MOST_YEARS_AHEAD = 50;

    private static final int YEARS_A_CENTURY = 100;
    private static final int DIGITS_OF_A_LONG = 18;

    private static final DateTimeFormatter RFC_850 = form("dd-MMM-", 2, " HH:mm:ss 'GMT'");

    /** The formats without the weekday: IMF-fixdate, RFC 850, asctime. */
    private static final List<DateTimeFormatter> FORMS =
            List.of(form("dd MMM ", 4, " HH:mm:ss 'GMT'"), RFC_850, form("MMM ppd HH:mm:ss ", 4, ""));

    private RetryAfter() {}

    /**
     * How long the sender of the header asks to wait.
     *
     * @param value the header's value; null when there is none
     * @param now the base for a date
     * @param mostNanos a longer wait is cut to this
     * @return nanoseconds from 0 to {@code mostNanos}; 0 for a date in the past; empty when the value is absent or is
     *     neither a number of seconds nor a date
     */
    public static OptionalLong nanos(String value, Instant now, long mostNanos) {
        if (value == null) {
            return OptionalLong.empty();
        }
        String text = value.strip();
        if (SECONDS.matcher(text).matches()) {
            long seconds = text.length() > DIGITS_OF_A_LONG ? Long.MAX_VALUE : Long.parseLong(text);
            return OptionalLong.of(atMost(Duration.ofSeconds(seconds), mostNanos));
        }
        Instant date = date(text, now);
        return date == null ? OptionalLong.empty() : OptionalLong.of(atMost(Duration.between(now, date), mostNanos));
    }

    private static long atMost(Duration wait, long mostNanos) {
        if (wait.isNegative()) {
            return 0;
        }
        return wait.compareTo(Duration.ofNanos(mostNanos)) > 0 ? mostNanos : wait.toNanos();
    }

    /** Null when the text is not a date. */
    private static Instant date(String text, Instant now) {
        String withoutWeekday = WEEKDAY.matcher(text).replaceFirst("");
        for (DateTimeFormatter form : FORMS) {
            try {
                LocalDateTime date = LocalDateTime.parse(withoutWeekday, form);
                return (form == RFC_850 ? inItsCentury(date, now) : date).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                continue; // another form, or none
            }
        }
        return null;
    }

    private static LocalDateTime inItsCentury(LocalDateTime date, Instant now) {
        LocalDateTime latest = LocalDateTime.ofInstant(now, ZoneOffset.UTC).plusYears(MOST_YEARS_AHEAD);
        LocalDateTime inThisCentury =
                date.withYear(latest.getYear() / YEARS_A_CENTURY * YEARS_A_CENTURY + date.getYear() % YEARS_A_CENTURY);
        return inThisCentury.isAfter(latest) ? inThisCentury.minusYears(YEARS_A_CENTURY) : inThisCentury;
    }

    private static DateTimeFormatter form(String beforeYear, int yearDigits, String afterYear) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(beforeYear)
                .appendValue(ChronoField.YEAR, yearDigits)
                .appendPattern(afterYear)
                .toFormatter(Locale.ENGLISH);
    }
}
