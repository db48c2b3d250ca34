package dev.pushpull.advice;

import dev.pushpull.delivery.Choice;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Gives a setting as few digits as change next to nothing: 62.8 s reads better than 62.842105263 s.
 *
 * @param worse share by which the objective may get worse
 * @param at the point of some values
 * @param keeps whether a point keeps to all constraints
 */
record Rounding(
        double worse, Function<List<Long>, Optional<Point>> at, Predicate<Point> keeps, ToDoubleFunction<Point> goal) {
    private static final int MOST_DIGITS = 7;

    Point of(Point best, int place, Choice choice) {
        long value = best.values().get(place);
        for (int digits = 1; digits <= MOST_DIGITS; digits++) {
            for (RoundingMode mode : List.of(RoundingMode.DOWN, RoundingMode.UP)) {
                long rounded = unit(value, digits, mode);
                if (rounded < choice.values().get(0)
                        || rounded > choice.values().get(1)) {
                    continue;
                }
                List<Long> values = new ArrayList<>(best.values());
                values.set(place, rounded);
                Optional<Point> there = at.apply(values).filter(Point::complete);
                if (there.isPresent()
                        && keeps.test(there.get())
                        && goal.applyAsDouble(there.get())
                                <= goal.applyAsDouble(best) + worse * Math.abs(goal.applyAsDouble(best))
                        && !muchLater(there.get(), best)) {
                    return there.get();
                }
            }
        }
        return best;
    }

    /** In whole minutes or hours a duration has other digits than in seconds. */
    private static long unit(long nanos, int digits, RoundingMode mode) {
        long unit = nanos >= 7_200_000_000_000L ? 3_600L : nanos >= 600_000_000_000L ? 60L : 1;
        return new BigDecimal(nanos)
                .divide(BigDecimal.valueOf(unit), new MathContext(digits, mode))
                .multiply(BigDecimal.valueOf(unit))
                .longValue();
    }

    private boolean muchLater(Point one, Point best) {
        return one.figures().value("latency_p95_ms")
                > (1 + worse) * best.figures().value("latency_p95_ms");
    }
}
