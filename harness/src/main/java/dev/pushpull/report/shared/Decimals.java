package dev.pushpull.report.shared;

import com.fasterxml.jackson.core.io.NumberOutput;
import dev.pushpull.scenario.Quantity;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as text: exact for files, short for people. */
public final class Decimals {
    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);

    private Decimals() {}

    /**
     * The shortest plain decimal that reads back as the same double. {@code Double.toString} is not always the shortest
     * before JDK 19; Jackson includes Schubfach, which is.
     */
    public static String shortest(double value) {
        return new BigDecimal(NumberOutput.toString(value, true))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** For files: empty when the value does not exist. */
    public static String cell(Object value) {
        if (value == null || value instanceof Double number && !Double.isFinite(number)) {
            return "";
        }
        return value instanceof Double number ? shortest(number) : value.toString();
    }

    /** Three significant digits, or all digits of the whole part, grouped: {@code 0.607}, {@code 12,346}. */
    public static String significant(double value) {
        return fixed(value, decimalsForThreeDigits(value));
    }

    /** A figure that was set, not measured: at most four significant digits, without zeros at the end. */
    public static String setting(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(4, RoundingMode.HALF_EVEN));
        return rounded.signum() == 0
                ? "0"
                : fixed(
                        rounded.doubleValue(),
                        Math.max(0, rounded.stripTrailingZeros().scale()));
    }

    /** With this many decimal places, grouped. */
    public static String fixed(double value, int decimals) {
        boolean vanishes = Math.abs(value) < 0.5 * Math.pow(10, -decimals);
        return vanishes ? "0" : String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** A whole number, grouped. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** The number of decimal places that makes three significant digits; 0 from a hundred on. */
    public static int decimalsForThreeDigits(double value) {
        return decimalsFor(value, 3);
    }

    /** The number of decimal places that makes this many significant digits, at least 0. */
    public static int decimalsFor(double value, int digits) {
        if (value == 0 || !Double.isFinite(value)) {
            return 0;
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        return Math.min(9, Math.max(0, digits - 1 - exponent));
    }

    /** A latency that was set, in its best unit: {@code 25 ms}. */
    public static String settingMilliseconds(double millis) {
        Unit unit = Unit.ofMilliseconds(millis);
        return setting(millis / unit.size()) + " " + unit.name();
    }

    /** A latency in its best unit: {@code 97.4 µs}, {@code 253 ms}, {@code 1.24 s}. */
    public static String milliseconds(double millis) {
        Unit unit = Unit.ofMilliseconds(millis);
        return significant(millis / unit.size()) + " " + unit.name();
    }

    /** The length of a run: {@code 30 s}, {@code 25.3 d}. */
    public static String span(long nanos) {
        return nanos < 1_000_000_000_000L ? setting(nanos / 1e9) + " s" : duration(nanos);
    }

    /** A duration that was set, in the units of measured ones: {@code 500 ms}, {@code 5 min}, {@code 365 d}. */
    public static String duration(long nanos) {
        return Quantity.readable(nanos)
                .replaceAll("(?<=\\d)(?=[a-z])", " ")
                .replaceAll(" m(?![a-z])", " min")
                .replace(" us", " µs");
    }

    /** A share of one as a percentage: {@code 60.7 %}. */
    public static String percent(double share) {
        return significant(100 * share) + " %";
    }

    /** The same for a part: near 100 % the missing part matters, so it has as many digits as it takes to see it. */
    public static String share(double share) {
        double rest = 1 - share;
        return rest > 1e-9 && rest < 0.01 ? fixed(100 * share, decimalsFor(100 * rest, 2)) + " %" : percent(share);
    }

    /** How many times one is the other: {@code 2.01}, {@code 1,400}. */
    public static String times(double factor) {
        return significant(factor >= 100 ? rounded(factor) : factor);
    }

    /** With three significant digits. */
    public static double rounded(double value) {
        return new BigDecimal(value).round(THREE_DIGITS).doubleValue();
    }

    /**
     * A unit for people.
     *
     * @param size how many of the metric's own unit make one
     */
    record Unit(String name, double size) {
        private static final Unit MICROSECONDS = new Unit("µs", 1e-3);
        private static final Unit MILLISECONDS = new Unit("ms", 1);
        private static final Unit SECONDS = new Unit("s", 1e3);
        private static final Unit MINUTES = new Unit("min", 60e3);
        private static final Unit HOURS = new Unit("h", 3_600e3);
        private static final Unit DAYS = new Unit("d", 86_400e3);

        /** Above this many seconds people use minutes, above this many minutes hours, above this many hours days. */
        private static final double MANY_SECONDS = 1_000;

        private static final double MANY = 100;

        /** Chosen after rounding, so that 999.7 ms becomes a second. */
        static Unit ofMilliseconds(double millis) {
            double rounded = rounded(Math.abs(millis));
            if (rounded < 1e3) {
                return rounded == 0 || rounded >= 1 ? MILLISECONDS : MICROSECONDS;
            }
            return rounded < MANY_SECONDS * SECONDS.size()
                    ? SECONDS
                    : rounded < MANY * MINUTES.size() ? MINUTES : rounded < MANY * HOURS.size() ? HOURS : DAYS;
        }
    }

    /** For a chart: more digits than five would exceed a screen's pixels. */
    public static double drawn(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.5g", value));
    }
}
