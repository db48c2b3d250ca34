package dev.pushpull.schedule;

import java.util.random.RandomGenerator;

/** One event every {@code 1 / ratePerSecond} seconds, the first at a random phase of the period. */
public record PeriodicArrivals(double ratePerSecond) implements ArrivalProcess {
    public PeriodicArrivals {
        if (!(ratePerSecond > 0 && ratePerSecond < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a rate is above 0 events a second, not " + ratePerSecond);
        }
    }

    @Override
    public String kind() {
        return "periodic";
    }

    @Override
    public ArrivalTimes times(RandomGenerator random) {
        double periodNanos = 1e9 / ratePerSecond;
        double phaseNanos = random.nextDouble() * periodNanos;
        return new ArrivalTimes() {
            private long count;

            @Override
            public long nextNanos() {
                return Math.round(phaseNanos + periodNanos * count++);
            }
        };
    }
}
