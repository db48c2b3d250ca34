package dev.pushpull.scenario;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What closed forms say of a scenario.
 *
 * @param figures by the column of {@link Metrics} they predict; what no closed form is known for is absent
 * @param latencyCurve the latency at a ladder of probabilities, for charts; may be empty
 */
public record Prediction(Map<String, Figure> figures, List<CurvePoint> latencyCurve) {
    /**
     * @param value in the unit of its metric
     * @param formula how it is written, for people
     * @param assumption what it holds under, with the section of the theory
     */
    public record Figure(double value, String formula, String assumption) {}

    /** The share {@code probability} of deliveries has at most this latency. */
    public record CurvePoint(double probability, double latencyMillis) {}

    /** The predicted value of a column, where there is one. */
    public OptionalDouble value(String column) {
        Figure figure = figures.get(column);
        return figure == null ? OptionalDouble.empty() : OptionalDouble.of(figure.value());
    }
}
