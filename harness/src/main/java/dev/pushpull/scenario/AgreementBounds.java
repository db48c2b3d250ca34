package dev.pushpull.scenario;

/**
 * How close a measured figure must be to a simulated or predicted one for the two to agree. Fixed beforehand, so that
 * no result chooses its own bounds.
 */
public final class AgreementBounds {
    /** For the share of empty polls. */
    public static final double WASTED_RATIO = 0.05;

    /** For a latency, as a share of the interval on which it depends. */
    public static final double LATENCY_PER_INTERVAL = 0.05;

    /** For the number of requests, as a share of it; numbers closer than this count as equal. */
    public static final double REQUESTS = 0.03;

    private AgreementBounds() {}

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
