package dev.pushpull.experiment.capacity;

import dev.pushpull.scenario.CapacityFinding.Limit;
import java.util.OptionalDouble;

/**
 * Which rate to try next: double until a rate fails, then go between the highest that was sustained and the lowest that
 * failed, until the two are close. A failed rate is tried a second time before it counts, because a busy machine fails
 * now and then on its own. Reads no clock and makes no request.
 */
final class RateSearch {
    /** The result of a step. */
    enum Judgement {
        SUSTAINED,
        EXCEEDED,
        /** The driver fell behind, so the step says nothing about the server. */
        DRIVER_LATE
    }

    private static final double PRECISION = 1.05;

    private final double lowest;
    private final double highest;
    private double sustained;
    private double failed = Double.POSITIVE_INFINITY;
    private Judgement failure = Judgement.EXCEEDED;
    private double trying;
    private boolean second;
    private boolean over;

    /**
     * @param lowest the first rate
     * @param highest the highest rate ever tried
     */
    RateSearch(double lowest, double highest) {
        this.lowest = lowest;
        this.highest = highest;
        this.trying = lowest;
    }

    /** The rate to try next; empty when the answer is found. */
    OptionalDouble next() {
        return over ? OptionalDouble.empty() : OptionalDouble.of(trying);
    }

    /** Records the result of the rate that was next. */
    void tried(Judgement judgement) {
        if (judgement != Judgement.SUSTAINED && !second) {
            second = true;
            return;
        }
        second = false;
        if (judgement == Judgement.SUSTAINED) {
            sustained = trying;
        } else {
            failed = trying;
            failure = judgement;
        }
        over = failed <= lowest || sustained >= highest || failed <= sustained * PRECISION;
        trying = Double.isInfinite(failed)
                ? Math.min(highest, 2 * sustained)
                : Math.round(Math.sqrt(sustained * failed));
        over |= trying <= sustained || trying >= failed;
    }

    /** What prevented a higher rate. */
    Limit limit() {
        if (!over) {
            return Limit.UNFINISHED;
        }
        if (Double.isInfinite(failed)) {
            return Limit.HIGHEST_TRIED;
        }
        if (failure == Judgement.DRIVER_LATE) {
            return Limit.DRIVER;
        }
        return sustained == 0 ? Limit.UNMET : Limit.BOUND;
    }
}
