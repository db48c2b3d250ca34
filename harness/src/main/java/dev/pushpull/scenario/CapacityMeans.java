package dev.pushpull.scenario;

import java.util.OptionalDouble;

/**
 * By which means a capacity was searched for.
 *
 * @param search one of the names below
 * @param nominalPerSecond bare echoes a second that count as the machine's nominal speed; answers are for that speed
 * @param meter how the machine's stalls were heard, in words; empty when nobody listened
 */
public record CapacityMeans(String search, OptionalDouble nominalPerSecond, String meter) {
    /** A probability over all rates, which each step narrows down: an answer with an interval. */
    public static final String POSTERIOR = "posterior";

    /** The best of three steps a rate; no interval. */
    public static final String BEST_OF_THREE = "best-of-three";

    /** What was done before there was anything else: rates doubled until one failed twice. */
    public static final CapacityMeans DOUBLING = new CapacityMeans("doubling", OptionalDouble.empty(), "");
}
