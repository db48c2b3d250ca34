package dev.pushpull.schedule;

import java.util.random.RandomGenerator;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Exponentially distributed gaps in whole nanoseconds; the same on every JDK, unlike {@code nextExponential()}. */
final class ExponentialGaps {
    private final SharedStateContinuousSampler standard;

    ExponentialGaps(RandomGenerator random) {
        standard = ZigguratSampler.Exponential.of(random::nextLong);
    }

    /**
     * The time {@code nanos} plus a gap with mean {@code meanNanos}, rounded to the nearest nanosecond; at most {@link
     * ArrivalTimes#NONE}, so that the times of a very rare event end instead of overflowing.
     */
    long nextAfter(long nanos, double meanNanos) {
        long next = nanos + (long) (standard.sample() * meanNanos + 0.5);
        return next < nanos ? ArrivalTimes.NONE : next;
    }
}
