package dev.pushpull.observe;

import dev.pushpull.measure.Intervals;
import dev.pushpull.measure.LatencyHistogram;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Estimate;
import java.util.Optional;
import java.util.OptionalDouble;

/** Differences of two times, which may be negative, to 3 digits, with their exact sum. */
final class SignedDurations {
    private final LatencyHistogram negative = new LatencyHistogram();
    private final LatencyHistogram rest = new LatencyHistogram();

    void record(long nanos) {
        (nanos < 0 ? negative : rest).record(Math.abs(nanos));
    }

    /** What was recorded so far. */
    Recorded recorded() {
        return new Recorded(negative.distribution(), rest.distribution());
    }

    /** @param negative without their sign */
    record Recorded(Distribution negative, Distribution rest) {
        long count() {
            return negative.count() + rest.count();
        }

        OptionalDouble meanMillis() {
            return count() == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of((rest.sumNanos() - negative.sumNanos()) / count() / 1e6);
        }

        /** Empty when there are too few samples. */
        OptionalDouble quantileMillis(double p) {
            return count() < Distribution.samplesNeeded(p)
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(valueAt(p) / 1e6);
        }

        /** The interval of a quantile by order statistics; empty when there are too few samples. */
        Optional<Estimate> quantile(double p) {
            return Intervals.quantileMillis(count(), p, this::valueAt);
        }

        /** The most negative ones are the greatest without their sign. */
        private long valueAt(double p) {
            double rank = p * count();
            return rank < negative.count() || rest.count() == 0
                    ? -negative.valueAt(1 - rank / negative.count())
                    : rest.valueAt((rank - negative.count()) / rest.count());
        }

        OptionalDouble leastMillis() {
            return count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(valueAt(0) / 1e6);
        }

        OptionalDouble mostMillis() {
            return count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(valueAt(1) / 1e6);
        }
    }
}
