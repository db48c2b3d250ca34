package dev.pushpull.experiment.capacity;

import dev.pushpull.scenario.CapacityFinding.Limit;
import java.util.OptionalDouble;

/**
 * Which rate to try next: twice the last as long as each is sustained, then between the highest that was and the lowest
 * that was not, until these are close. A rate that fails is tried a second time before that is believed, because a busy
 * machine fails now and then of itself. Reads no clock and makes no request.
 */
final class RateSearch {
    /** What became of a step. */
    enum Judgement {
        SUSTAINED,
        EXCEEDED,
        /** The driver fell behind; of the server it says nothing. */
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
     * @param lowest the rate to begin with
     * @param highest no more than this is tried
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

    /** What became of the rate that was next. */
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

    /** What stood in the way of more. */
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
