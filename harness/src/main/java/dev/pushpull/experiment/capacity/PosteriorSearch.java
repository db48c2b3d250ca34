package dev.pushpull.experiment.capacity;

import dev.pushpull.scenario.CapacityAnswer;
import dev.pushpull.scenario.CapacityFinding.Limit;
import java.util.OptionalDouble;

/**
 * Tries the rates that teach most, around the middle of the {@link CapacityPosterior}, until that is narrow. A failed step
 * changes the odds but ends nothing. Steps near the middle cannot tell whether failures have other reasons, in which case
 * the limit may be anywhere above; so while that is likely, two steps in three go clearly above the middle.
 */
final class PosteriorSearch implements RateSearch {
    static final int LEAST_STEPS = 12;
    private static final int MOST_STEPS = 26;

    /** Half of the 95 % interval of the rate's logarithm: 6 %. */
    private static final double CLOSE = 0.06;

    /** Tried in turn: steps only at the median would not show how gradually steps begin to fail. */
    private static final double[] QUANTILES = {0.5, 0.4, 0.6};

    /** From here on, an upper end that is far is no longer for want of steps. */
    private static final int ENOUGH_STEPS = 16;

    /** An upper end of the interval this many times the middle is far. */
    private static final double FAR = 1.5;

    /** Times the middle: a rate that tells steps that fail for other reasons from a path at its limit. */
    private static final double CLEARLY_ABOVE = 1.3;

    private final double lowest;
    private final double highest;
    private final long longestNanos;
    private final CapacityPosterior posterior;
    private final CapacityPosterior raw;
    private final CountedSteps steps = new CountedSteps();
    private boolean lowestFailed;
    private boolean over;

    /**
     * @param lowestPerSecond no less is tried
     * @param highestPerSecond no more is tried
     * @param saturationPerSecond what the path carried when it was always busy, on the machine of nominal speed
     * @param longestNanos no step begins later than this
     */
    PosteriorSearch(double lowestPerSecond, double highestPerSecond, double saturationPerSecond, long longestNanos) {
        this.lowest = lowestPerSecond;
        this.highest = highestPerSecond;
        this.longestNanos = longestNanos;
        this.posterior = new CapacityPosterior(lowestPerSecond, highestPerSecond, saturationPerSecond);
        this.raw = new CapacityPosterior(lowestPerSecond, highestPerSecond, saturationPerSecond);
    }

    @Override
    public OptionalDouble next(double speed, long elapsedNanos) {
        boolean closed = steps.count() >= LEAST_STEPS && posterior.halfWidth() <= CLOSE;
        over = lowestFailed
                || !seeksLowest() && (closed || steps.count() >= MOST_STEPS || elapsedNanos >= longestNanos);
        if (over) {
            return OptionalDouble.empty();
        }
        double wanted = nominalPerSecond() * speed;
        return OptionalDouble.of(seeksLowest() ? lowest : Math.min(highest, Math.max(lowest, wanted)));
    }

    private double nominalPerSecond() {
        int turn = steps.count() % QUANTILES.length;
        double middle = posterior.quantilePerSecond(0.5);
        boolean open = steps.count() >= ENOUGH_STEPS && posterior.quantilePerSecond(0.975) > FAR * middle;
        return open && turn > 0 ? CLEARLY_ABOVE * middle : posterior.quantilePerSecond(QUANTILES[turn]);
    }

    /** After so many failures it tries whether the path can hold anything at all. */
    private boolean seeksLowest() {
        return steps.count() >= LEAST_STEPS && !steps.anySustained();
    }

    @Override
    public boolean tried(Tried step) {
        boolean lowestNow = seeksLowest();
        boolean counts = steps.add(step);
        if (counts) {
            posterior.tried(step.judged() == Judgement.SUSTAINED, step.nominalsPerSecond());
            raw.tried(step.raw() == Judgement.SUSTAINED, step.nominalsPerSecond());
            lowestFailed = lowestNow && step.judged() != Judgement.SUSTAINED;
        }
        return counts;
    }

    @Override
    public Limit limit() {
        if (!over) {
            return Limit.UNFINISHED;
        }
        if (!steps.anySustained()) {
            return steps.count() == 0 ? Limit.DRIVER : steps.limitWithoutAnswer();
        }
        double answer = posterior.answer().perSecond();
        return answer * (1 + CLOSE) >= highest ? Limit.HIGHEST_TRIED : steps.limitAt(answer);
    }

    @Override
    public CapacityAnswer answer() {
        return steps.anySustained()
                ? CapacityAnswer.of(posterior.answer(), raw.answer().perSecond(), posterior.curve())
                : CapacityAnswer.NONE;
    }
}
