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

    /** A gap of mean {@code meanNanos}, rounded to the nearest nanosecond. */
    long nextNanos(double meanNanos) {
        return (long) (standard.sample() * meanNanos + 0.5);
    }
}
