package dev.pushpull.report.sweep;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.LoadChart;
import dev.pushpull.report.shared.Losses;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.scenario.LoadCurve;
import dev.pushpull.scenario.LoadCurve.Crossing;
import dev.pushpull.scenario.LoadCurve.Point;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A polling mode and a sending mode, over all cells of a sweep.
 *
 * @param asks the polling mode
 * @param sends the sending mode
 * @param asking traits of the polling mode
 * @param cells the reliable ones
 */
record SweepPair(String asks, String sends, ModeTraits asking, ModeTraits sending, List<RunRecord> cells) {
    private static final String REQUESTS = "requests_per_delivery";
    private static final String BYTES = "bytes_per_delivery";
    private static final double AS_MANY = Math.log1p(LoadChart.LEVEL);

    static SweepPair of(String asks, String sends, List<RunRecord> cells) {
        return new SweepPair(asks, sends, traits(asks, cells), traits(sends, cells), cells);
    }

    private static ModeTraits traits(String mode, List<RunRecord> cells) {
        return cells.stream()
                .flatMap(cell -> cell.outcome(mode).stream())
                .findFirst()
                .map(Outcome::traits)
                .filter(traits -> !traits.called().isEmpty())
                .orElse(new ModeTraits(ModeTraits.UNDECLARED.begins(), Set.of(), mode, false, "", 0));
    }

    /** From which load factor on the polling mode needs fewer requests. */
    Optional<Crossing> fewerRequests() {
        return dearer(REQUESTS).crossing();
    }

    /** One claim in each sentence. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        LoadCurve requests = dearer(REQUESTS);
        sentences.add(crossover("requests", requests, "crossover_requests_load_factor", "1/E[attempts]"));
        sentences.add(crossover("bytes", dearer(BYTES), "crossover_bytes_load_factor", "closed form"));
        sentences.add("Effort (%s more often than %s sent): %s."
                .formatted(
                        asking.with("asks", "ask"), sending.with("is", "are"), upTo(requests, OptionalDouble.empty())));
        sentences.add(Sentences.after(
                SweepArrivals.sentence(this), Losses.pending(cells, mode -> mode.equals(asks) || mode.equals(sends))));
        if (polled()) {
            sentences.add("Efficiency (%s: more than half of the polls are empty): %s."
                    .formatted(asking.called(), upTo(empty(), halfEmptyInTheory())));
        }
        return sentences;
    }

    /** Whether there were polls that can be empty at all; a mode may use another kind of request. */
    private boolean polled() {
        return cells.stream()
                .flatMap(cell -> cell.outcome(asks).stream())
                .anyMatch(outcome -> outcome.counts().polls() > 0);
    }

    /** The logarithm of the polling mode's figure divided by the sending mode's. */
    private LoadCurve dearer(String column) {
        List<Point> points = new ArrayList<>();
        for (RunRecord cell : cells) {
            OptionalDouble polled = figure(cell, asks, column);
            OptionalDouble pushed = figure(cell, sends, column);
            if (polled.isPresent() && pushed.isPresent() && polled.getAsDouble() > 0 && pushed.getAsDouble() > 0) {
                points.add(
                        new Point(cell.scenario().loadFactor(), Math.log(polled.getAsDouble() / pushed.getAsDouble())));
            }
        }
        return LoadCurve.of(points);
    }

    private LoadCurve empty() {
        List<Point> points = new ArrayList<>();
        for (RunRecord cell : cells) {
            figure(cell, asks, "wasted_ratio")
                    .ifPresent(wasted -> points.add(new Point(cell.scenario().loadFactor(), wasted - 0.5)));
        }
        return LoadCurve.of(points);
    }

    private static OptionalDouble figure(RunRecord cell, String mode, String column) {
        return cell.outcome(mode)
                .map(outcome -> Figure.value(cell, outcome, column))
                .orElse(OptionalDouble.empty());
    }

