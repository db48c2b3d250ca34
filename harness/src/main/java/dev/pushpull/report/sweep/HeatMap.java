package dev.pushpull.report.sweep;

import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.LoadChart;
import dev.pushpull.report.shared.Losses;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.sweep.HeatGrid.Cell;
import dev.pushpull.report.sweep.HeatGrid.Label;
import dev.pushpull.report.sweep.LoadBand.Crossover;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.SweepRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One figure of a sweep over interval and rate, ready for the template. It is as wide as the page: positions from left
 * to right are per cent of that, positions from top to bottom are pixels. Each cell contains its figure as text; a
 * deeper colour means more.
 *
 * @param name for a reference within the page
 * @param title what the map shows, as a finding
 * @param alternative the main figures, for readers who cannot see the map
 * @param leastWidth in pixels; where the page is narrower, the map is scrolled
 * @param bodyHeight of the cells, in pixels
 * @param viewBox of the lines, whose coordinates are of their own
 * @param measured the path of the line where polling begins to need fewer requests; empty when the grid does not
 *     contain it
 * @param interval the area in which that line lies with 95 %; empty when that is unknown
 * @param predicted the same line from theory
 */
record HeatMap(
        String name,
        String title,
        String alternative,
        int leastWidth,
        int height,
        int bodyHeight,
        String viewBox,
        List<Label> rates,
        List<Label> intervals,
        List<Cell> cells,
        String measured,
        String interval,
        String predicted) {
    /** The deepest colour on which the text can still be read. */
    private static final double DEEPEST = 44;

    private static final double FAINTEST = 5;

    /** Marks a mode that did not deliver everything, whose few requests are no advantage. */
    private static final String LOST = " *";

    /** The two lines, and the area in which the measured one lies. */
    private record Lines(String measured, String interval, String predicted) {
        static Lines of(HeatGrid grid, Optional<Crossover> crossover, double predicted) {
            return new Lines(
                    crossover.map(found -> grid.line(found.load())).orElse(""),
                    crossover
                            .filter(Crossover::bounded)
                            .map(found -> grid.area(found.low(), found.high()))
                            .orElse(""),
                    grid.line(predicted));
        }
    }

    /** The three maps, as far as there is something to show: who needs fewer requests, mean latency, empty polls. */
    static List<HeatMap> of(SweepRecord sweep) {
        if (sweep.cells().isEmpty()) {
            return List.of();
        }
        HeatGrid grid = HeatGrid.of(sweep.cells());
        Optional<Outcome> polling = Modes.polling(sweep.cells().get(0));
        List<HeatMap> maps = new ArrayList<>();
        if (polling.isPresent()) {
            String mode = polling.get().mode();
            Optional<Crossover> crossover = SweepAnswer.pairs(sweep).stream()
                    .filter(pair -> pair.asks().equals(mode))
                    .findFirst()
                    .flatMap(SweepPair::fewerRequests);
            Lines lines = Lines.of(grid, crossover, LoadChart.of(sweep.cells()).crossover());
            if (sweep.cells().get(0).outcomes().size() > 1) {
                maps.add(cheaper(grid, lines));
            }
            shaded(grid, lines, mode, "latency", "latency_mean_ms", SweepTitles::delay)
                    .ifPresent(maps::add);
            shaded(grid, lines, mode, "waste", "wasted_ratio", SweepTitles::waste)
                    .ifPresent(maps::add);
        }
        return maps;
    }

    private interface Title {
        String of(List<RunRecord> runs, String mode);
    }

    private static Optional<HeatMap> shaded(
            HeatGrid grid, Lines lines, String mode, String name, String column, Title title) {
        List<Double> values = new ArrayList<>();
        grid.runs().forEach(run -> value(run, mode, column).ifPresent(values::add));
        if (values.isEmpty()) {
            return Optional.empty();
        }
        boolean share = column.equals("wasted_ratio");
        double least = values.stream().mapToDouble(value -> value).min().orElse(0);
        double most = values.stream().mapToDouble(value -> value).max().orElse(0);
        Function<RunRecord, Cell> cell = run -> {
            OptionalDouble value = value(run, mode, column);
            if (value.isEmpty()) {
                return grid.cell(run, 0, 0, "–", "", "too few samples");
            }
            double depth = share ? value.getAsDouble() : shareOfLogarithm(value.getAsDouble(), least, most);
            String exact = FigureText.value(column, value.getAsDouble());
            boolean few = CellVerdicts.tooFew(run, mode, column);
            return grid.cell(
                    run,
                    Modes.colour(run, run.outcome(mode).orElseThrow()),
                    FAINTEST + (DEEPEST - FAINTEST) * depth,
                    share && value.getAsDouble() > 0 && value.getAsDouble() < 0.001 ? "<0.1 %" : exact,
                    few ? "too few" : "",
                    Stream.of(exact, Losses.share(run.outcome(mode).orElseThrow()), few ? CellVerdicts.TOO_FEW : "")
                            .filter(words -> !words.isEmpty())
                            .collect(Collectors.joining(", ")));
        };
        return Optional.of(map(grid, name, title.of(grid.runs(), mode), cell, lines));
    }

    private static double shareOfLogarithm(double value, double least, double most) {
        return least > 0 && most > least ? Math.log(value / least) / Math.log(most / least) : 0.5;
    }

    private static OptionalDouble value(RunRecord run, String mode, String column) {
        return run.outcome(mode)
                .map(outcome -> Figure.value(run, outcome, column))
                .orElse(OptionalDouble.empty());
    }

    private static HeatMap cheaper(HeatGrid grid, Lines lines) {
        Map<String, Integer> cellsByWinner = new LinkedHashMap<>();
        int level = 0;
        for (RunRecord run : grid.runs()) {
            Cheapest cheapest = Cheapest.of(run, Cheapest.REQUESTS);
            if (cheapest.several()) {
                level++;
            } else {
                cellsByWinner.merge(cheapest.name(), 1, Integer::sum);
            }
        }
        Function<RunRecord, Cell> cell = run -> {
            Cheapest cheapest = Cheapest.of(run, Cheapest.REQUESTS);
            String text = cheapest.several() ? "level" : cheapest.name().replaceFirst("(?<=.)-.*$", "");
            return grid.cell(
                    run,
                    cheapest.colour(),
                    cheapest.several() ? 0 : DEEPEST,
                    text + (cheapest.lost() ? LOST : ""),
                    cheapest.sure() ? "" : "not sure",
                    cheapest.text() + (cheapest.sure() ? "" : ", not sure"));
        };
        String title = SweepTitles.cheapest(cellsByWinner, level, grid.runs().size());
        return map(grid, "cheaper", title, cell, lines);
    }

    private static HeatMap map(HeatGrid grid, String name, String title, Function<RunRecord, Cell> cell, Lines lines) {
        List<Cell> cells = grid.runs().stream().map(cell).toList();
        return new HeatMap(
                name,
                title,
                title + ", by poll interval and event rate. Every figure is in the table below.",
                grid.leastWidth(cells),
                grid.height(),
                grid.bodyHeight(),
                grid.viewBox(),
                grid.rateLabels(),
                grid.intervalLabels(),
                cells,
                lines.measured(),
                lines.interval(),
                lines.predicted());
    }
}
