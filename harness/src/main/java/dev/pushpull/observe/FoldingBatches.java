package dev.pushpull.observe;

import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.Ratios;
import java.util.Optional;

/**
 * The mean of values that depend on each other within a group, such as those one poll brought, in memory that does not
 * grow: neighbouring groups are joined when there are too many.
 */
final class FoldingBatches {
    private static final int MOST = 4_096;

    /** As everywhere: with fewer an interval would say nothing. */
    private static final int LEAST = 10;

    private final double[] sums = new double[MOST];
    private final double[] counts = new double[MOST];
    private long width = 1;

    /** @param group from 0, such as the number of the poll */
    void add(long group, double value) {
        while (group / width >= MOST) {
            fold(sums);
            fold(counts);
            width *= 2;
        }
        int batch = (int) (group / width);
        sums[batch] += value;
        counts[batch]++;
    }

    private static void fold(double[] batches) {
        for (int i = 0; i < MOST; i++) {
            batches[i] = 2 * i + 1 < MOST ? batches[2 * i] + batches[2 * i + 1] : 0;
        }
    }

    /** The mean with its interval; empty with fewer than ten groups that hold anything. */
    Optional<Estimate> mean() {
        return Ratios.estimate(sums, counts, LEAST, width == 1 ? "polls" : "groups of " + width + " polls");
    }
}
