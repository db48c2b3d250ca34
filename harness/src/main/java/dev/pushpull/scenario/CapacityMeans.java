package dev.pushpull.scenario;

import java.util.OptionalDouble;

/**
 * How a capacity was searched for.
 *
 * @param search one of the names below
 * @param nominalPerSecond bare echoes a second that count as the machine's nominal speed; answers are for that speed
 * @param meter how the machine's stalls were heard, as text; empty when nothing listened
 */
public record CapacityMeans(String search, OptionalDouble nominalPerSecond, String meter) {
    /** A probability for each rate, updated by each step; the answer has an interval. */
    public static final String POSTERIOR = "posterior";

    /** The best of three steps for each rate; no interval. */
    public static final String BEST_OF_THREE = "best-of-three";

    /** Whether servers and drivers were on several hosts: then {@code meter} says on which. */
    public boolean overHosts() {
        return nominalPerSecond.isEmpty() && !meter.isEmpty();
    }

    /** The first search that this program had: rates doubled until one failed twice. */
    public static final CapacityMeans DOUBLING = new CapacityMeans("doubling", OptionalDouble.empty(), "");
}
