package dev.pushpull.report.sweep;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The cells of a sweep as rows of intervals and columns of rates, and lines of one load factor across them.
 *
 * @param intervals in seconds, the first row at the top
 * @param rates a second, the first column at the left
 */
record HeatGrid(List<Double> intervals, List<Double> rates, List<RunRecord> runs) {
    /** In pixels: the room for the labels of the columns, and above each row for its own. */
    static final int TOP = 28;

    private static final int STRIP = 20;
    private static final int CELL_HEIGHT = 44;
    private static final int ROW = STRIP + CELL_HEIGHT;
    private static final int LEAST_CELL_WIDTH = 72;

    /** The width of a column in the coordinates of the lines. */
    private static final int COLUMN = 100;

    private static final double CHARACTER_WIDTH = 8;
    private static final int STEPS_A_ROW = 20;

    /**
     * A text.
     *
     * @param x its middle, in per cent of the width; of a row's label unused
     * @param plate the width of what lies under it, in pixels
     */
    record Label(String x, int y, String text, int plate) {}

    /**
     * One interval and rate. The plate lies under the text, above the lines, so that none strikes it.
     *
     * @param x in per cent, like {@code width} and {@code middle}
     * @param plate its width in pixels
     * @param colour one of the page's mode colours
     * @param depth of that colour, in per cent
     * @param note smaller, below the text; may be empty
     * @param title the full text
     */
    record Cell(
            String x,
            int y,
            String width,
            int height,
            String middle,
            int middleY,
            int plate,
            int colour,
            int depth,
            String text,
            String note,
            String title) {
        /** The middle of the first line of text. */
        int textY() {
            return note.isEmpty() ? middleY : middleY - 8;
        }

        int noteY() {
            return middleY + 9;
        }

        int plateHeight() {
            return note.isEmpty() ? 20 : 36;
        }

        int plateY() {
            return middleY - plateHeight() / 2;
        }

        /** By how much the plate must move to have its middle where its left edge is placed. */
        String plateShift() {
            return String.format(Locale.ROOT, "%.1f", -plate / 2.0);
        }
    }

    static HeatGrid of(List<RunRecord> runs) {
        return new HeatGrid(
                runs.stream().map(HeatGrid::interval).distinct().toList(),
                runs.stream().map(HeatGrid::rate).distinct().toList(),
                runs);
    }

    private static double interval(RunRecord run) {
        return run.scenario().polling().intervalNanos() / 1e9;
    }

    private static double rate(RunRecord run) {
        return run.scenario().events().arrivals().ratePerSecond();
    }

    Cell cell(RunRecord run, int colour, double depth, String text, String note, String title) {
        int column = rates.indexOf(rate(run));
        int y = intervals.indexOf(interval(run)) * ROW + STRIP;
        return new Cell(
                percent(column),
                y,
                percent(1),
                CELL_HEIGHT,
                percent(column + 0.5),
                y + CELL_HEIGHT / 2,
                plate(Math.max(text.length(), note.length())),
                colour,
                (int) Math.round(depth),
                text,
                note,
                "polled every %s, %s events: %s"
                        .formatted(
                                Decimals.duration(run.scenario().polling().intervalNanos()),
                                run.scenario().events().rateName(),
                                title));
    }

    private static int plate(int characters) {
        return (int) Math.ceil(CHARACTER_WIDTH * characters + 10);
    }

    private String percent(double columns) {
        return String.format(Locale.ROOT, "%.3f", 100 * columns / rates.size());
    }

    int leastWidth(List<Cell> cells) {
        int widest = cells.stream().mapToInt(Cell::plate).max().orElse(0);
        return rates.size() * Math.max(LEAST_CELL_WIDTH, widest + 4);
    }

    int bodyHeight() {
        return intervals.size() * ROW;
    }

    int height() {
        return TOP + bodyHeight() + 2;
    }

    String viewBox() {
        return "0 0 " + rates.size() * COLUMN + " " + bodyHeight();
    }

