package dev.pushpull.theory;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * Polls as a mixture of gaps between them: the lengths of the gaps, and the share of polls that each kind precedes. An
 * event falls into a gap with a probability proportional to its length and anywhere within it, so its wait is a
 * residual life (docs/theory.md sections 1, 2, 6 and 8). Valid for stationary arrivals that do not influence the gaps,
 * and for a backoff under Poisson arrivals, whose past says nothing about the future.
 */
public final class PollCycles {
    private static final double NEGLIGIBLE = 1e-16;
    private static final int MOST_KINDS = 1_000_000;

    private final double[] lengths;
    private final double[] weights;

    /** @param lengths seconds, rising; {@code weights} how often each occurs, with any sum */
    private PollCycles(double[] lengths, double[] weights) {
        this.lengths = lengths;
        this.weights = weights;
    }

    /** One poll every so many seconds. */
    public static PollCycles fixed(double interval) {
        return new PollCycles(new double[] {interval}, new double[] {1});
    }

    /**
     * Polls at this interval in seconds, every other one of which looks a moment later; the moment is shorter than the
     * interval.
     */
    public static PollCycles alternating(double interval, double later) {
        return new PollCycles(new double[] {interval - later, interval + later}, new double[] {1, 1});
    }

    /**
     * A fixed grid with a random phase whose ticks within outages are skipped: the gap across an outage of length
     * {@code D = k T + r} is (k+1) T or, with probability r/T, (k+2) T.
     *
     * @param horizon seconds, including the outages
     * @param outages lengths in seconds; more than an interval apart from each other and from the ends
     */
    public static PollCycles withOutages(double interval, double horizon, List<Double> outages) {
        NavigableMap<Double, Double> gaps = new TreeMap<>();
        double regular = horizon;
        for (double outage : outages) {
            double whole = Math.floor(outage / interval);
            double rest = outage / interval - whole;
            gaps.merge((whole + 1) * interval, 1 - rest, Double::sum);
            gaps.merge((whole + 2) * interval, rest, Double::sum);
            regular -= outage + interval;
        }
        gaps.merge(interval, regular / interval, Double::sum);
        return new PollCycles(
                gaps.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
                gaps.values().stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * A fixed grid whose ticks within random outages are skipped, with exponential times up and down.
     *
     * @param meanUp seconds
     * @param meanDown seconds
     * @throws IllegalArgumentException when outages last a million intervals or more
     */
    public static PollCycles withRandomOutages(double interval, double meanUp, double meanDown) {
        double up = meanUp / (meanUp + meanDown);
        double forgotten = -Math.expm1(-interval * (1 / meanUp + 1 / meanDown));
        double firstMissed = (1 - up) * forgotten;
        double nextMissed = 1 - up * forgotten;
        double kinds = 2 + Math.log(NEGLIGIBLE) / Math.log(nextMissed);
        if (kinds > MOST_KINDS) {
            throw new IllegalArgumentException("outages of more intervals than can be added up");
        }
        double[] lengths = new double[(int) Math.ceil(kinds)];
        double[] weights = new double[lengths.length];
        double reached = firstMissed;
        for (int missed = 0; missed < lengths.length; missed++) {
            lengths[missed] = (missed + 1) * interval;
            weights[missed] = missed == 0 ? 1 - firstMissed : reached * (1 - nextMissed);
            reached *= missed == 0 ? 1 : nextMissed;
        }
        return new PollCycles(lengths, weights);
    }

    /**
     * A fixed grid under a quota: so many polls at the interval, then a pause.
     *
     * @param pause seconds from the last of them to the first after it, longer than the interval
     */
    public static PollCycles limited(double interval, long polls, double pause) {
        return new PollCycles(new double[] {interval, pause}, new double[] {polls - 1, 1});
    }

    /** One stall of this many seconds in a run, which polls due meanwhile wait out (section 2). */
    public static PollCycles withStall(double interval, double stall, double horizon) {
        double longest = stall + interval;
        return new PollCycles(new double[] {interval, longest}, new double[] {(horizon - longest) / interval, 1});
    }

    /**
     * A backoff under Poisson arrivals: the interval climbs a ladder with every empty poll and returns to its foot with
     * the first that finds something (section 6).
     *
     * @param ladder seconds, rising; the last interval is kept until something is found
     * @param rate events a second
     */
    public static PollCycles backoff(double[] ladder, double rate) {
        double[] weights = new double[ladder.length];
        double reached = 1;
        for (int i = 0; i < ladder.length; i++) {
            double empty = Math.exp(-rate * ladder[i]);
            boolean last = i == ladder.length - 1;
            weights[i] = last ? reached / -Math.expm1(-rate * ladder[i]) : reached;
            reached *= empty;
        }
        return new PollCycles(ladder.clone(), weights);
    }

    /** Share of the polls that come after the {@code kind}-th length. */
    public double share(int kind) {
        return weights[kind] / pollCount();
    }

    /** Mean of a function of the gap's length over all polls. */
    public double perPoll(DoubleUnaryOperator value) {
        double sum = 0;
        for (int i = 0; i < lengths.length; i++) {
            sum += weights[i] * value.applyAsDouble(lengths[i]);
        }
        return sum / pollCount();
    }

    private double pollCount() {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        return sum;
    }

    /** E[C], seconds. */
    public double meanLength() {
        return perPoll(length -> length);
    }

    /** E[C^2] / (2 E[C]), seconds. */
    public double meanWait() {
        return perPoll(length -> length * length) / (2 * meanLength());
    }

    /** Probability that an event waits at most this many seconds: sum of min(x, C) over sum of C. */
    public double waitAtMost(double seconds) {
        return perPoll(length -> Math.min(seconds, length)) / meanLength();
    }

    /** The wait in seconds that a share {@code p} of events does not exceed. */
    public double waitQuantile(double p) {
        double wanted = p * meanLength() * pollCount();
        double longer = pollCount();
        double reached = 0;
        double from = 0;
        for (int i = 0; i < lengths.length; i++) { // the distribution is linear between two lengths
            double within = longer * (lengths[i] - from);
            if (reached + within >= wanted) {
                return from + (wanted - reached) / longer;
            }
            reached += within;
            longer -= weights[i];
            from = lengths[i];
        }
        return from;
    }
}
