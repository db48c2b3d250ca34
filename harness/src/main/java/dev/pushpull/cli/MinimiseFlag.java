package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Objective;
import java.util.List;

/** Reads what is to be as small as possible. */
final class MinimiseFlag {
    private MinimiseFlag() {}

    /**
     * @param minimise as typed; null for what suits
     * @param priced whether anything has a price
     */
    static Objective read(String minimise, boolean priced) {
        if (minimise == null) {
            return priced ? Objective.MONTHLY_COST : Objective.REQUESTS;
        }
        List<String> names = List.of("monthly_cost", "requests", "latency_mean");
        int place = names.indexOf(minimise);
        if (place < 0) {
            throw Names.unknown("objective of --minimise", minimise, names);
        }
        Objective objective = Objective.values()[place];
        if (objective == Objective.MONTHLY_COST && !priced) {
            throw new InvalidInputException(
                    "--minimise: 'monthly_cost' is not accepted without prices; give --prices, --price or --monthly");
        }
        return objective;
    }
}
