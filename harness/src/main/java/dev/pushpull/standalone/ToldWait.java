package dev.pushpull.standalone;

import dev.pushpull.http.RetryAfter;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.TerminalText;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import okhttp3.Headers;

/**
 * How long the headers of an answer ask a poller to wait.
 *
 * @param nanos 0 when they ask for no wait; at most {@link #LONGEST_NANOS}
 * @param says the header that asks for the longest wait, as received; empty when none does
 * @param overLimit whether a rate limit asks, not merely a recommended interval
 */
record ToldWait(long nanos, String says, boolean overLimit) {
    /** Whatever a server says, it is polled again after a day. */
    static final long LONGEST_NANOS = TimeUnit.HOURS.toNanos(24);

    static final ToldWait NONE = new ToldWait(0, "", false);

    private static final Pattern SECONDS = Pattern.compile("[0-9]+(\\.[0-9]*)?");
    private static final Pattern ZERO = Pattern.compile("0+(\\.0*)?");
    private static final String[] LIMITS = {"X-RateLimit-", "RateLimit-"};

    /** A longer number takes long to read, and is above every limit anyway. */
    private static final int MOST_DIGITS = 40;

    private static final BigDecimal FOR_EVER = BigDecimal.TEN.pow(MOST_DIGITS);

    /** A larger reset value is not seconds from now but seconds since 1970. */
    private static final BigDecimal EPOCH_RATHER_THAN_SECONDS = BigDecimal.valueOf(1_000_000_000);

    /** The longest wait that any header asks for. */
    static ToldWait of(Headers headers, Instant now) {
        ToldWait longest = NONE;
        for (String value : headers.values("Retry-After")) {
            long nanos = RetryAfter.nanos(value, now, LONGEST_NANOS).orElse(0);
            longest = longer(longest, nanos, "Retry-After: " + value, true);
        }
        for (String limit : LIMITS) {
            boolean usedUp = headers.values(limit + "Remaining").stream()
                    .anyMatch(left -> ZERO.matcher(left).matches());
            if (usedUp) {
                for (String value : headers.values(limit + "Reset")) {
                    longest = longer(longest, resetNanos(value, now), limit + "Reset: " + value, true);
                }
            }
        }
        for (String value : headers.values("X-Poll-Interval")) {
            longest = longer(longest, nanos(seconds(value)), "X-Poll-Interval: " + value, longest.overLimit);
        }
        return longest;
    }

    private static ToldWait longer(ToldWait longest, long nanos, String says, boolean overLimit) {
        return nanos > longest.nanos ? new ToldWait(nanos, TerminalText.firstLine(says), overLimit) : longest;
    }

    /** Seconds from now or, if that would be decades, seconds since 1970. */
    private static long resetNanos(String value, Instant now) {
        BigDecimal seconds = seconds(value);
        return nanos(
                seconds.compareTo(EPOCH_RATHER_THAN_SECONDS) < 0
                        ? seconds
                        : seconds.subtract(BigDecimal.valueOf(now.getEpochSecond())));
    }

    /** 0 when it is not a number of at least 0. */
    private static BigDecimal seconds(String value) {
        if (!SECONDS.matcher(value).matches()) {
            return BigDecimal.ZERO;
        }
        return value.length() > MOST_DIGITS ? FOR_EVER : new BigDecimal(value);
    }

    private static long nanos(BigDecimal seconds) {
        BigDecimal nanos = seconds.movePointRight(9);
        return nanos.max(BigDecimal.ZERO).min(BigDecimal.valueOf(LONGEST_NANOS)).longValue();
    }

    /** For the person who polls. */
    String told() {
        return "told to wait %s%s (%s)".formatted(inSeconds(nanos), nanos == LONGEST_NANOS ? " or longer" : "", says);
    }

    /** A duration to the tenth of a second. */
    static String inSeconds(long nanos) {
        long tenth = TimeUnit.MILLISECONDS.toNanos(100);
        return Quantity.readable(Math.max(1, Math.round((double) nanos / tenth)) * tenth);
    }
}
