package dev.pushpull.scenario;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The result of a search, at the machine's nominal speed.
 *
 * @param perSecond the highest rate that the path sustains; empty when no step was sustained
 * @param lowPerSecond the lower end of its 95 % interval; empty when no interval is claimed
 * @param highPerSecond the upper end
 * @param rawPerSecond the result of the same steps without deducting stalls
 * @param posterior how likely each rate is to be the highest; empty when no interval is claimed
 */
public record CapacityAnswer(
        OptionalDouble perSecond,
        OptionalDouble lowPerSecond,
        OptionalDouble highPerSecond,
        OptionalDouble rawPerSecond,
        List<Point> posterior) {
    /** Nothing was sustained, or the search was of another kind. */
    public static final CapacityAnswer NONE = new CapacityAnswer(
            OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), List.of());

    /**
     * A rate with its 95 % interval.
     *
     * @param perSecond the median
     */
    public record Rate(double perSecond, double lowPerSecond, double highPerSecond) {}

    /**
     * One point of a curve.
     *
     * @param perSecond a rate
     * @param probability that this point of the grid is the highest sustained rate
     */
    public record Point(double perSecond, double probability) {}

    /** Without an interval. */
    public static CapacityAnswer of(OptionalDouble perSecond, OptionalDouble rawPerSecond) {
        return new CapacityAnswer(perSecond, OptionalDouble.empty(), OptionalDouble.empty(), rawPerSecond, List.of());
    }

    /** With one. */
    public static CapacityAnswer of(Rate rate, double rawPerSecond, List<Point> posterior) {
        return new CapacityAnswer(
                OptionalDouble.of(rate.perSecond()),
                OptionalDouble.of(rate.lowPerSecond()),
                OptionalDouble.of(rate.highPerSecond()),
                OptionalDouble.of(rawPerSecond),
                posterior);
    }

    /** With its interval, where one is claimed. */
    public Optional<Rate> interval() {
        return lowPerSecond.isPresent()
                ? Optional.of(
                        new Rate(perSecond.getAsDouble(), lowPerSecond.getAsDouble(), highPerSecond.getAsDouble()))
                : Optional.empty();
    }
}
