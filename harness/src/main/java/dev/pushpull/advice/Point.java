package dev.pushpull.advice;

import dev.pushpull.scenario.Scenario;
import java.util.List;

/**
 * One setting of each choice, with what follows from it.
 *
 * @param values of the choices, in their order
 * @param loads of the constraints, in their order; NaN when unknown
 * @param complete whether every figure is known that a decision needs
 */
record Point(List<Long> values, Scenario scenario, Figures figures, double[] loads, boolean complete) {
    /** The largest known load of all constraints but one; the share of a bound that is used where it is tightest. */
    double load(int without) {
        double most = 0;
        for (int i = 0; i < loads.length; i++) {
            if (i != without && loads[i] > most) {
                most = loads[i];
            }
        }
        return most;
    }

    /** The same of all. */
    double load() {
        return load(-1);
    }

    /** The constraint that is used most; -1 without any. */
    int tightest() {
        int tightest = -1;
        for (int i = 0; i < loads.length; i++) {
            if (!Double.isNaN(loads[i]) && (tightest < 0 || loads[i] > loads[tightest])) {
                tightest = i;
            }
        }
        return tightest;
    }
}
