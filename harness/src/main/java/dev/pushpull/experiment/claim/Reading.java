package dev.pushpull.experiment.claim;

import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.Outcome;

/**
 * A measured figure with its 95 % interval; NaN throughout where there is none.
 *
 * @param low equal to the value when no interval is known
 */
record Reading(double value, double low, double high) {
    /** The figure of a column of {@link Metrics}. */
    static Reading of(Outcome outcome, String column) {
        Object value = Metrics.named(column).orElseThrow().read(null, outcome); // of the outcome alone
        if (!(value instanceof Number number)) {
            return new Reading(Double.NaN, Double.NaN, Double.NaN);
        }
        Estimate interval = outcome.intervals().get(column);
        return interval == null
                ? new Reading(number.doubleValue(), number.doubleValue(), number.doubleValue())
                : new Reading(number.doubleValue(), interval.low(), interval.high());
    }

    /** The closed form's value for the same column; NaN where there is none. */
    static double predicted(Outcome outcome, String column) {
        return outcome.prediction().value(column).orElse(Double.NaN);
    }

    boolean exists() {
        return !Double.isNaN(value);
    }

    /** Whether it is surely greater: the intervals do not overlap. */
    boolean isAbove(Reading other) {
        return low > other.high;
    }

    /** Whether it is surely greater than a number. */
    boolean isAbove(double number) {
        return low > number;
    }

    /** Whether it is surely less than a number. */
    boolean isBelow(double number) {
        return high < number;
    }
}
