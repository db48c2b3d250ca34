package dev.pushpull.report.sweep;

import dev.pushpull.report.sweep.LoadBand.Crossover;
import dev.pushpull.scenario.SweepRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The rows of {@code crossovers.csv}: where the cheaper mode changes, with intervals. */
public final class SweepCrossovers {
    static final String FILE = "crossovers.csv";

    /** The columns. */
    public static final List<String> HEADER =
            List.of("mode", "against", "figure", "load_factor", "low", "high", "cell_below", "cell_above", "predicted");

    private SweepCrossovers() {}

    /**
     * One crossover.
     *
     * @param mode the polling mode
     * @param against the sending mode
     * @param figure whose balance changes there: a column of {@code summary.csv}, of which both need as much, or that
     *     is one half
     * @param predicted by the closed form
     */
    record Row(String mode, String against, String figure, Optional<Crossover> found, OptionalDouble predicted) {
        private Map<String, Object> cells() {
            Map<String, Object> cells = new LinkedHashMap<>();
            cells.put("mode", mode);
            cells.put("against", against);
            cells.put("figure", figure);
            cells.put("load_factor", found.map(Crossover::load).orElse(null));
            cells.put(
                    "low",
                    found.map(Crossover::low).map(SweepCrossovers::orNull).orElse(null));
            cells.put(
                    "high",
                    found.map(Crossover::high).map(SweepCrossovers::orNull).orElse(null));
            cells.put("cell_below", found.map(one -> one.crossing().below()).orElse(null));
            cells.put("cell_above", found.map(one -> one.crossing().above()).orElse(null));
            cells.put("predicted", orNull(predicted));
            return cells;
        }
    }

    /** Three for each pair of a mode that only asks and the one that only sends; null where there is none. */
    static List<Map<String, Object>> of(SweepRecord sweep) {
        return SweepAnswer.pairs(sweep).stream()
                .flatMap(pair -> pair.crossovers().stream())
                .map(Row::cells)
                .toList();
    }

    private static Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
