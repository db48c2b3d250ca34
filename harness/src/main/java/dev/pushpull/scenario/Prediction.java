package dev.pushpull.scenario;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What closed forms predict for a scenario.
 *
 * @param figures by the predicted column of {@link Metrics}; a figure without a known closed form is absent
 * @param latencyCurve the latency at several probabilities, for charts; may be empty
 */
public record Prediction(Map<String, Figure> figures, List<CurvePoint> latencyCurve) {
    /**
     * @param value in the unit of its metric
     * @param formula for people
     * @param assumption under which it holds, with the section of the theory
     */
    public record Figure(double value, String formula, String assumption) {}

    /** The share {@code probability} of deliveries has at most this latency. */
    public record CurvePoint(double probability, double latencyMillis) {}

    /** The predicted value for a column, where there is one. */
    public OptionalDouble value(String column) {
        Figure figure = figures.get(column);
        return figure == null ? OptionalDouble.empty() : OptionalDouble.of(figure.value());
    }
}
