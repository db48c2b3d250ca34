package dev.pushpull.load;

/**
 * A time of load: requests due at a constant rate, whatever becomes of them, first some that are not counted. All its
 * times are of the host's monotonic clock, so several processes can keep to one step.
 *
 * @param startNanos when the first request is due
 * @param ratePerSecond {@link #SATURATING} for as many as the connections carry
 * @param warmupNanos requests due before this has passed do not count
 * @param measuredNanos those due within this time after that do
 */
public record LoadStep(long startNanos, double ratePerSecond, long warmupNanos, long measuredNanos) {
    /** No rate: every connection is always busy. */
    public static final double SATURATING = 0;

    /** Whether there is a rate. */
    public boolean openLoop() {
        return ratePerSecond != SATURATING;
    }

    /** When the request of a number is due; from 0. */
    public long dueNanos(long number) {
        return startNanos + Math.round(number * (1e9 / ratePerSecond));
    }

    /** How many requests are due in all, those that do not count included; without bound when saturating. */
    public long total() {
        return openLoop() ? dueBefore(warmupNanos + measuredNanos) : Long.MAX_VALUE;
    }

    /** How many requests count. */
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

    /** When it ends; nothing is due any more. */
    public long untilNanos() {
        return fromNanos() + measuredNanos;
    }

    /** Whether a time lies within the measured time. */
    boolean measures(long nanos) {
        return nanos - fromNanos() >= 0 && nanos - untilNanos() < 0;
    }

    /** How long to wait, after the end, for what is still on its way. */
    long drainNanos() {
        return Math.max(measuredNanos, 1_000_000_000L);
    }
}
