package dev.pushpull.hosts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Between which bounds the offset of another clock lies, whatever the ways to it and back take. What was sent at a time of
 * this clock was received later, so that the offset was at most {@code received - sent}; what was received came from
 * earlier, so that it was at least {@code answered - back}. Nobody assumes that both ways take equally long. A clock that
 * runs at another rate has an offset on a straight line: the bounds are those of all lines below the upper readings and
 * above the lower ones, that is, between their convex hulls (Moon, Skelly and Towsley, INFOCOM 1999). Where there is no
 * such line, a clock was set, or changed its rate.
 */
final class ClockCorridor {
    /** Rounding, and nothing else. */
    private static final double TOLERANCE_NANOS = 0.5;

    private final long baseNanos;
    private final long baseOffsetNanos;
    private final List<Point> above;
    private final List<Point> below;
    private final List<Line> edges = new ArrayList<>();

    /**
     * A comparison of two clocks by four times.
     *
     * @param sentNanos here
     * @param receivedNanos there
     * @param answeredNanos there
     * @param backNanos here
     */
    record Sample(long sentNanos, long receivedNanos, long answeredNanos, long backNanos) {
        long mostNanos() {
            return receivedNanos - sentNanos;
        }

        long leastNanos() {
            return answeredNanos - backNanos;
        }

        /** How long the way there and back took. */
        long wayNanos() {
            return backNanos - sentNanos - (answeredNanos - receivedNanos);
        }
    }

    /** Between these the offset lies. */
    record Bounds(double leastNanos, double mostNanos) {}

    /** Relative to the base, so that no digits are lost. */
    private record Point(double at, double offset) {}

    private record Line(double offset, double rate) {
        static Line through(Point one, Point other) {
            double rate = (other.offset - one.offset) / (other.at - one.at);
            return new Line(one.offset - rate * one.at, rate);
        }

        double at(double time) {
            return offset + rate * time;
        }
    }

    /** @param samples at least one */
    ClockCorridor(List<Sample> samples) {
        Sample first = samples.get(0);
        baseNanos = first.sentNanos();
        baseOffsetNanos = first.leastNanos();
        List<Point> most = new ArrayList<>();
        List<Point> least = new ArrayList<>();
        for (Sample sample : samples) {
            most.add(new Point(sample.sentNanos() - baseNanos, sample.mostNanos() - baseOffsetNanos));
            least.add(new Point(sample.backNanos() - baseNanos, sample.leastNanos() - baseOffsetNanos));
        }
        above = hull(most, 1);
        below = hull(least, -1);
        List<Point> all = new ArrayList<>(above);
        all.addAll(below);
        for (int one = 0; one < all.size(); one++) {
            for (int other = one + 1; other < all.size(); other++) {
                if (all.get(one).at() != all.get(other).at()) {
                    Line line = Line.through(all.get(one), all.get(other));
                    if (fits(line)) {
                        edges.add(line);
                    }
                }
            }
        }
    }

    /** The points that no line past the others can miss. @param side 1 for the lower hull, -1 for the upper one */
    private static List<Point> hull(List<Point> points, int side) {
        List<Point> sorted = new ArrayList<>(points);
        sorted.sort((one, other) -> Double.compare(one.at(), other.at()));
        List<Point> hull = new ArrayList<>();
        for (Point next : sorted) {
            while (hull.size() > 1 && side * turn(hull.get(hull.size() - 2), hull.get(hull.size() - 1), next) <= 0) {
                hull.remove(hull.size() - 1);
            }
            hull.add(next);
        }
        return hull;
    }

    private static double turn(Point one, Point two, Point three) {
        return (two.at - one.at) * (three.offset - one.offset) - (two.offset - one.offset) * (three.at - one.at);
    }

    private boolean fits(Line line) {
        return above.stream().allMatch(point -> line.at(point.at) <= point.offset + TOLERANCE_NANOS)
                && below.stream().allMatch(point -> line.at(point.at) >= point.offset - TOLERANCE_NANOS);
    }

    /** Between which bounds the offset lay at a time of this clock; empty when no steady clock fits. */
    Optional<Bounds> at(long nanos) {
        if (edges.isEmpty()) {
            return Optional.empty();
        }
        double time = nanos - baseNanos;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (Line line : edges) {
            least = Math.min(least, line.at(time));
            most = Math.max(most, line.at(time));
        }
        return Optional.of(new Bounds(baseOffsetNanos + least, baseOffsetNanos + most));
    }

    /** By how much faster the other clock runs, between these bounds: 1e-6 is a part in a million. */
    Optional<Bounds> rate() {
        return edges.isEmpty()
                ? Optional.empty()
                : Optional.of(new Bounds(
                        edges.stream().mapToDouble(Line::rate).min().orElseThrow(),
                        edges.stream().mapToDouble(Line::rate).max().orElseThrow()));
    }
}
