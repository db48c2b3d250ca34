package dev.pushpull.scenario;

import dev.pushpull.scenario.ModeTraits.Trait;
import java.util.OptionalDouble;

/**
 * How close a measured figure must be to a simulated or predicted one for the two to agree. Fixed beforehand, so that
 * no result chooses its own bounds.
 */
public final class AgreementBounds {
    /** For the share of empty polls. */
    public static final double WASTED_RATIO = 0.05;

    /** For a latency, as a share of the interval on which it depends. */
    public static final double LATENCY_PER_INTERVAL = 0.05;

    /** Of a latency that depends on no interval, as a share of it. */
    public static final double PUSHED_LATENCY = 0.25;

    /** The least that is tolerated of such a latency, in milliseconds: what one machine is to another. */
    public static final double LEAST_PUSHED_MILLIS = 0.05;

    /** From fewer a leg is not learned. */
    private static final long LEAST_LEARNED = 40;

    /** For the number of requests, as a share of it; numbers closer than this count as equal. */
    public static final double REQUESTS = 0.03;

    private AgreementBounds() {}

    /**
     * Half the width of the accepted range, in the unit of the metric.
     *
     * @param column as below
     * @param expected the middle of the range
     * @param traits of the mode: where an event waits for no clock of the consumer's, a latency depends on no interval
     * @param intervalNanos on which latencies depend where it does
     */
    public static double of(String column, double expected, ModeTraits traits, long intervalNanos) {
        return isLatency(column) && !traits.has(Trait.CLOCKED)
                ? Math.max(PUSHED_LATENCY * expected, LEAST_PUSHED_MILLIS)
                : of(column, expected, intervalNanos);
    }

    /** Whether a column is a latency. */
    public static boolean isLatency(String column) {
        return column.startsWith("latency_");
    }

    /** The figure of a latency column, of other durations; empty where there are too few. */
    public static OptionalDouble ofLatency(String column, Distribution durations) {
        return switch (column) {
            case "latency_p50_ms" -> durations.quantileMillis(0.5);
            case "latency_p90_ms" -> durations.quantileMillis(0.9);
            case "latency_p99_ms" -> durations.quantileMillis(0.99);
            default -> durations.meanMillis();
        };
    }

    /** How many times a leg must have been measured before a latency that consists of it can be judged. */
    public static long learnedAtLeast(String column) {
        return switch (column) {
            case "latency_p90_ms" -> Math.max(LEAST_LEARNED, Distribution.samplesNeeded(0.9));
            case "latency_p99_ms" -> Distribution.samplesNeeded(0.99);
            default -> LEAST_LEARNED;
        };
    }

    /**
     * Half the width of the accepted range, in the unit of the metric.
     *
     * @param column of {@link Metrics}: the wasted ratio, the requests a delivery, or a latency
     * @param expected the middle of the range
     * @param intervalNanos the interval on which latencies depend
     */
    public static double of(String column, double expected, long intervalNanos) {
        return switch (column) {
            case "wasted_ratio" -> WASTED_RATIO;
            case "requests_per_delivery" -> REQUESTS * expected;
            default -> LATENCY_PER_INTERVAL * intervalNanos / 1e6;
        };
    }
}
