package dev.pushpull.scenario;

/**
 * A requirement: a figure must be below a bound.
 *
 * @param bound above 0, in the unit of the figure
 * @param text as typed
 */
public record Need(Measure measure, double bound, String text) {
    /** The same with another bound. */
    public Need withBound(double other) {
        return new Need(measure, other, text);
    }

    /** The bound alone, as typed. */
    public String boundText() {
        return text.substring(text.indexOf('<') + 1).strip();
    }
}