    private String crossover(String what, LoadCurve dearer, String column, String formula) {
        String needs = Sentences.capital(asking.with("needs", "need"));
        String start = "%s fewer %s than %s ".formatted(needs, what, sending.called());
        Optional<Crossing> crossing = dearer.crossing();
        String predicted = predicted(column, crossing, formula);
        if (dearer.isEmpty()) {
            return start + "nowhere that this sweep could tell: too few deliveries" + predicted + ".";
        }
        String span = span(dearer);
        if (dearer.isFlat(AS_MANY)) {
            return "%s as many %s as %s everywhere in this grid (within 3 %%; %s)%s."
                    .formatted(needs, what, sending.called(), span, predicted);
        }
        if (dearer.neverAbove(AS_MANY) && !dearer.neverAbove(-AS_MANY)) {
            return "%s no more %s than %s anywhere in this grid, in some cells fewer (%s)%s."
                    .formatted(needs, what, sending.called(), span, predicted);
        }
        if (crossing.isPresent()) {
            return start + "from λT = " + located(crossing.get()) + " on" + predicted + ".";
        }
        if (dearer.neverHolds()) {
            return start + "everywhere in this grid (" + span + ")" + predicted + ".";
        }
        return start
                + (dearer.alwaysHolds()
                        ? "nowhere in this grid (" + span + ")"
                        : "in some cells only, from no λT on (" + span + ")")
                + predicted
                + ".";
    }

    private static String located(Crossing crossing) {
        return "%s (between the cells at %s and %s)"
                .formatted(
                        Decimals.significant(crossing.load()),
                        Decimals.setting(crossing.below()),
                        Decimals.setting(crossing.above()));
    }

    private static String span(LoadCurve curve) {
        return "λT from " + Decimals.significant(curve.lowestLoad()) + " to "
                + Decimals.significant(curve.highestLoad());
    }

    /** The closed form's value in the cell nearest to the measured crossing. */
    private String predicted(String column, Optional<Crossing> crossing, String formula) {
        double nearest = Double.POSITIVE_INFINITY;
        OptionalDouble predicted = OptionalDouble.empty();
        for (RunRecord cell : cells) {
            OptionalDouble value = cell.outcome(asks)
                    .map(Outcome::prediction)
                    .map(all -> all.value(column))
                    .orElse(predicted);
            double distance = Math.abs(Math.log(
                    cell.scenario().loadFactor() / crossing.map(Crossing::load).orElse(1.0)));
            if (value.isPresent() && distance < nearest) {
                nearest = distance;
                predicted = value;
            }
        }
        return predicted.isPresent()
                ? "; predicted: λT = %s (%s)".formatted(Decimals.significant(predicted.getAsDouble()), formula)
                : "";
    }

    private OptionalDouble halfEmptyInTheory() {
        boolean known = cells.get(0).scenario().events().arrivals().kind().equals("poisson")
                && cells.stream().flatMap(cell -> cell.outcome(asks).stream()).anyMatch(Modes::pollsEveryInterval);
        return known ? OptionalDouble.of(Math.log(2)) : OptionalDouble.empty();
    }

    private static String upTo(LoadCurve curve, OptionalDouble theory) {
        String beside = theory.isPresent()
                ? "; predicted: up to λT = %s (ln 2, Poisson arrivals)"
                        .formatted(Decimals.significant(theory.getAsDouble()))
                : "";
        if (curve.isEmpty()) {
            return "too few figures to say" + beside;
        }
        if (curve.crossing().isPresent()) {
            return "holds up to λT = " + located(curve.crossing().get()) + beside;
        }
        String span = span(curve);
        if (curve.alwaysHolds()) {
            return "holds in every cell (" + span + ")" + beside;
        }
        return (curve.neverHolds() ? "holds in no cell (" : "holds in some cells, even at the top (") + span + ")"
                + beside;
    }
}
