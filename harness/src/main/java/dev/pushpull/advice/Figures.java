package dev.pushpull.advice;

import dev.pushpull.scenario.Prediction.Figure;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of a mode with certain settings.
 *
 * @param kind where it comes from
 * @param values by column; what is not known is absent
 * @param formulas of those that have one, by column
 */
record Figures(Kind kind, Map<String, Double> values, Map<String, Figure> formulas) {
    /** Where figures come from. */
    enum Kind {
        PREDICTED,
        SIMULATED,
        MEASURED;

        String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** NaN when it is not known. */
    double value(String column) {
        return values.getOrDefault(column, Double.NaN);
    }

    boolean knows(String column) {
        return values.containsKey(column);
    }

    /** Collects figures; what is no number is left out. */
    static final class Sheet {
        private final Map<String, Double> values = new LinkedHashMap<>();
        private final Map<String, Figure> formulas = new LinkedHashMap<>();

        void put(String column, double value) {
            if (Double.isFinite(value)) {
                values.put(column, value);
            }
        }

        void put(String column, double value, String formula, String assumption) {
            put(column, value);
            if (Double.isFinite(value)) {
                formulas.put(column, new Figure(value, formula, assumption));
            }
        }

        Figures of(Kind kind) {
            return new Figures(kind, values, formulas);
        }
    }
}
