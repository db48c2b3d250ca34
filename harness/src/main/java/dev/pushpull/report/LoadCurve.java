package dev.pushpull.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A figure along the load factor, above zero where something holds and below where it does not. */
final class LoadCurve {
    private final List<Double> loads = new ArrayList<>();
    private final List<Double> values = new ArrayList<>();

    private LoadCurve() {}

    /** @param load the load factor, above 0 */
    record Point(double load, double value) {}

    /** @param points in any order; what stands at the same load factor is averaged */
    static LoadCurve of(List<Point> points) {
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

    boolean isEmpty() {
        return loads.isEmpty();
    }

    double lowestLoad() {
        return loads.get(0);
    }

    double highestLoad() {
        return loads.get(loads.size() - 1);
    }

    /** Whether it is above zero at no load factor. */
    boolean neverHolds() {
        return values.stream().noneMatch(value -> value > 0);
    }

    /** Whether it is above {@code band} at no load factor. */
    boolean neverAbove(double band) {
        return values.stream().noneMatch(value -> value > band);
    }

    /** Whether it is further than {@code band} from zero at no load factor. */
    boolean isFlat(double band) {
        return values.stream().allMatch(value -> Math.abs(value) <= band);
    }

    boolean alwaysHolds() {
        return values.stream().allMatch(value -> value > 0);
    }

    /**
     * Where it stops being above zero.
     *
     * @param load between the two load factors that were seen, linear in the logarithm
     */
    record Crossing(double load, double below, double above) {}

    /** From which load factor on it is no longer above zero; empty when there is no such. */
    Optional<Crossing> crossing() {
        int last = values.size() - 1;
        while (last >= 0 && !(values.get(last) > 0)) {
            last--;
        }
        if (last < 0 || last == values.size() - 1) {
            return Optional.empty();
        }
        double above = values.get(last);
        double share = above / (above - values.get(last + 1));
        double from = loads.get(last);
        double to = loads.get(last + 1);
        return Optional.of(new Crossing(from * Math.pow(to / from, share), from, to));
    }
}
