package dev.pushpull.report.shared;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Values with their intervals on one scale, a row each, ready for the template {@code dots.html}: an SVG that is as wide
 * as its place and needs no script. Positions from left to right are per cent, from top to bottom pixels.
 *
 * @param title what it shows, as a finding
 * @param alternative all figures, for readers who cannot see it
 * @param legend empty when every mark means the same
 * @param references lines across all rows; at most one
 * @param axis what the scale measures; may be empty
 */
public record DotChart(
        String title,
        String alternative,
        int height,
        int rowsBottom,
        List<AxisScale.Mark> marks,
        List<Reference> references,
        List<Row> rows,
        List<Key> legend,
        String axis) {
    private static final int LABEL_HEIGHT = 17;
    private static final int MARK_HEIGHT = 13;
    private static final int ROW_GAP = 14;
    private static final int AXIS_HEIGHT = 22;
    private static final int REFERENCE_HEIGHT = 20;

    /** Together longer than this, label and figures do not fit into one line of a telephone. */
    private static final int ONE_LINE = 36;

    /** How a value is marked, so that colour alone does not tell. */
    public enum Shape {
        DOT,
        SQUARE,
        DIAMOND,
        TICK
    }

    /**
     * What is drawn of one value.
     *
     * @param colour one of the page's mode colours; of a tick unused
     */
    public record Value(Shape shape, int colour, double value, OptionalDouble low, OptionalDouble high) {
        /** Without an interval. */
        public static Value of(Shape shape, int colour, double value) {
            return new Value(shape, colour, value, OptionalDouble.empty(), OptionalDouble.empty());
        }
    }

    /**
     * What is drawn in one row.
     *
     * @param figures the values as text
     */
    public record Entry(String label, String figures, List<Value> values) {}

    /** What a mark means. */
    public record Key(Shape shape, int colour, String text) {
        public boolean dot() {
            return shape == Shape.DOT;
        }

        public boolean square() {
            return shape == Shape.SQUARE;
        }

        public boolean diamond() {
            return shape == Shape.DIAMOND;
        }

        public boolean tick() {
            return shape == Shape.TICK;
        }
    }

    /** A line across all rows; {@code anchor} is a class of the page's style. */
    record Reference(String x, String anchor, String text) {}

    /** A mark, with its interval where it has one. */
    public record Drawn(
            boolean dot, boolean square, boolean diamond, int colour, String x, int y, String low, String high) {
        boolean tick() {
            return !dot && !square && !diamond;
        }

        /** The ends of a tick. */
        int top() {
            return y - 7;
        }

        int bottom() {
            return y + 7;
        }

        int squareY() {
            return y - 4;
        }
    }

    /** A row, its figures at the right end or in a line of their own. */
    public record Row(
            int labelY, String label, int figuresY, String figuresX, String anchor, String figures, List<Drawn> drawn) {
        /** Where a track is drawn, for the eye to follow from the label to the mark. */
        List<Integer> tracks() {
            return drawn.stream().map(Drawn::y).distinct().toList();
        }
    }

    /**
     * Lays out a chart.
     *
     * @param reference a value at which a line is drawn, with its text
     * @param axis what the scale measures
     */
    public static DotChart of(
            String title,
            AxisScale scale,
            List<Entry> entries,
            List<Key> legend,
            Optional<Referred> reference,
            String axis) {
        List<Row> rows = new ArrayList<>();
        int top = reference.isPresent() ? REFERENCE_HEIGHT : 0;
        for (Entry entry : entries) {
            boolean oneLine = entry.label().length() + entry.figures().length() <= ONE_LINE;
            int labelY = top + 13;
            int figuresY = oneLine ? labelY : labelY + LABEL_HEIGHT;
            int y = top + LABEL_HEIGHT * (oneLine ? 1 : 2) + MARK_HEIGHT / 2 + 1;
            List<Drawn> drawn = new ArrayList<>();
            int deepest = y;
            for (Value value : entry.values()) {
                boolean tick = value.shape() == Shape.TICK;
                int here = tick
                        ? y
                        : y
                                + MARK_HEIGHT
                                        * (int) drawn.stream()
                                                .filter(one -> !one.tick())
                                                .count();
                deepest = Math.max(deepest, here);
                drawn.add(drawn(value, scale, here));
            }
            rows.add(new Row(
                    labelY,
                    entry.label(),
                    figuresY,
                    oneLine ? "100" : "0",
                    oneLine ? "end" : "start",
                    entry.figures(),
                    drawn));
            top = deepest + MARK_HEIGHT / 2 + ROW_GAP;
        }
        List<Reference> references = reference
                .map(line -> new Reference(
                        scale.at(line.value()), scale.place(line.value()) > 50 ? "end" : "start", line.text()))
                .map(List::of)
                .orElse(List.of());
        return new DotChart(
                title,
                alternative(title, entries),
                top + AXIS_HEIGHT,
                top,
                scale.marks(),
                references,
                rows,
                legend,
                axis);
    }

    /** A value at which a line is drawn across all rows. */
    public record Referred(double value, String text) {}

    private static Drawn drawn(Value value, AxisScale scale, int y) {
        boolean known = value.low().isPresent() && value.high().isPresent();
        return new Drawn(
                value.shape() == Shape.DOT,
                value.shape() == Shape.SQUARE,
                value.shape() == Shape.DIAMOND,
                value.colour(),
                scale.at(value.value()),
                y,
                known ? scale.at(value.low().getAsDouble()) : "",
                known ? scale.at(value.high().getAsDouble()) : "");
    }

    private static String alternative(String title, List<Entry> entries) {
        StringBuilder text = new StringBuilder(title).append('.');
        entries.forEach(entry -> text.append(' ')
                .append(entry.label())
                .append(": ")
                .append(entry.figures())
                .append('.'));
        return text.toString();
    }

    /** Below the rows, where the axis has its texts. */
    int axisY() {
        return rowsBottom + 15;
    }

    int referenceY() {
        return 12;
    }
}
