package dev.pushpull.scenario;

import java.util.Optional;

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

    /** The one of two that claims less; empty where either knows none. */
    public static Optional<Estimate> wider(Optional<Estimate> one, Optional<Estimate> other) {
        return one.flatMap(some -> other.map(more -> some.halfWidth() >= more.halfWidth() ? some : more));
    }
}
