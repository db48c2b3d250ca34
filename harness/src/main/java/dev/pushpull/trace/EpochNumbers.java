package dev.pushpull.trace;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/**
 * Numbers: 1764115200, 1764115200.5, 1.7641152e9, @1764115200, 1764115200 +0100 (git's raw form, whose zone changes
 * nothing). All numbers of a file have one unit: the one given, or that of the first number's size.
 */
final class EpochNumbers implements TimeForm {
    private static final int MOST_LONG_DIGITS = 18;
    private static final int MOST_CHARACTERS = 60;
    private static final int MOST_EXPONENT = 30;
    private static final long[] POWERS = new long[MOST_LONG_DIGITS + 1];
    private static final long START_OF_1971 = 365 * Calendar.DAY;
    private static final long START_OF_2100 = 47_482 * Calendar.DAY;
    private static final long START_OF_1990 = 7_305 * Calendar.DAY;

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    private final boolean isGiven;
    private final boolean takesCommas;
    private TraceUnit unit;

    /**
     * @param given the unit, where a flag says so
     * @param takesCommas whether a comma may be the decimal sign
     */
    EpochNumbers(Optional<TraceUnit> given, boolean takesCommas) {
        isGiven = given.isPresent();
        unit = given.orElse(null);
        this.takesCommas = takesCommas;
    }

    @Override
    public TraceForm kind() {
        return TraceForm.NUMBER;
    }

    @Override
    public String unit() {
        return unit == null ? "" : unit.words();
    }

    @Override
    public boolean read(Scan scan) {
        scan.begin();
        scan.take('@');
        int from = scan.at;
        boolean negative = scan.take('-');
        long mantissa = 0;
        int digits = 0;
        int decimals = 0;
        for (; scan.digitAhead(0); scan.at++, digits++) {
            mantissa = 10 * mantissa + (scan.peek() - '0');
        }
        if (digits == 0) {
            return false;
        }
        if ((scan.peek() == '.' || takesCommas && scan.peek() == ',') && scan.digitAhead(1)) {
            scan.at++;
            for (; scan.digitAhead(0); scan.at++, decimals++) {
                mantissa = 10 * mantissa + (scan.peek() - '0');
            }
        }
        int exponent = exponent(scan);
        int to = scan.at;
        if (Math.abs(exponent) > MOST_EXPONENT || to - from > MOST_CHARACTERS || isPartOfAWord(scan)) {
            return false;
        }
        boolean fits = digits + decimals <= MOST_LONG_DIGITS;
        double size = fits
                ? exponent == decimals ? mantissa : mantissa * Math.pow(10, exponent - decimals)
                : Double.parseDouble(new String(scan.text, from, to - from).replace(',', '.'));
        if (!isGiven && !isOfTheUnit(size)) {
            return false;
        }
        int nanoDigits = nanoDigits();
        int shift = nanoDigits + exponent - decimals;
        if (fits && nanoDigits >= 0 && shift >= 0 && digits + decimals + shift <= MOST_LONG_DIGITS + 1) {
            long nanos = Math.multiplyHigh(mantissa, POWERS[Math.min(shift, MOST_LONG_DIGITS)]) == 0
                    ? mantissa * POWERS[Math.min(shift, MOST_LONG_DIGITS)]
                    : -1;
            if (nanos < 0) {
                return false;
            }
            scan.nanos = negative ? -nanos : nanos;
        } else {
            Long nanos = unit.epochNanos(new BigDecimal(new String(scan.text, from, to - from).replace(',', '.')));
            if (nanos == null) {
                return false;
            }
            scan.nanos = nanos;
        }
        gitZone(scan);
        return true;
    }

    /** The power of ten that makes nanoseconds of the unit, or -1 when none does. */
    private int nanoDigits() {
        return switch (unit) {
            case S -> 9;
            case MS -> 6;
            case US -> 3;
            case NS -> 0;
            default -> -1;
        };
    }

    private static int exponent(Scan scan) {
        if ((scan.peek() | 0x20) != 'e') {
            return 0;
        }
        boolean signed = scan.peek(1) == '+' || scan.peek(1) == '-';
        if (!scan.digitAhead(signed ? 2 : 1)) {
            return 0;
        }
        boolean negative = scan.peek(1) == '-';
        scan.at += signed ? 2 : 1;
        int value = 0;
        for (; scan.digitAhead(0); scan.at++) {
            value = Math.min(10 * value + (scan.peek() - '0'), 1_000);
        }
        return negative ? -value : value;
    }

    /** 12:30, 2025-11-26 and 3rd begin with digits too, and a hash may. */
    private static boolean isPartOfAWord(Scan scan) {
        char next = scan.peek();
        return Scan.isLetter(next)
                || next == '-'
                || next == '_'
                || next == '/'
                || next == '.' && !Scan.isBlank(scan.peek(1));
    }

    private static void gitZone(Scan scan) {
        if (scan.peek() == ' '
                && (scan.peek(1) == '+' || scan.peek(1) == '-')
                && scan.end - scan.at >= 6
                && scan.digitAhead(2)
                && scan.digitAhead(3)
                && scan.digitAhead(4)
                && scan.digitAhead(5)
                && !scan.digitAhead(6)) {
            scan.at += 6;
        }
    }

    private boolean isOfTheUnit(double size) {
        TraceUnit told = TraceUnit.of(size);
        if (unit == null) {
            unit = told;
        }
        return unit == told;
    }

    /** Whether a text is a number at all, of whatever size. */
    static boolean isNumber(String text) {
        return text.length() <= MOST_CHARACTERS && text.matches("@?-?\\d+([.,]\\d+)?([eE][+-]?\\d+)?");
    }

    /** The doubt about a number that is too large for its unit. */
    static String beyond(String text) {
        return "read as %s, '%s' is after 2100; --trace-unit says the unit: %s"
                .formatted(
                        TraceUnit.of(Double.parseDouble(text.replace("@", "").replace(',', '.')))
                                .words(),
                        text,
                        accepted());
    }

    /** Whether a moment is one that people record today. */
    static boolean isPlausible(long nanos) {
        return nanos >= START_OF_1990 && nanos < START_OF_2100;
    }

    @Override
    public String settle(long[] moments, int count) {
        if (isGiven || count == 0) {
            return "";
        }
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            least = Math.min(least, moments[i]);
            most = Math.max(most, moments[i]);
        }
        boolean early = least >= 0 && most < START_OF_1971;
        if (early || least >= START_OF_2100) {
            throw new TraceDoubt("read as %s, all times are %s%s; --trace-unit says the unit: %s"
                    .formatted(unit.words(), early ? "in 1970" : "after 2100", likely(least, most), accepted()));
        }
        return "";
    }

    /** A unit in which the same numbers are times of our age, in words; empty when there is none. */
    private String likely(long least, long most) {
        for (TraceUnit other : new TraceUnit[] {TraceUnit.EXCEL, TraceUnit.D, TraceUnit.H, TraceUnit.M}) {
            double scale = (double) other.nanos() / unit.nanos();
            double first = least * scale + other.zeroNanos();
            double last = most * scale + other.zeroNanos();
            if (first >= START_OF_1990 && last < START_OF_2100) {
                return "; they look like " + other.words() + " (--trace-unit "
                        + other.name().toLowerCase(Locale.ROOT) + ")";
            }
        }
        return "";
    }

    private static String accepted() {
        StringBuilder names = new StringBuilder();
        for (TraceUnit one : TraceUnit.values()) {
            names.append(names.isEmpty() ? "" : ", ").append(one.name().toLowerCase(Locale.ROOT));
        }
        return names.toString();
    }
}
