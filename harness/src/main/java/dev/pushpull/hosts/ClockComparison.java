package dev.pushpull.hosts;

/**
 * How another host's monotonic clock compared with this one's over some time.
 *
 * @param bounded whether anything is known
 * @param changed whether no steady clock fits: one was set, or changed its rate
 * @param samples on which this rests
 * @param leastOffsetNanos at no time less; add an offset to a time here to get one there
 * @param mostOffsetNanos at no time more
 * @param boundNanos by no more than this any time was off that was turned from one to the other
 * @param leastDriftMillionths by so much the other runs faster at least
 * @param mostDriftMillionths by so much the other runs faster at most
 * @param quickestWayNanos the shortest way there and back
 */
public record ClockComparison(
        boolean bounded,
        boolean changed,
        int samples,
        long leastOffsetNanos,
        long mostOffsetNanos,
        long boundNanos,
        double leastDriftMillionths,
        double mostDriftMillionths,
        long quickestWayNanos) {
    /** One clock, which needs no comparison. */
    public static final ClockComparison SAME = new ClockComparison(true, false, 0, 0, 0, 0, 0, 0, 0);

    static ClockComparison none(boolean changed, int samples) {
        return new ClockComparison(false, changed, samples, 0, 0, 0, 0, 0, 0);
    }
}
