package dev.pushpull.experiment.claim;

import dev.pushpull.scenario.ClaimFinding.Verdict;
import dev.pushpull.scenario.LoadCurve;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What measurements along the load factor say of a statement that is expected to hold up to some load factor.
 *
 * @param bound empty unless it holds only below it
 */
record LoadVerdict(Verdict verdict, String bound) {
    /**
     * How far a statement holds at a load factor: above 0 where it does, below where it does not.
     *
     * @param low lower end of its 95 % interval
     * @param high upper end
     */
    record Margin(double load, double value, double low, double high) {}

    /**
     * HOLDS where every margin is surely positive, FAILS where none is and one is surely negative, HOLDS_WHEN where
     * surely positive ones are followed by surely negative ones; with fewer than three margins, or where they cannot be
     * told, INCONCLUSIVE.
     */
    static LoadVerdict of(List<Margin> byLoad) {
        boolean some = byLoad.stream().anyMatch(margin -> margin.low() > 0);
        boolean none = byLoad.stream().anyMatch(margin -> margin.high() < 0);
        if (byLoad.size() < 3 || !some && !none) {
            return new LoadVerdict(Verdict.INCONCLUSIVE, "");
        }
        if (byLoad.stream().allMatch(margin -> margin.low() > 0)) {
            return new LoadVerdict(Verdict.HOLDS, "");
        }
        if (!some) {
            return new LoadVerdict(Verdict.FAILS, "");
        }
        Optional<LoadCurve.Crossing> crossing = crossing(byLoad);
        return none && crossing.isPresent()
                ? new LoadVerdict(
                        Verdict.HOLDS_WHEN,
                        "lambda*T < " + written(crossing.get().load()))
                : new LoadVerdict(Verdict.INCONCLUSIVE, "");
    }

    /** Where the margin goes through zero. */
    static Optional<LoadCurve.Crossing> crossing(List<Margin> byLoad) {
        return LoadCurve.of(byLoad.stream()
                        .map(margin -> new LoadCurve.Point(margin.load(), margin.value()))
                        .toList())
                .crossing();
    }

    private static String written(double load) {
        return String.format(Locale.ROOT, "%.2f", load);
    }
}
