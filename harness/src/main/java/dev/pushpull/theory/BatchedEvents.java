package dev.pushpull.theory;

import java.util.function.IntToDoubleFunction;
import org.apache.commons.statistics.distribution.PoissonDistribution;

/**
 * Events that are sent together, under Poisson arrivals (docs/theory.md section 16). No batch waits for another. Delays
 * are from an event to the sending of its batch, in seconds.
 *
 * @param rate λ, events a second
 * @param size B, the most events in a batch
 * @param longest W, the longest wait in seconds, above 0
 */
public record BatchedEvents(double rate, int size, double longest) {
    /** A sum ends where its terms are smaller. */
    private static final double NEGLIGIBLE = 1e-15;

    private static final int BISECTIONS = 60;
    private static final int NEAR_BISECTIONS = 34;

    /** m: mean events of one wait. */
    private double mean() {
        return rate * longest;
    }

    private PoissonDistribution withinAWait() {
        return PoissonDistribution.of(mean());
    }

    /** P(M >= count) for Poisson M of mean m. */
    private double atLeast(int count) {
        return count <= 0 ? 1 : withinAWait().survivalProbability(count - 1);
    }

    /** The mean of a batch that waits from its first event on: 1 + sum of P(M >= j) for j below B. */
    public double sizeFromFirstEvent() {
        double mean = 1;
        for (int count = 1; count < size; count++) {
            double more = atLeast(count);
            if (more < NEGLIGIBLE) {
                break;
            }
            mean += more;
        }
        return mean;
    }

    /** The mean delay there: (1/λ) sum of j P(M >= j), over the mean size. */
    public double meanFromFirstEvent() {
        double sum = 0;
        for (int count = 1; count < size; count++) {
            double more = atLeast(count);
            if (more < NEGLIGIBLE) {
                break;
            }
            sum += count * more;
        }
        return sum / rate / sizeFromFirstEvent();
    }

    /** The share of events that is delayed by more than {@code seconds} there. */
    public double longerFromFirstEvent(double seconds) {
        if (seconds >= longest || size == 1) {
            return 0;
        }
        PoissonDistribution within = withinAWait();
        PoissonDistribution before = seconds <= 0 ? null : PoissonDistribution.of(rate * seconds);
        double sum = before == null ? 1 : before.cumulativeProbability(size - 2);
        for (int count = 0; count <= size - 3; count++) {
            double atWait = within.survivalProbability(count);
            double atSeconds = before == null ? 0 : before.survivalProbability(count);
            if (atWait < NEGLIGIBLE) {
                break;
            }
            sum += atWait - atSeconds;
        }
        return sum / sizeFromFirstEvent();
    }

    /** The p-quantile of the delay there. */
    public double quantileFromFirstEvent(double p) {
        if (longerFromFirstEvent(longest * (1 - NEGLIGIBLE)) > 1 - p) {
            return longest; // of the first event of each batch that is not full
        }
        double low = 0;
        double high = longest;
        for (int step = 0; step < BISECTIONS; step++) {
            double middle = (low + high) / 2;
            if (longerFromFirstEvent(middle) > 1 - p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The same to about nine digits, a hundred times as fast: for whoever asks for many rates, sizes and waits. */
    public double nearQuantileFromFirstEvent(double p) {
        if (size == 1) {
            return 0;
        }
        PoissonTable within = new PoissonTable(mean(), size);
        double[] reached = new double[size]; // sums of P(M > count)
        double sum = 0;
        for (int count = 0; count < size - 1; count++) {
            reached[count] = sum;
            sum += within.above(count);
        }
        double all = 1 + sum;
        double beyond = 1 - p;
        if (near(longest, reached, all) > beyond) {
            return longest;
        }
        double low = 0;
        double high = longest;
        for (int step = 0; step < NEAR_BISECTIONS; step++) {
            double middle = (low + high) / 2;
            if (near(middle, reached, all) > beyond) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** P(delay > seconds), just before the end of the longest wait where it is that. */
    private double near(double seconds, double[] reached, double all) {
        PoissonTable before = new PoissonTable(rate * seconds, size);
        double sum = before.atMost(size - 2) + reached[size - 2];
        for (int count = 0; count <= size - 3; count++) {
            sum -= before.above(count);
        }
        return sum / all;
    }

    /** The mean size where the wait counts from the batch before and no batch is ever full: m + e^-m. */
    public double sizeFromLastDispatch() {
        return mean() + Math.exp(-mean());
    }

    /** The mean delay there: W m / (2 (m + e^-m)). */
    public double meanFromLastDispatch() {
        return longest * mean() / 2 / sizeFromLastDispatch();
    }

    /** The p-quantile of the delay there: events after a long silence are sent at once. */
    public double quantileFromLastDispatch(double p) {
        return Math.max(0, longest * (p * sizeFromLastDispatch() - Math.exp(-mean())) / mean());
    }

    /** The mean size of batches that end with a window and are never full: m / (1 - e^-m). */
    public double sizeOfWindow() {
        return mean() / -Math.expm1(-mean());
    }

    /** The probability that so many events come within one wait that a batch is full. */
    public double full() {
        return atLeast(size);
    }

    /** The mean over batches that wait from their first event on, of something that depends on their size. */
    public double overSizesFromFirstEvent(IntToDoubleFunction value) {
        PoissonDistribution within = withinAWait();
        double sum = 0;
        for (int count = 1; count < size; count++) {
            sum += within.probability(count - 1) * value.applyAsDouble(count);
            if (atLeast(count) < NEGLIGIBLE) {
                return sum;
            }
        }
        return sum + atLeast(size - 1) * value.applyAsDouble(size);
    }
}
