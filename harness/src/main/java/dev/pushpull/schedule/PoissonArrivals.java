package dev.pushpull.schedule;

import java.util.random.RandomGenerator;

/** Independent events: gaps are exponential with mean {@code 1 / ratePerSecond}. */
public record PoissonArrivals(double ratePerSecond) implements ArrivalProcess {
    @Override
    public String kind() {
        return "poisson";
    }

    @Override
    public ArrivalTimes times(RandomGenerator random) {
        ExponentialGaps gaps = new ExponentialGaps(random);
        double meanGapNanos = 1e9 / ratePerSecond;
        return new ArrivalTimes() {
            private long nanos;

            @Override
            public long nextNanos() {
                nanos += gaps.nextNanos(meanGapNanos);
                return nanos;
            }
        };
    }
}
