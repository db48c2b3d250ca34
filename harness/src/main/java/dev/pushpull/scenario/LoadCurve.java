package dev.pushpull.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A figure along the load factor, positive where something holds and negative where it does not. */
public final class LoadCurve {
    private final List<Double> loads = new ArrayList<>();
    private final List<Double> values = new ArrayList<>();

    private LoadCurve() {}

    /** @param load the load factor, above 0 */
    public record Point(double load, double value) {}

    /** @param points in any order; those at the same load factor are averaged */
    public static LoadCurve of(List<Point> points) {
        Map<Double, List<Double>> byLoad = new TreeMap<>();
        for (Point point : points) {
            double key = Double.parseDouble(String.format(Locale.ROOT, "%.9g", point.load()));
            byLoad.computeIfAbsent(key, load -> new ArrayList<>()).add(point.value());
        }
        LoadCurve curve = new LoadCurve();
        byLoad.forEach((load, values) -> {
            curve.loads.add(load);
            curve.values.add(
                    values.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
        });
        return curve;
    }

    /** Whether there are no points. */
    public boolean isEmpty() {
        return loads.isEmpty();
    }

    /** The lowest load factor with a point. */
    public double lowestLoad() {
        return loads.get(0);
    }

    /** The highest load factor with a point. */
    public double highestLoad() {
        return loads.get(loads.size() - 1);
    }

    /** Whether it is positive at no load factor. */
    public boolean neverHolds() {
        return values.stream().noneMatch(value -> value > 0);
    }

    /** Whether it is above {@code band} at no load factor. */
    public boolean neverAbove(double band) {
        return values.stream().noneMatch(value -> value > band);
    }

    /** Whether it is within {@code band} of zero at every load factor. */
    public boolean isFlat(double band) {
        return values.stream().allMatch(value -> Math.abs(value) <= band);
    }

    /** Whether it is positive at every load factor. */
    public boolean alwaysHolds() {
        return values.stream().allMatch(value -> value > 0);
    }

    /**
     * Where it stops being positive.
     *
     * @param load interpolated between two measured load factors, linear in the logarithm
     */
    public record Crossing(double load, double below, double above) {}

    /** Whether it is positive at the highest load factor. */
    public boolean holdsAtTheEnd() {
        return !isEmpty() && values.get(values.size() - 1) > 0;
    }

    /** The load factor from which it is no longer positive; empty when there is none. */
    public Optional<Crossing> crossing() {
        int last = values.size() - 1;
        while (last >= 0 && !(values.get(last) > 0)) {
            last--;
        }
        if (last < 0 || last == values.size() - 1) {
            return Optional.empty();
        }
        double above = values.get(last);
        double share = Double.isInfinite(above) ? 1 : above / (above - values.get(last + 1));
        double from = loads.get(last);
        double to = loads.get(last + 1);
        return Optional.of(new Crossing(from * Math.pow(to / from, share), from, to));
    }
}
