package dev.pushpull.experiment.claim;

import dev.pushpull.scenario.ClaimFinding.Verdict;
import dev.pushpull.scenario.LoadCurve;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Judges, from measurements along the load factor, a claim that is expected to hold up to some load factor.
 *
 * @param bound empty unless the claim holds only below it
 */
record LoadVerdict(Verdict verdict, String bound) {
    /**
     * By how much a claim holds at a load factor: positive where it does, negative where it does not.
     *
     * @param low lower end of its 95 % interval
     * @param high upper end
     */
    record Margin(double load, double value, double low, double high) {}

    /**
     * HOLDS when every margin is surely positive; FAILS when none is and one is surely negative; HOLDS_WHEN surely
     * positive ones are followed by surely negative ones; INCONCLUSIVE with fewer than three margins, or when the signs
     * are uncertain.
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

    /** Where the margin crosses zero. */
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
