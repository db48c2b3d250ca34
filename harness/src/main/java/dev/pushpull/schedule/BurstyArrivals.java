package dev.pushpull.schedule;

import java.util.random.RandomGenerator;

/**
 * An interrupted Poisson process (theory.md section 2, MMPP2 with one silent state): exponentially long bursts in which
 * events come at {@code burstRatePerSecond}, separated by exponentially long silences. A stream starts in the
 * stationary state, so its rate is the mean rate from the start.
 *
 * @param burstRatePerSecond events a second within a burst
 * @param meanOnNanos mean length of a burst
 * @param meanOffNanos mean length of a silence
 */
public record BurstyArrivals(double burstRatePerSecond, double meanOnNanos, double meanOffNanos)
        implements ArrivalProcess {
    private static final double DEFAULT_BURST_FACTOR = 10;
    private static final double DEFAULT_EVENTS_A_BURST = 10;

    /** Bursts at ten times the mean rate, with ten events each on average. */
    public static BurstyArrivals ofMeanRate(double ratePerSecond) {
        return ofMeanRate(ratePerSecond, DEFAULT_BURST_FACTOR * ratePerSecond);
    }

    /** Bursts of ten events on average at the given rate, which must be above the mean rate. */
    public static BurstyArrivals ofMeanRate(double ratePerSecond, double burstRatePerSecond) {
        return ofBurstLength(ratePerSecond, burstRatePerSecond, DEFAULT_EVENTS_A_BURST * 1e9 / burstRatePerSecond);
    }

    /** The silences are as long as the mean rate requires; {@code burstRatePerSecond} must be above it. */
    public static BurstyArrivals ofBurstLength(double ratePerSecond, double burstRatePerSecond, double meanOnNanos) {
        return new BurstyArrivals(
                burstRatePerSecond, meanOnNanos, meanOnNanos * (burstRatePerSecond / ratePerSecond - 1));
    }

    /** The burst rate is as high as the mean rate requires. */
    public static BurstyArrivals ofTimes(double ratePerSecond, double meanOnNanos, double meanOffNanos) {
        return new BurstyArrivals(
                ratePerSecond * (meanOnNanos + meanOffNanos) / meanOnNanos, meanOnNanos, meanOffNanos);
    }

    public BurstyArrivals {
        if (!(burstRatePerSecond > 0 && meanOnNanos > 0 && meanOffNanos >= 0)) {
            throw new IllegalArgumentException(
                    "bursts need a rate above the mean rate, a length above 0 and silences not below 0; not %s/s, %s ns, %s ns"
                            .formatted(burstRatePerSecond, meanOnNanos, meanOffNanos));
        }
    }

    @Override
    public String kind() {
        return "bursty";
    }

    @Override
    public double ratePerSecond() {
        return burstRatePerSecond * meanOnNanos / (meanOnNanos + meanOffNanos);
    }

    @Override
    public ArrivalTimes times(RandomGenerator random) {
        ExponentialGaps gaps = new ExponentialGaps(random);
        boolean startsInBurst = random.nextDouble() < meanOnNanos / (meanOnNanos + meanOffNanos);
        double meanGapNanos = 1e9 / burstRatePerSecond;
        return new ArrivalTimes() {
            private long nanos = startsInBurst ? 0 : gaps.nextAfter(0, meanOffNanos);
            private long burstEndsNanos = gaps.nextAfter(nanos, meanOnNanos);

            @Override
            public long nextNanos() {
                nanos = gaps.nextAfter(nanos, meanGapNanos);
                while (nanos > burstEndsNanos) { // memoryless: draw again from the start of the next burst
                    long burstStartsNanos = gaps.nextAfter(burstEndsNanos, meanOffNanos);
                    burstEndsNanos = gaps.nextAfter(burstStartsNanos, meanOnNanos);
                    nanos = gaps.nextAfter(burstStartsNanos, meanGapNanos);
                }
                return nanos;
            }
        };
    }
}
