package dev.pushpull.schedule;

import java.util.OptionalLong;

/**
 * When a sender stops sending to an endpoint that keeps failing.
 *
 * @param failures consecutive failures before a pause; 0 for never
 * @param pauseNanos how long, doubling with each further pause; 0 for good
 * @param mostPauseNanos the longest pause
 * @param failuresForGood consecutive failures before it stops for good; 0 for never
 */
public record DisablingRule(int failures, long pauseNanos, long mostPauseNanos, int failuresForGood) {
    /** It continues whatever happens. */
    public static final DisablingRule NONE = new DisablingRule(0, 0, 0, 0);

    /** A pause without end. */
    public static final long FOR_GOOD = Long.MAX_VALUE;

    /** @throws IllegalArgumentException when a part is negative, or the longest pause is shorter than the first */
    public DisablingRule {
        if (failures < 0 || pauseNanos < 0 || mostPauseNanos < pauseNanos || failuresForGood < 0) {
            throw new IllegalArgumentException("a rule of " + failures + " failures and pauses of " + pauseNanos
                    + " to " + mostPauseNanos + " ns");
        }
    }

    /**
     * What follows from a failure.
     *
     * @param consecutiveFailures including this one
     * @return how long nothing is sent; empty to continue, {@link #FOR_GOOD} to stop
     */
    public OptionalLong pauseAfter(int consecutiveFailures) {
        if (failures == 0 || consecutiveFailures < failures) {
            return OptionalLong.empty();
        }
        if (pauseNanos == 0 || failuresForGood > 0 && consecutiveFailures >= failuresForGood) {
            return OptionalLong.of(FOR_GOOD);
        }
        int doublings = Math.min(62, consecutiveFailures - failures);
        long pause = pauseNanos > mostPauseNanos >> doublings ? mostPauseNanos : pauseNanos << doublings;
        return OptionalLong.of(pause);
    }
}
