package dev.pushpull.report.sweep;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.scenario.LoadCurve;
import dev.pushpull.scenario.LoadCurve.Crossing;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * A figure along the load factor with the intervals of its cells, and where it changes its sign. The interval of that
 * place reaches from where the lower ends of the cells' intervals cross zero to where the upper ends do: exactly the
 * load factors whose own interval contains zero. So it contains the true one at least as often as the cells' intervals
 * contain theirs, 95 % of the time, as far as the figure is straight between two cells. Cells at the same load factor
 * may have the same events, so the widths of their intervals are averaged, not divided by a root of their number.
 */
final class LoadBand {
    private final List<Point> points;
    private final LoadCurve values;

    private LoadBand(List<Point> points) {
        this.points = points;
        this.values = curve(Point::value);
    }

    /**
     * The figure of one cell.
     *
     * @param low the lower end of its 95 % interval; minus infinity when it is unknown
     * @param high the upper end; infinity when it is unknown
     */
    record Point(double load, double value, double low, double high) {
        boolean bounded() {
            return Double.isFinite(low) || Double.isFinite(high);
        }
    }

    /**
     * Where the figure stops being positive.
     *
     * @param low the lower end of the 95 % interval; empty when it lies below the grid, or nothing is known
     * @param high the upper end; empty when it lies above the grid, or nothing is known
     * @param bounded whether any cell has an interval
     */
    record Crossover(Crossing crossing, OptionalDouble low, OptionalDouble high, boolean bounded) {
        double load() {
            return crossing.load();
        }

        /** {@code 95 % interval 0.97 to 1.4}; empty when no cell has an interval. */
        String interval() {
            if (!bounded) {
                return "";
            }
            if (low.isPresent() && high.isPresent()) {
                return "95 % interval " + Decimals.significant(low.getAsDouble()) + " to "
                        + Decimals.significant(high.getAsDouble());
            }
            if (low.isEmpty() && high.isEmpty()) {
                return "95 % interval wider than this grid";
            }
            return low.isPresent()
                    ? "95 % interval from " + Decimals.significant(low.getAsDouble()) + " on"
                    : "95 % interval up to " + Decimals.significant(high.getAsDouble());
        }
    }

    static LoadBand of(List<Point> points) {
        return new LoadBand(List.copyOf(points));
    }

    /** The figures without their intervals. */
    LoadCurve values() {
        return values;
    }

    /** Where it is positive for the last time; empty when its sign does not change there. */
    Optional<Crossover> crossover() {
        LoadCurve highs = curve(Point::high);
        boolean bounded = points.stream().anyMatch(Point::bounded);
        return values.crossing()
                .map(crossing -> new Crossover(
                        crossing,
                        load(curve(Point::low)),
                        highs.holdsAtTheEnd() ? OptionalDouble.empty() : load(highs),
                        bounded));
    }

    private static OptionalDouble load(LoadCurve curve) {
        return curve.crossing()
                .map(crossing -> OptionalDouble.of(crossing.load()))
                .orElse(OptionalDouble.empty());
    }

    private LoadCurve curve(ToDoubleFunction<Point> end) {
        return LoadCurve.of(points.stream()
                .map(point -> new LoadCurve.Point(point.load(), end.applyAsDouble(point)))
                .toList());
    }
}
