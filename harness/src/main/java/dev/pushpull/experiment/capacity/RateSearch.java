package dev.pushpull.experiment.capacity;

import dev.pushpull.scenario.CapacityAnswer;
import dev.pushpull.scenario.CapacityFinding.Limit;
import java.util.Locale;
import java.util.OptionalDouble;

/** Which rate to try next, and what the steps come to. Reads no clock and makes no request. */
sealed interface RateSearch permits PosteriorSearch, BestOfThree {
    /** The result of a step. */
    enum Judgement {
        SUSTAINED,
        EXCEEDED,
        /** The driver fell behind, so the step says nothing about the server. */
        DRIVER_LATE;

        /** As it is written. */
        String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * A step that was made.
     *
     * @param perSecond its rate
     * @param speedBefore of the machine: 1 is nominal
     * @param speedAfter likewise
     * @param raw with all that happened
     * @param judged with the machine's stalls deducted
     */
    record Tried(double perSecond, double speedBefore, double speedAfter, Judgement raw, Judgement judged) {
        /** The rate, as the machine of nominal speed would have it. */
        double nominalPerSecond() {
            return perSecond / Math.sqrt(speedBefore * speedAfter);
        }

        /** By the one speed, by both together and by the other, where they differ by more than the reference's own error. */
        double[] nominalsPerSecond() {
            boolean oneSpeed = Math.abs(Math.log(speedAfter / speedBefore)) <= ONE_SPEED;
            return oneSpeed
                    ? new double[] {nominalPerSecond()}
                    : new double[] {perSecond / speedBefore, nominalPerSecond(), perSecond / speedAfter};
        }
    }

    /** Two readings of one speed differ by at most so much, as a logarithm. */
    double ONE_SPEED = 0.12;

    /**
     * The rate to try next; empty when the search is over.
     *
     * @param speed of the machine just now: 1 is nominal
     * @param elapsedNanos since the search began
     */
    OptionalDouble next(double speed, long elapsedNanos);

    /**
     * What became of the rate that was next.
     *
     * @return whether the step counts; one whose driver fell behind is left out, until that has happened three times
     */
    boolean tried(Tried step);

    /** What prevented a higher rate. */
    Limit limit();

    /** What is known by now. */
    CapacityAnswer answer();
}
