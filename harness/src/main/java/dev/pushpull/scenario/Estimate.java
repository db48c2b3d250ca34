package dev.pushpull.scenario;

/**
 * A measured figure with its 95 % confidence interval.
 *
 * @param method how the interval was found, in a word or two
 */
public record Estimate(double value, double low, double high, String method) {
    /** Half the width of the interval. */
    public double halfWidth() {
        return (high - low) / 2;
    }
}
