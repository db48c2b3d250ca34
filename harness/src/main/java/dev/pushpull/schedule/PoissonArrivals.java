package dev.pushpull.schedule;

import java.util.random.RandomGenerator;

/** Independent events: gaps are exponential with mean {@code 1 / ratePerSecond}. */
public record PoissonArrivals(double ratePerSecond) implements ArrivalProcess {
    public PoissonArrivals {
        if (!(ratePerSecond > 0 && ratePerSecond < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a rate is above 0 events a second, not " + ratePerSecond);
        }
    }

    @Override
    public String kind() {
        return "poisson";
    }

    @Override
    public String called() {
        return "Poisson";
    }

    @Override
    public ArrivalTimes times(RandomGenerator random) {
        ExponentialGaps gaps = new ExponentialGaps(random);
        double meanGapNanos = 1e9 / ratePerSecond;
        return new ArrivalTimes() {
            private long nanos;

            @Override
            public long nextNanos() {
                nanos = gaps.nextAfter(nanos, meanGapNanos);
                return nanos;
            }
        };
    }
}
