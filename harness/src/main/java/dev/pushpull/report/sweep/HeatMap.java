package dev.pushpull.report.sweep;

import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.LoadChart;
import dev.pushpull.report.shared.Losses;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.scenario.LoadCurve.Crossing;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.SweepRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One figure of a sweep over interval and rate, ready for the template: all coordinates are pixels. Each cell contains
 * its figure as text; a deeper colour means more.
 *
 * @param name for a reference within the page
 * @param alternative the main figures, for readers who cannot see the map
 * @param measured the path of the line where polling begins to need fewer requests; empty when the grid does not
 *     contain it
 * @param predicted the same line from theory
 */
record HeatMap(
        String name,
        String title,
        String alternative,
        int width,
        int height,
        List<Label> rates,
        List<Label> intervals,
        List<Cell> cells,
        String measured,
        String predicted) {
    private static final int LEFT = 62;
    private static final int TOP = 30;
    private static final int CELL_WIDTH = 76;
    private static final int CELL_HEIGHT = 42;

    /** The deepest colour on which the text can still be read. */
    private static final double DEEPEST = 44;

    private static final double FAINTEST = 5;

    /** Marks a mode that did not deliver everything, whose few requests are no advantage. */
    private static final String LOST = " *";

    /** A text with the position of its middle. */
    record Label(int x, int y, String text) {}

    /**
     * @param colour one of the page's mode colours
     * @param depth of that colour, in per cent
     * @param title the full text
     */
    record Cell(int x, int y, int width, int height, int colour, int depth, String text, String title) {
        /** The middle, for the text. */
        int middleX() {
            return x + width / 2;
        }

        int middleY() {
            return y + height / 2;
        }
    }

    /** The three maps, as far as there is something to show: who needs fewer requests, mean latency, empty polls. */
    static List<HeatMap> of(SweepRecord sweep) {
        if (sweep.cells().isEmpty()) {
            return List.of();
        }
        Grid grid = Grid.of(sweep.cells());
        Optional<Outcome> polling = Modes.polling(sweep.cells().get(0));
        List<HeatMap> maps = new ArrayList<>();
        if (polling.isPresent()) {
            String mode = polling.get().mode();
            LoadChart standing = LoadChart.of(sweep.cells());
            Optional<Crossing> crossing = SweepAnswer.fewerRequests(sweep.cells(), mode);
            Lines lines = new Lines(
                    crossing.map(found -> grid.line(found.load())).orElse(""), grid.line(standing.crossover()));
            if (sweep.cells().get(0).outcomes().size() > 1) {
                maps.add(cheaper(grid, lines));
            }
            shaded(maps, grid, lines, mode, "latency", "Mean latency of " + mode, "latency_mean_ms");
            shaded(maps, grid, lines, mode, "waste", "Empty polls of " + mode, "wasted_ratio");
        }
        return maps;
    }

    private record Lines(String measured, String predicted) {}

    private static void shaded(
            List<HeatMap> maps, Grid grid, Lines lines, String mode, String name, String title, String column) {
        List<Double> values = new ArrayList<>();
        grid.runs().forEach(run -> value(run, mode, column).ifPresent(values::add));
        if (values.isEmpty()) {
            return;
        }
        boolean share = column.equals("wasted_ratio");
        double least = values.stream().mapToDouble(value -> value).min().orElse(0);
        double most = values.stream().mapToDouble(value -> value).max().orElse(0);
        Function<RunRecord, Cell> cell = run -> {
            OptionalDouble value = value(run, mode, column);
            if (value.isEmpty()) {
                return grid.cell(run, 0, 0, "–", "too few");
            }
            double depth = share ? value.getAsDouble() : shareOfLogarithm(value.getAsDouble(), least, most);
            String exact = FigureText.value(column, value.getAsDouble());
            return grid.cell(
                    run,
                    Modes.colour(run, run.outcome(mode).orElseThrow()),
                    FAINTEST + (DEEPEST - FAINTEST) * depth,
                    share && value.getAsDouble() > 0 && value.getAsDouble() < 0.001 ? "<0.1 %" : exact,
                    Stream.of(exact, Losses.share(run.outcome(mode).orElseThrow()))
                            .filter(words -> !words.isEmpty())
                            .collect(Collectors.joining(", ")));
        };
        maps.add(grid.map(
                name,
                title,
                "from " + FigureText.value(column, least) + " to " + FigureText.value(column, most),
                cell,
                lines));
    }

    private static double shareOfLogarithm(double value, double least, double most) {
        return least > 0 && most > least ? Math.log(value / least) / Math.log(most / least) : 0.5;
    }

    private static OptionalDouble value(RunRecord run, String mode, String column) {
        return run.outcome(mode)
                .map(outcome -> Figure.value(run, outcome, column))
                .orElse(OptionalDouble.empty());
    }

    private static HeatMap cheaper(Grid grid, Lines lines) {
        Function<RunRecord, Cell> cell = run -> {
            SweepView.Cheapest cheapest = SweepView.cheapest(run, "requests_per_delivery");
            boolean level = cheapest.name().contains("=");
            String text = level ? "level" : cheapest.name().replaceFirst("(?<=.)-.*$", "");
            return grid.cell(
                    run, cheapest.colour(), level ? 0 : DEEPEST, text + (cheapest.lost() ? LOST : ""), cheapest.text());
        };
        String counted = grid.runs().stream()
                .map(cell)
                .collect(Collectors.groupingBy(Cell::text, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + " in " + entry.getValue())
                .collect(Collectors.joining(", "));
        return grid.map("cheaper", "Fewest requests a delivery", counted + " cells", cell, lines);
    }

    /** The position of each cell. */
    private record Grid(List<Double> intervals, List<Double> rates, List<RunRecord> runs) {
        static Grid of(List<RunRecord> runs) {
            return new Grid(
                    runs.stream().map(Grid::interval).distinct().toList(),
                    runs.stream().map(Grid::rate).distinct().toList(),
                    runs);
        }

        private static double interval(RunRecord run) {
            return run.scenario().polling().intervalNanos() / 1e9;
        }

        private static double rate(RunRecord run) {
            return run.scenario().events().arrivals().ratePerSecond();
        }

        Cell cell(RunRecord run, int colour, double depth, String text, String title) {
            return new Cell(
                    LEFT + rates.indexOf(rate(run)) * CELL_WIDTH,
                    TOP + intervals.indexOf(interval(run)) * CELL_HEIGHT,
                    CELL_WIDTH,
                    CELL_HEIGHT,
                    colour,
                    (int) Math.round(depth),
                    text,
                    "T = %s, λ = %s: %s"
                            .formatted(
                                    Quantity.duration(run.scenario().polling().intervalNanos()),
                                    run.scenario().events().rateName(),
                                    title));
        }

        HeatMap map(String name, String title, String figures, Function<RunRecord, Cell> cell, Lines lines) {
            List<Label> across = new ArrayList<>();
            for (int i = 0; i < rates.size(); i++) {
                across.add(new Label(LEFT + i * CELL_WIDTH + CELL_WIDTH / 2, TOP - 10, rateName(i)));
            }
            List<Label> down = new ArrayList<>();
            for (int i = 0; i < intervals.size(); i++) {
                down.add(new Label(
                        LEFT - 8,
                        TOP + i * CELL_HEIGHT + CELL_HEIGHT / 2,
                        Quantity.duration(Math.round(intervals.get(i) * 1e9))));
            }
            return new HeatMap(
                    name,
                    title,
                    title + " by poll interval and event rate: " + figures + ". Every figure is in the table below.",
                    LEFT + rates.size() * CELL_WIDTH + 2,
                    TOP + intervals.size() * CELL_HEIGHT + 2,
                    across,
                    down,
                    runs.stream().map(cell).toList(),
                    lines.measured(),
                    lines.predicted());
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

        /** Where the load factor is {@code load}, in twenty steps for each row; empty when the line leaves the grid. */
        String line(double load) {
            if (rates.size() < 2) {
                return "";
            }
            StringBuilder path = new StringBuilder();
            for (int step = 0; step <= 20 * intervals.size(); step++) {
                double row = step / 20.0 - 0.5;
                double column = columnOf(load / valueAt(intervals, row));
                if (column >= -0.5 && column <= rates.size() - 0.5) {
                    path.append(path.length() == 0 ? 'M' : 'L')
                            .append(Math.round(LEFT + (column + 0.5) * CELL_WIDTH))
                            .append(' ')
                            .append(Math.round(TOP + (row + 0.5) * CELL_HEIGHT));
                }
            }
            return path.indexOf("L") < 0 ? "" : path.toString();
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
}
