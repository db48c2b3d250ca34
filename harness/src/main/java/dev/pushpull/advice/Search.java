package dev.pushpull.advice;

import dev.pushpull.delivery.Choice;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Objective;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The best settings of one mode: a grid over all its choices, then steps that grow finer around the best. Everything is
 * judged twice: whether it keeps to all constraints, and then by the objective.
 */
final class Search {
    /** Needs are met with so much to spare, which a run that is not infinitely long can use up. */
    static final double MARGIN = 0.005;

    /** Of what is equally good, the one with fewer requests; then the sooner. */
    static final List<String> THEN = List.of(Derived.EXCHANGES, "latency_p95_ms");

    private static final double SAME = 1e-9;

    /** So much worse a value of the grid may be, and lie beside the best. */
    private static final double NEARLY = 1.25;

    private final DeliveryMode mode;
    private final Scenario base;
    private final List<Choice> choices;
    private final SettingsGrid grid;
    private final List<Constraint> constraints;
    private final Function<Scenario, Optional<Figures>> figures;
    private final Objective objective;
    private final Effort effort;
    private final Map<List<Long>, Optional<Point>> seen = new HashMap<>();

    Search(
            DeliveryMode mode,
            Question question,
            Scenario base,
            Function<Scenario, Optional<Figures>> figures,
            Effort effort) {
        this.mode = mode;
        this.base = base;
        this.choices = question.open(mode);
        this.grid = new SettingsGrid(choices, effort);
        this.constraints = Constraint.of(question, mode);
        this.figures = figures;
        this.objective = question.objective();
        this.effort = effort;
    }

    List<Constraint> constraints() {
        return constraints;
    }

    /** Whether any settings keep to everything, as far as known. */
    boolean anyUnknown() {
        return seen.values().stream()
                .anyMatch(point -> point.isEmpty()
                        || !point.get().complete() && point.get().load() < 1);
    }

    /**
     * The settings that are best by the objective; if none keep to everything, those that come closest. Empty when no
     * figures are known.
     */
    Optional<Point> best() {
        return best(this::goal, -1, limit(), true);
    }

    /** The settings that use least of one constraint, and keep to all others, if only just. */
    Optional<Point> least(int constraint) {
        return best(point -> point.loads()[constraint], constraint, 1 - SAME, false);
    }

    private double goal(Point point) {
        return point.figures().value(objective.column());
    }

    /**
     * @param without a constraint that need not be kept to; -1 for none
     * @param limit the most that may be used of every bound, if that can be had
     * @param rounds whether settings are to have few digits
     */
    private Optional<Point> best(ToDoubleFunction<Point> goal, int without, double limit, boolean rounds) {
        List<Point> known = known();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Comparator<Point> nearest = Comparator.comparingDouble(point -> point.load(without));
        Point close = known.stream().min(nearest).orElseThrow();
        if (close.load(without) > limit) {
            close = refined(close, nearest);
        }
        if (close.load(without) >= 1) {
            return Optional.of(close);
        }
        double most = Math.max(limit, close.load(without));
        Comparator<Point> order = order(goal, without, most);
        Point found = starts(known, close, goal, without, most).stream()
                .map(start -> refined(start, order))
                .min(order)
                .orElse(close);
        return Optional.of(rounds && effort.tolerated() > 0 ? rounded(found, without, most) : found);
    }

    /**
     * Where to look more closely: the best of the grid, and others far from it that are nearly as good. What polls cost
     * has several valleys where a poll needs several pages.
     */
    private List<Point> starts(List<Point> known, Point close, ToDoubleFunction<Point> goal, int without, double most) {
        List<Point> starts = new ArrayList<>();
        List<Point> keeping = known.stream()
                .filter(point -> point.load(without) <= most)
                .sorted(order(goal, without, most))
                .toList();
        for (Point point : keeping.isEmpty() ? List.of(close) : keeping) {
            boolean nearlyAsGood =
                    starts.isEmpty() || goal.applyAsDouble(point) <= NEARLY * goal.applyAsDouble(starts.get(0));
            if (starts.size() == effort.starts() || !nearlyAsGood) {
                return starts;
            }
            if (starts.stream().noneMatch(other -> grid.beside(point.values(), other.values()))) {
                starts.add(point);
            }
        }
        return starts;
    }

