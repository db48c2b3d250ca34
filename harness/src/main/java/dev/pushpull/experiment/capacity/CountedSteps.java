package dev.pushpull.experiment.capacity;

import dev.pushpull.experiment.capacity.RateSearch.Judgement;
import dev.pushpull.experiment.capacity.RateSearch.Tried;
import dev.pushpull.scenario.CapacityFinding.Limit;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of a search that count. A step whose driver fell behind says nothing about the server and is left out. When
 * that has happened three times in a row, the search looks for the rate that server and driver sustain together, and a
 * driver that falls behind counts as a failure from then on.
 */
final class CountedSteps {
    private static final int MOST_LATE = 3;

    /** Failures up to this factor above the answer are those that bound it. */
    private static final double NEAR = 1.1;

    private final List<Tried> steps = new ArrayList<>();
    private int late;
    private boolean driverCounts;

    /** Adds it, if it counts. */
    boolean add(Tried step) {
        if (step.judged() == Judgement.DRIVER_LATE && !driverCounts) {
            late++;
            driverCounts = late == MOST_LATE;
        } else {
            late = 0;
        }
        boolean counts = step.judged() != Judgement.DRIVER_LATE || driverCounts;
        if (counts) {
            steps.add(step);
        }
        return counts;
    }

    int count() {
        return steps.size();
    }

    boolean anySustained() {
        return steps.stream().anyMatch(step -> step.judged() == Judgement.SUSTAINED);
    }

    /** What keeps the answer from being higher: the bound on the server, or the driver. */
    Limit limitAt(double answerPerSecond) {
        long byDriver = failuresNear(answerPerSecond, Judgement.DRIVER_LATE);
        return byDriver > 0 && byDriver >= failuresNear(answerPerSecond, Judgement.EXCEEDED)
                ? Limit.DRIVER
                : Limit.BOUND;
    }

    private long failuresNear(double perSecond, Judgement failure) {
        return steps.stream()
                .filter(step -> step.judged() == failure && step.nominalPerSecond() <= NEAR * perSecond)
                .count();
    }

    /** Of those that did not hold the lowest rate. */
    Limit limitWithoutAnswer() {
        boolean byDriver = steps.get(steps.size() - 1).judged() == Judgement.DRIVER_LATE;
        return byDriver ? Limit.DRIVER : Limit.UNMET;
    }
}
