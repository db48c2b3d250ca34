package dev.pushpull.load;

/**
 * A period of load: requests due at a constant rate, whatever happens to them; the first ones are not counted. All
 * times are on the host's monotonic clock, so several processes can follow the same step.
 *
 * @param startNanos when the first request is due
 * @param ratePerSecond {@link #SATURATING} for as many as the connections can carry
 * @param warmupNanos requests due before this has passed are not counted
 * @param measuredNanos requests due within this time after that are counted
 */
public record LoadStep(long startNanos, double ratePerSecond, long warmupNanos, long measuredNanos) {
    /** No rate: every connection is always busy. */
    public static final double SATURATING = 0;

    /** Whether there is a rate. */
    public boolean openLoop() {
        return ratePerSecond != SATURATING;
    }

    /** When the request with this number is due; from 0. */
    public long dueNanos(long number) {
        return startNanos + Math.round(number * (1e9 / ratePerSecond));
    }

    /** How many requests are due in total, counted or not; unlimited when saturating. */
    public long total() {
        return openLoop() ? dueBefore(warmupNanos + measuredNanos) : Long.MAX_VALUE;
    }

    /** How many requests are counted. */
    public long counted() {
        return dueBefore(warmupNanos + measuredNanos) - dueBefore(warmupNanos);
    }

    private long dueBefore(long offsetNanos) {
        long number = (long) Math.floor(offsetNanos * ratePerSecond / 1e9);
        while (dueNanos(number) - startNanos < offsetNanos) { // rounding
            number++;
        }
        return number;
    }

    /** When the measured time begins. */
    public long fromNanos() {
        return startNanos + warmupNanos;
    }

    /** When the measured time ends; nothing is due after it. */
    public long untilNanos() {
        return fromNanos() + measuredNanos;
    }

    /** Whether a time lies within the measured time. */
    boolean measures(long nanos) {
        return nanos - fromNanos() >= 0 && nanos - untilNanos() < 0;
    }

    /** How long to wait, after the end, for what is unfinished. */
    long drainNanos() {
        return Math.max(measuredNanos, 1_000_000_000L);
    }
}