    /** A bound less the margin, where a setting can be moved continuously. */
    private double limit() {
        return grid.ranges() > 0 ? 1 / (1 + MARGIN) : 1 - SAME;
    }

    /** Whatever keeps to the constraints comes first; then the goal, then {@link #THEN}. */
    private static Comparator<Point> order(ToDoubleFunction<Point> goal, int without, double most) {
        return (one, other) -> {
            boolean oneKeeps = one.load(without) <= most;
            boolean otherKeeps = other.load(without) <= most;
            if (oneKeeps != otherKeeps) {
                return oneKeeps ? -1 : 1;
            }
            int by = compare(goal.applyAsDouble(one), goal.applyAsDouble(other));
            for (String column : THEN) {
                by = by != 0 ? by : compare(value(one, column), value(other, column));
            }
            return by;
        };
    }

    private static double value(Point point, String column) {
        return point.figures().value(column);
    }

    /** Equal when they differ by rounding only; unknown comes last. */
    static int compare(double one, double other) {
        if (Math.abs(one - other) <= SAME * Math.max(Math.abs(one), Math.abs(other))) {
            return 0;
        }
        return Double.compare(one, other);
    }

    private List<Point> known() {
        return grid.values().stream()
                .map(this::at)
                .flatMap(Optional::stream)
                .filter(Point::complete)
                .toList();
    }

    /** Empty where nothing is known. */
    private Optional<Point> at(List<Long> values) {
        Optional<Point> known = seen.get(values);
        if (known == null) {
            known = made(values);
            seen.put(values, known);
        }
        return known;
    }

    private Optional<Point> made(List<Long> values) {
        Scenario scenario = base;
        for (int i = 0; i < values.size(); i++) {
            scenario = choices.get(i).setter().set(scenario, values.get(i));
        }
        try {
            mode.check(scenario);
        } catch (InvalidInputException e) {
            return Optional.empty(); // these settings do not go together
        }
        Scenario set = scenario;
        return figures.apply(set).map(known -> point(values, set, known));
    }

    private Point point(List<Long> values, Scenario set, Figures known) {
        double[] loads = new double[constraints.size()];
        boolean complete =
                known.knows(objective.column()) && known.knows("latency_p95_ms") && known.knows("lost_ratio");
        for (int i = 0; i < loads.length; i++) {
            loads[i] = constraints.get(i).loading().load(known, set);
            complete &= !Double.isNaN(loads[i]);
        }
        return new Point(values, set, known, loads, complete);
    }

    /** Steps in all directions, ever finer, as long as something gets better. */
    private Point refined(Point start, Comparator<Point> order) {
        Point best = start;
        if (grid.ranges() == 0) {
            return best;
        }
        double step = Math.sqrt(grid.step()); // whole steps are the grid itself, and would lead into another valley
        while (step > effort.finest()) {
            Point better = neighbour(best, step, order);
            if (better == best) {
                step = Math.sqrt(step);
            } else {
                best = better;
            }
        }
        return best;
    }

    private Point neighbour(Point from, double step, Comparator<Point> order) {
        Point best = from;
        for (List<Long> moved : grid.around(from.values(), step)) {
            Optional<Point> there = at(moved).filter(Point::complete);
            if (there.isPresent() && order.compare(there.get(), best) < 0) {
                best = there.get();
            }
        }
        return best;
    }

    /** With as few digits as cost next to nothing. */
    private Point rounded(Point best, int without, double most) {
        Point now = best;
        for (int i = 0; i < choices.size(); i++) {
            if (choices.get(i).range()) {
                now = new Rounding(effort.tolerated(), this::at, point -> point.load(without) <= most, this::goal)
                        .of(now, i, choices.get(i));
            }
        }
        return now;
    }
}
