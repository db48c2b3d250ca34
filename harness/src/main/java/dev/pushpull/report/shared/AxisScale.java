package dev.pushpull.report.shared;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * Where values lie from left to right in a chart that is as wide as its place: in per cent of its width. A scale is
 * logarithmic when the values span more than one and a half powers of ten, else it begins at 0.
 *
 * @param least at the left end; above 0 when logarithmic
 * @param most at the right end
 * @param text of a mark on the axis
 */
public record AxisScale(boolean logarithmic, double least, double most, DoubleFunction<String> text) {
    private static final double LOGARITHMIC_FROM = 30;

    /** A dot must not be cut off at an end. */
    private static final double MARGIN = 2;

    /** Texts of marks closer than this, in per cent, could touch on a telephone. */
    private static final double GAP = 19;

    private static final int MARKS = 4;

    /** A mark on the axis; {@code anchor} is a class of the page's style. */
    public record Mark(String x, String anchor, String text) {}

    /**
     * A scale that contains all values.
     *
     * @param values finite; one that is not above 0 makes the scale begin there or at 0
     */
    public static AxisScale of(Collection<Double> values, DoubleFunction<String> text) {
        double least = values.stream().mapToDouble(value -> value).min().orElse(0);
        double most = values.stream().mapToDouble(value -> value).max().orElse(1);
        if (least > 0 && most / least > LOGARITHMIC_FROM) {
            return new AxisScale(true, least / 1.2, most * 1.2, text);
        }
        return new AxisScale(false, Math.min(0, least), most > 0 ? 1.03 * most : 1, text);
    }

    /** The place of a value, in per cent of the width; one beyond the scale lies at its end. */
    public double place(double value) {
        double share = logarithmic
                ? Math.log(Math.max(value, Double.MIN_NORMAL) / least) / Math.log(most / least)
                : (value - least) / (most - least);
        return MARGIN + (100 - 2 * MARGIN) * Math.max(0, Math.min(1, share));
    }

    /** The same as text, without the sign. */
    public String at(double value) {
        return String.format(Locale.ROOT, "%.2f", place(value));
    }

    /** Round values that are far enough apart, from left to right. */
    public List<Mark> marks() {
        List<Double> kept = new ArrayList<>();
        for (double value : logarithmic ? powers() : steps()) {
            boolean free = kept.stream().allMatch(other -> Math.abs(place(other) - place(value)) >= GAP);
            if (value >= least && value <= most && free) {
                kept.add(value);
            }
        }
        return kept.stream()
                .sorted()
                .map(value -> new Mark(at(value), anchor(place(value)), text.apply(value)))
                .toList();
    }

    private static String anchor(double place) {
        return place < 10 ? "start" : place > 90 ? "end" : "middle";
    }

    private List<Double> steps() {
        double rough = (most - least) / MARKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power * (rough / power >= 5 ? 5 : rough / power >= 2 ? 2 : 1);
        List<Double> steps = new ArrayList<>(List.of(0.0));
        for (double skip : new double[] {2, 1}) { // so that what is left when they are too close is still even
            for (long i = (long) Math.ceil(least / step); i <= most / step; i++) {
                if (i % skip == 0) {
                    steps.add(i * step);
                }
            }
        }
        return steps;
    }

    /** The powers of ten first, then what lies between. */
    private List<Double> powers() {
        List<Double> powers = new ArrayList<>();
        for (double factor : new double[] {1, 3, 2, 5}) {
            for (int power = (int) Math.floor(Math.log10(least)); power <= Math.log10(most); power++) {
                powers.add(Double.parseDouble(String.format(Locale.ROOT, "%.0fe%d", factor, power)));
            }
        }
        return powers;
    }
}
