package dev.pushpull.trace;

import java.math.BigDecimal;

/** What a number counts: units since 1970-01-01 UTC, or a spreadsheet's days. */
public enum TraceUnit {
    S("epoch seconds", 1_000_000_000L, 1e11),
    MS("epoch milliseconds", 1_000_000L, 1e14),
    US("epoch microseconds", 1_000L, 1e17),
    NS("epoch nanoseconds", 1L, Double.POSITIVE_INFINITY),
    M("minutes since 1970-01-01", 60_000_000_000L, 0),
    H("hours since 1970-01-01", 3_600_000_000_000L, 0),
    D("days since 1970-01-01", Calendar.DAY, 0),
    EXCEL("a spreadsheet's days since 1899-12-30", Calendar.DAY, 0);

    /** From 1899-12-30 to 1970-01-01. */
    private static final int EXCEL_DAYS = 25_569;

    private final String words;
    private final long nanos;
    private final double below;

    /** @param below numbers from here on are in the next unit; 0 when a number alone does not tell this unit */
    TraceUnit(String words, long nanos, double below) {
        this.words = words;
        this.nanos = nanos;
        this.below = below;
    }

    /** The unit by its name, with the time that it counts from. */
    String words() {
        return words;
    }

    long nanos() {
        return nanos;
    }

    /** Epoch nanoseconds of the unit's number 0. */
    long zeroNanos() {
        return this == EXCEL ? -EXCEL_DAYS * Calendar.DAY : 0;
    }

    /**
     * The unit that the size of a number tells: 10^11 is the year 5138 in seconds and March 1973 in milliseconds, and so
     * on with microseconds and nanoseconds.
     */
    static TraceUnit of(double number) {
        double size = Math.abs(number);
        return size < S.below ? S : size < MS.below ? MS : size < US.below ? US : NS;
    }

    /** Epoch nanoseconds, or null beyond 64 bits. */
    Long epochNanos(BigDecimal number) {
        try {
            return Math.addExact(
                    number.multiply(BigDecimal.valueOf(nanos))
                            .setScale(0, java.math.RoundingMode.HALF_EVEN)
                            .longValueExact(),
                    zeroNanos());
        } catch (ArithmeticException e) {
            return null;
        }
    }
}
