package dev.pushpull.scenario;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** The unit in which a user gave a rate, and in which outputs show it. */
public enum RateUnit {
    SECOND("/s", 1),
    MINUTE("/m", 60),
    HOUR("/h", 3_600),
    DAY("/d", 86_400),
    /** No unit was given, as for a trace: outputs use the unit in which a rate reads best. */
    ANY("", 0);

    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_EVEN);
    private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    /** Outside these limits, a number in the user's unit says less than one in the unit in which it reads best. */
    private static final double TOO_SMALL = 0.001;

    private static final double TOO_LARGE = 1e6;

    private static final double SAME = 1e-9;

    /** Allows for rounding. */
    private static final double ONE = 1 - SAME;

    private final String suffix;
    private final int seconds;

    RateUnit(String suffix, int seconds) {
        this.suffix = suffix;
        this.seconds = seconds;
    }

    /** The unit of a rate such as {@code 30/m}; {@code ANY} when the text is not a rate. */
    public static RateUnit of(String rate) {
        for (RateUnit unit : values()) {
            if (unit != ANY && rate.strip().endsWith(unit.suffix)) {
                return unit;
            }
        }
        return ANY;
    }

    /** A rate as a name, for instance of a column, to six digits: {@code 40/d}. */
    public String name(double ratePerSecond) {
        return this == ANY ? Quantity.rate(ratePerSecond) : number(ratePerSecond * seconds, SIX_DIGITS) + suffix;
    }

    /** A rate in a sentence, to three digits. */
    public String readable(double ratePerSecond) {
        double mine = ratePerSecond * seconds;
        if (this != ANY && mine >= TOO_SMALL && mine < TOO_LARGE) {
            return number(mine, THREE_DIGITS) + suffix;
        }
        RateUnit best = best(ratePerSecond);
        return number(ratePerSecond * best.seconds, THREE_DIGITS) + best.suffix;
    }

    /**
     * The first unit in which a number of at least one is exact to three digits, else the first in which it is at least
     * one.
     */
    private static RateUnit best(double ratePerSecond) {
        RateUnit first = DAY;
        for (RateUnit unit : List.of(DAY, HOUR, MINUTE, SECOND)) {
            if (ratePerSecond * unit.seconds >= ONE) {
                first = unit;
            }
        }
        for (RateUnit unit : List.of(SECOND, MINUTE, HOUR, DAY)) {
            double value = ratePerSecond * unit.seconds;
            double rounded = new BigDecimal(value).round(THREE_DIGITS).doubleValue();
            if (value >= ONE && Math.abs(value - rounded) < SAME * value) {
                return unit;
            }
        }
        return first;
    }

    private static String number(double value, MathContext digits) {
        return new BigDecimal(value).round(digits).stripTrailingZeros().toPlainString();
    }
}
