package dev.pushpull.report.shared;

import dev.pushpull.scenario.Distribution;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.HdrHistogram.Histogram;

/** Made-up durations, the same for the same seed. */
final class Draws {
    private static final int MOST_DRAWN = 6_000;

    private final SplittableRandom random;

    Draws(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** @param sigma standard deviation of the logarithm */
    Distribution logNormal(long count, double medianNanos, double sigma) {
        return samples(count, () -> medianNanos * Math.exp(sigma * random.nextGaussian()));
    }

    Distribution uniform(long count, double leastNanos, double widthNanos) {
        return samples(count, () -> leastNanos + random.nextDouble() * widthNanos);
    }

    static Distribution alike(long count, long nanos) {
        return samples(count, () -> nanos);
    }

    /** If there are very many, one drawn value stands for several: drawing all would take seconds. */
    private static Distribution samples(long count, DoubleSupplier nanos) {
        Histogram histogram = new Histogram(3);
        double sum = 0;
        long each = 1 + count / MOST_DRAWN;
        for (long left = count; left > 0; left -= each) {
            long value = (long) nanos.getAsDouble();
            long times = Math.min(each, left);
            histogram.recordValueWithCount(value, times);
            sum += (double) times * value;
        }
        return new Distribution(histogram, sum);
    }
}