    List<Label> rateLabels() {
        return IntStream.range(0, rates.size())
                .mapToObj(i -> new Label(percent(i + 0.5), TOP - 10, rateName(i), 0))
                .toList();
    }

    List<Label> intervalLabels() {
        List<Label> labels = new ArrayList<>();
        for (int row = 0; row < intervals.size(); row++) {
            String text = "polled every " + Decimals.duration(Math.round(intervals.get(row) * 1e9));
            labels.add(new Label("", row * ROW + STRIP / 2 + 1, text, plate(text.length())));
        }
        return labels;
    }

    private String rateName(int column) {
        return runs.stream()
                .filter(run -> rates.indexOf(rate(run)) == column)
                .findFirst()
                .orElseThrow()
                .scenario()
                .events()
                .rateName();
    }

    /** Where the load factor is {@code load}; empty when the line leaves the grid. */
    String line(double load) {
        if (rates.size() < 2) {
            return "";
        }
        List<String> points = new ArrayList<>();
        for (int step = 0; step <= STEPS_A_ROW * intervals.size(); step++) {
            double row = (double) step / STEPS_A_ROW - 0.5;
            double column = columnAt(load, row);
            if (column >= -0.5 && column <= rates.size() - 0.5) {
                points.add(point(column, row));
            }
        }
        return points.size() < 2 ? "" : "M" + String.join("L", points);
    }

    /** Between two load factors; an end that is unknown lies at the edge of the grid. Empty when it has no width. */
    String area(OptionalDouble low, OptionalDouble high) {
        if (rates.size() < 2) {
            return "";
        }
        boolean rising = rates.get(rates.size() - 1) > rates.get(0);
        List<String> points = new ArrayList<>();
        List<String> back = new ArrayList<>();
        boolean wide = false;
        for (int step = 0; step <= STEPS_A_ROW * intervals.size(); step++) {
            double row = (double) step / STEPS_A_ROW - 0.5;
            double from = within(low.isPresent() ? columnAt(low.getAsDouble(), row) : edge(!rising));
            double to = within(high.isPresent() ? columnAt(high.getAsDouble(), row) : edge(rising));
            wide |= Math.abs(to - from) > 1e-3;
            points.add(point(from, row));
            back.add(0, point(to, row));
        }
        points.addAll(back);
        return wide ? "M" + String.join("L", points) + "Z" : "";
    }

    private double edge(boolean last) {
        return last ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    private double within(double column) {
        return Math.max(-0.5, Math.min(rates.size() - 0.5, column));
    }

    private static String point(double column, double row) {
        return coordinate((column + 0.5) * COLUMN) + " " + coordinate((row + 0.5) * ROW + STRIP / 2.0);
    }

    /** To a tenth: a column is drawn several times as wide as its coordinates are. */
    private static String coordinate(double value) {
        return String.format(Locale.ROOT, "%.1f", value).replaceFirst("\\.0$", "");
    }

    private double columnAt(double load, double row) {
        return columnOf(load / valueAt(intervals, row));
    }

    /** Interpolates between the cells' middles and beyond them, evenly in the logarithm. */
    private static double valueAt(List<Double> values, double place) {
        if (values.size() == 1) {
            return values.get(0);
        }
        int from = Math.min(values.size() - 2, Math.max(0, (int) Math.floor(place)));
        double low = values.get(from);
        return low * Math.pow(values.get(from + 1) / low, place - from);
    }

    private double columnOf(double rate) {
        int last = rates.size() - 2;
        int from = IntStream.rangeClosed(0, last)
                .filter(i -> (rate - rates.get(i)) * (rate - rates.get(i + 1)) <= 0)
                .findFirst()
                .orElse(
                        Math.abs(Math.log(rate / rates.get(0))) < Math.abs(Math.log(rate / rates.get(last + 1)))
                                ? 0
                                : last);
        return from + Math.log(rate / rates.get(from)) / Math.log(rates.get(from + 1) / rates.get(from));
    }
}
