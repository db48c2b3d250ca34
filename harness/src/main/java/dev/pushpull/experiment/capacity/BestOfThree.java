package dev.pushpull.experiment.capacity;

import dev.pushpull.scenario.CapacityAnswer;
import dev.pushpull.scenario.CapacityFinding.Limit;
import java.util.OptionalDouble;

/**
 * The quick search: up to three steps for each rate, of which the majority decides (RFC 9971 with an exceed ratio of one
 * half). It starts at the saturation rate, takes growing strides until it has a lower and an upper bound, and then searches
 * between them. It claims no interval.
 */
final class BestOfThree implements RateSearch {
    private static final int DECIDES = 2;
    private static final int MOST_STEPS = 40;
    private static final double PRECISION = 1.05;
    private static final double FIRST_STRIDE = 1.1;

    private final double lowest;
    private final double highest;
    private final long longestNanos;
    private final CountedSteps steps = new CountedSteps();
    private int tried;
    private int good;
    private int bad;
    private double stride = FIRST_STRIDE;
    /** Highest that was sustained and lowest that was not, on the machine of nominal speed. */
    private double held;

    private double failed = Double.POSITIVE_INFINITY;
    private double load;
    private double bestRaw;
    private boolean over;
    private boolean decided;

    /**
     * @param lowestPerSecond no less is tried
     * @param highestPerSecond no more is tried
     * @param saturationPerSecond what the path carried when it was always busy, on the machine of nominal speed
     * @param longestNanos no step begins later than this, unless none was sustained yet
     */
    BestOfThree(double lowestPerSecond, double highestPerSecond, double saturationPerSecond, long longestNanos) {
        this.lowest = lowestPerSecond;
        this.highest = highestPerSecond;
        this.longestNanos = longestNanos;
        this.load = within(saturationPerSecond);
    }

    private double within(double perSecond) {
        return Math.min(highest, Math.max(lowest, perSecond));
    }

    @Override
    public OptionalDouble next(double speed, long elapsedNanos) {
        over = decided || tried >= MOST_STEPS || elapsedNanos >= longestNanos && held > 0;
        return over ? OptionalDouble.empty() : OptionalDouble.of(within(load * speed));
    }

    @Override
    public boolean tried(Tried step) {
        tried++;
        if (!steps.add(step)) {
            return false;
        }
        good += step.judged() == Judgement.SUSTAINED ? 1 : 0;
        bad += step.judged() == Judgement.SUSTAINED ? 0 : 1;
        bestRaw = step.raw() == Judgement.SUSTAINED ? Math.max(bestRaw, load) : bestRaw;
        if (Math.max(good, bad) == DECIDES) {
            decide(good > bad);
        }
        return true;
    }

    private void decide(boolean isGood) {
        good = 0;
        bad = 0;
        if (isGood) {
            held = load;
        } else {
            failed = load;
        }
        decided = failed <= held * PRECISION || failed <= lowest || held >= highest;
        if (held > 0 && !Double.isInfinite(failed)) {
            load = Math.sqrt(held * failed);
        } else {
            load = within(isGood ? load * stride : load / stride);
            stride *= stride;
        }
    }

    @Override
    public Limit limit() {
        if (!over) {
            return Limit.UNFINISHED;
        }
        if (held == 0) {
            return steps.count() == 0 ? Limit.DRIVER : steps.limitWithoutAnswer();
        }
        return held >= highest ? Limit.HIGHEST_TRIED : steps.limitAt(held);
    }

    @Override
    public CapacityAnswer answer() {
        return held == 0
                ? CapacityAnswer.NONE
                : CapacityAnswer.of(
                        OptionalDouble.of(held), bestRaw == 0 ? OptionalDouble.empty() : OptionalDouble.of(bestRaw));
    }
}
