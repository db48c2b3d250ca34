package dev.pushpull.scenario;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations, rates, sizes and counts in the form used on the command line. All may have decimals. */
public final class Quantity {
    private static final Pattern NUMBER_WITH_UNIT = Pattern.compile("(\\d{1,19}(?:\\.\\d{1,30})?)\\s*(\\D*)");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,19}(?:\\.\\d{1,30})?(?:[eE][+-]?\\d{1,3})?");
    private static final double MOST_PER_SECOND = 1e9;
    private static final List<String> RATE_UNITS = List.of("/s", "/m", "/h", "/d");

    /** Up to this many characters an exact duration reads well, unless a longer unit suits it better. */
    private static final int READABLE_CHARACTERS = 6;

    /** From this many of a unit on, people use a longer one. */
    private static final long MANY = 10_000;

    /** Up to this many characters the number in a rate is short. */
    private static final int SHORT_CHARACTERS = 4;

    /** A number in a rate that is within this share of a whole one counts as whole. */
    private static final double WHOLE = 1e-6;

    private static final Map<String, Long> DURATION_UNITS_NANOS = ordered(
            "ns",
            1L,
            "us",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "h",
            3_600_000_000_000L,
            "d",
            86_400_000_000_000L);
    private static final Map<String, Long> SIZE_UNITS_BYTES =
            ordered("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "kB", 1_000L, "MB", 1_000_000L);
    private static final Map<String, Long> RATE_UNITS_SECONDS =
            ordered("/s", 1L, "/m", 60L, "/min", 60L, "/h", 3_600L, "/d", 86_400L);

    private Quantity() {}

    /** Nanoseconds from {@code 250ms}, {@code 1.5s}, {@code 2m}, {@code 365d}; above 0, at most 292 years. */
    public static long durationNanos(String what, String text) {
        long nanos = durationOrZeroNanos(what, text);
        if (nanos == 0) {
            throw wrong(what, text, "a duration above 0 such as 250ms, 5s, 2m, 1h or 7d");
        }
        return nanos;
    }

    /** As {@link #durationNanos}, but {@code 0s} and a bare {@code 0} are accepted too. */
    public static long durationOrZeroNanos(String what, String text) {
        if (text.strip().equals("0")) {
            return 0;
        }
        BigDecimal nanos = scaled(text, DURATION_UNITS_NANOS);
        if (nanos == null) {
            throw wrong(what, text, "a duration such as 250ms, 5s, 2m, 1h or 7d");
        }
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw wrong(what, text, "a duration of at most 292 years, such as 250ms, 5s, 2m, 1h or 7d");
        }
        long rounded = nanos.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
        if (rounded == 0 && nanos.signum() > 0) {
            throw wrong(what, text, "a duration of at least 1ns");
        }
        return rounded;
    }

    /**
     * Events a second from {@code 2/s}, {@code 30/m}, {@code 5/h}, {@code 40/d}; above 0, at most one a nanosecond,
     * which is the resolution of all times here.
     */
    public static double ratePerSecond(String what, String text) {
        Matcher matcher = NUMBER_WITH_UNIT.matcher(text.strip());
        Long seconds = matcher.matches() ? RATE_UNITS_SECONDS.get(matcher.group(2)) : null;
        double rate = seconds == null ? 0 : Double.parseDouble(matcher.group(1)) / seconds;
        if (!(rate > 0)) {
            throw wrong(what, text, "a rate above 0 such as 2/s, 30/m, 5/h or 40/d");
        }
        if (rate > MOST_PER_SECOND) {
            throw wrong(what, text, "a rate of at most 1000000000/s, such as 2/s, 30/m, 5/h or 40/d");
        }
        return rate;
    }

    /** Bytes from {@code 512B}, {@code 1KiB}, {@code 1.5MiB}; within the given bounds. */
    public static int bytes(String what, String text, int least, int most) {
        BigDecimal bytes = scaled(text, SIZE_UNITS_BYTES);
        if (bytes == null
                || bytes.compareTo(BigDecimal.valueOf(least)) < 0
                || bytes.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw wrong(what, text, "a size such as 512B or 1KiB, from " + size(least) + " to " + size(most));
        }
        return bytes.setScale(0, RoundingMode.HALF_EVEN).intValueExact();
    }

    /** A whole number within the given bounds. */
    public static int count(String what, String text, int least, int most) {
        return (int) number(what, text, least, most);
    }

    /** A whole number within the given bounds, with any sign. */
    public static long number(String what, String text, long least, long most) {
        try {
            long value = Long.parseLong(text.strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        String accepted = most == Long.MAX_VALUE && least == Long.MIN_VALUE
                ? "a whole number"
                : most == Long.MAX_VALUE
                        ? "a whole number from " + least
                        : "a whole number from " + least + " to " + most;
        throw wrong(what, text, accepted);
    }

    /** A decimal number above 0. */
    public static double positive(String what, String text) {
        double value = decimal(text);
        if (value > 0 && value < Double.POSITIVE_INFINITY) {
            return value;
        }
        throw wrong(what, text, "a number above 0");
    }

    /** A decimal number from 0 to 1. */
    public static double fraction(String what, String text) {
        double value = decimal(text);
        if (value >= 0 && value <= 1) {
            return Math.abs(value); // -0 is also written as 0
        }
        throw wrong(what, text, "a number from 0 to 1");
    }

    /** NaN when the text is not a number; Java's own forms, such as 5d or 0x1p3, are not accepted. */
    private static double decimal(String text) {
        String stripped = text.strip();
        return DECIMAL.matcher(stripped).matches() ? Double.parseDouble(stripped) : Double.NaN;
    }

    /** The error for a bad value, in the one form that all such errors have: one line, whatever the value contains. */
    public static InvalidInputException wrong(String what, String value, String accepted) {
        return new InvalidInputException("%s: '%s' is not accepted; accepted: %s"
                .formatted(what, TerminalText.value(value.replaceAll("\\s", " ")), accepted));
    }

    /** @throws InvalidInputException when a flag's interval is longer than its run */
    public static void checkWithinRun(String what, long intervalNanos, long runNanos) {
        if (intervalNanos > runNanos) {
            throw wrong(
                    what, duration(intervalNanos), "an interval no longer than the run of " + readableMost(runNanos));
        }
    }

    /** A duration in the shortest form that {@link #durationNanos} reads back: {@code 500ms}, {@code 1.5s}. */
    public static String duration(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        String unit = "ns";
        for (Map.Entry<String, Long> candidate : DURATION_UNITS_NANOS.entrySet()) {
            if (nanos % candidate.getValue() == 0) {
                unit = candidate.getKey();
            }
        }
        String whole = plain(nanos, DURATION_UNITS_NANOS.get(unit)) + unit;
        for (Map.Entry<String, Long> candidate : DURATION_UNITS_NANOS.entrySet()) {
            String decimal = plain(nanos, candidate.getValue()) + candidate.getKey();
            boolean shorter = nanos >= candidate.getValue() && decimal.length() < whole.length();
            if (shorter
                    && scaled(decimal, DURATION_UNITS_NANOS)
                                    .setScale(0, RoundingMode.HALF_EVEN)
                                    .compareTo(BigDecimal.valueOf(nanos))
                            == 0) {
                whole = decimal;
            }
        }
        return whole;
    }

    /** A duration as people write it, to three digits unless it is short: {@code 500ms}, {@code 18.3m}. */
    public static String readable(long nanos) {
        return readable(nanos, RoundingMode.HALF_EVEN);
    }

    /** As {@link #readable}, but never longer, so that a proposed maximum is accepted when it is typed. */
    public static String readableMost(long nanos) {
        return readable(nanos, RoundingMode.DOWN);
    }

    /** As {@link #readable}, but never shorter, so that a proposed minimum is accepted when it is typed. */
    public static String readableLeast(long nanos) {
        return readable(nanos, RoundingMode.UP);
    }

    private static String readable(long nanos, RoundingMode rounding) {
        String exact = duration(nanos);
        if (exact.length() <= READABLE_CHARACTERS && !isInTooShortAUnit(exact)) {
            return exact;
        }
        Map.Entry<String, Long> largest = null;
        for (Map.Entry<String, Long> unit : DURATION_UNITS_NANOS.entrySet()) {
            if (nanos >= unit.getValue()) {
                largest = unit;
            }
        }
        return BigDecimal.valueOf(nanos)
                        .divide(BigDecimal.valueOf(largest.getValue()), new MathContext(3, rounding))
                        .stripTrailingZeros()
                        .toPlainString()
                + largest.getKey();
    }

    private static boolean isInTooShortAUnit(String exact) {
        Matcher matcher = NUMBER_WITH_UNIT.matcher(exact);
        return matcher.matches() && !matcher.group(2).equals("d") && Double.parseDouble(matcher.group(1)) >= MANY;
    }

    /**
     * A rate in the unit in which it reads best: {@code 1/s}, {@code 30/m}, {@code 40/d}. That is the first unit in
     * which it is a short number of at least one, or else the first in which it is whole.
     */
    public static String rate(double ratePerSecond) {
        for (String unit : RATE_UNITS) {
            String value = significant(ratePerSecond * RATE_UNITS_SECONDS.get(unit));
            if (ratePerSecond * RATE_UNITS_SECONDS.get(unit) >= 0.9999999 && value.length() <= SHORT_CHARACTERS) {
                return value + unit;
            }
        }
        for (String unit : RATE_UNITS) {
            double value = ratePerSecond * RATE_UNITS_SECONDS.get(unit);
            if (value >= 0.9999999 && value < 1e6 && Math.abs(value - Math.rint(value)) < WHOLE * value) {
                return significant(value) + unit;
            }
        }
        for (String unit : new String[] {"/s", "/m", "/h"}) {
            double value = ratePerSecond * RATE_UNITS_SECONDS.get(unit);
            if (value >= 0.9999999) {
                return significant(value) + unit;
            }
        }
        return significant(ratePerSecond * RATE_UNITS_SECONDS.get("/d")) + "/d";
    }

    /** A size in the largest unit of 1024 that divides it: {@code 512B}, {@code 1KiB}. */
    public static String size(long bytes) {
        for (String unit : new String[] {"GiB", "MiB", "KiB"}) {
            if (bytes > 0 && bytes % SIZE_UNITS_BYTES.get(unit) == 0) {
                return bytes / SIZE_UNITS_BYTES.get(unit) + unit;
            }
        }
        return bytes + "B";
    }

    private static BigDecimal scaled(String text, Map<String, Long> units) {
        Matcher matcher = NUMBER_WITH_UNIT.matcher(text.strip());
        Long factor = matcher.matches() ? units.get(matcher.group(2)) : null;
        return factor == null ? null : new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(factor));
    }

    private static String plain(long nanos, long unitNanos) {
        return BigDecimal.valueOf(nanos)
                .divide(BigDecimal.valueOf(unitNanos), 9, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String significant(double value) {
        String text = String.format(Locale.ROOT, "%.6g", value);
        return new BigDecimal(text).stripTrailingZeros().toPlainString();
    }

    private static Map<String, Long> ordered(Object... pairs) {
        Map<String, Long> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], (Long) pairs[i + 1]);
        }
        return map;
    }
}
