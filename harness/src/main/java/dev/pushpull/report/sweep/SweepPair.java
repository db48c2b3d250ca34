package dev.pushpull.report.sweep;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.LoadChart;
import dev.pushpull.report.shared.Losses;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.report.sweep.LoadBand.Crossover;
import dev.pushpull.scenario.LoadCurve;
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
    private static final String REQUESTS_CROSS = "crossover_requests_load_factor";
    private static final String BYTES_CROSS = "crossover_bytes_load_factor";
    private static final String WASTED = "wasted_ratio";

    /** Within this difference of logarithms figures count as equal. */
    static final double AS_MANY = Math.log1p(LoadChart.LEVEL);

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
    Optional<Crossover> fewerRequests() {
        return requests().crossover();
    }

    /** The logarithm of the polling mode's requests per delivery divided by the sending mode's. */
    LoadBand requests() {
        return dearer(REQUESTS);
    }

    /** The same of bytes. */
    LoadBand bytes() {
        return dearer(BYTES);
    }

    /** One claim in each sentence. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        LoadBand requests = requests();
        sentences.add(crossover("requests", requests, REQUESTS_CROSS, "1/E[attempts]"));
        sentences.add(crossover("bytes", bytes(), BYTES_CROSS, "closed form"));
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

    /** The logarithm of one figure divided by the other; its interval takes both at their worst together. */
    private LoadBand dearer(String column) {
        List<LoadBand.Point> points = new ArrayList<>();
        for (RunRecord cell : cells) {
            Optional<Figure> polled = figure(cell, asks, column).filter(SweepPair::isPositive);
            Optional<Figure> pushed = figure(cell, sends, column).filter(SweepPair::isPositive);
            if (polled.isPresent() && pushed.isPresent()) {
                boolean known = polled.get().interval().isPresent()
                        && pushed.get().interval().isPresent();
                points.add(new LoadBand.Point(
                        cell.scenario().loadFactor(),
                        Math.log(polled.get().value().getAsDouble()
                                / pushed.get().value().getAsDouble()),
                        known
                                ? Math.log(Math.max(0, polled.get().low())
                                        / pushed.get().high())
                                : Double.NEGATIVE_INFINITY,
                        known
                                ? Math.log(polled.get().high()
                                        / Math.max(0, pushed.get().low()))
                                : Double.POSITIVE_INFINITY));
            }
        }
        return LoadBand.of(points);
    }

    private static boolean isPositive(Figure figure) {
        return figure.value().getAsDouble() > 0;
    }

    /** By how much more than half of the polls are empty. */
    LoadBand empty() {
        List<LoadBand.Point> points = new ArrayList<>();
        for (RunRecord cell : cells) {
            figure(cell, asks, WASTED)
                    .ifPresent(wasted -> points.add(new LoadBand.Point(
                            cell.scenario().loadFactor(),
                            wasted.value().getAsDouble() - 0.5,
                            wasted.interval().isPresent() ? wasted.low() - 0.5 : Double.NEGATIVE_INFINITY,
                            wasted.interval().isPresent() ? wasted.high() - 0.5 : Double.POSITIVE_INFINITY)));
        }
        return LoadBand.of(points);
    }

    private static Optional<Figure> figure(RunRecord cell, String mode, String column) {
        return cell.outcome(mode)
                .map(outcome -> Figure.of(cell, outcome, column, column))
                .filter(figure -> figure.value().isPresent());
    }

    private String crossover(String what, LoadBand band, String column, String formula) {
        LoadCurve dearer = band.values();
        String needs = Sentences.capital(asking.with("needs", "need"));
        String start = "%s fewer %s than %s ".formatted(needs, what, sending.called());
        Optional<Crossover> crossing = band.crossover();
        String predicted = predicted(column, formula, crossing);
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

    private static String located(Crossover found) {
        return "%s (%sbetween the cells at %s and %s)"
                .formatted(
                        Decimals.significant(found.load()),
                        found.interval().isEmpty() ? "" : found.interval() + ", ",
                        Decimals.setting(found.crossing().below()),
                        Decimals.setting(found.crossing().above()));
    }

    private static String span(LoadCurve curve) {
        return "λT from " + Decimals.significant(curve.lowestLoad()) + " to "
                + Decimals.significant(curve.highestLoad());
    }

    /** What is known of each crossover, for {@code crossovers.csv}: by the figure whose balance changes there. */
    List<SweepCrossovers.Row> crossovers() {
        return List.of(
                row(REQUESTS, requests(), REQUESTS_CROSS),
                row(BYTES, bytes(), BYTES_CROSS),
                new SweepCrossovers.Row(asks, sends, WASTED, empty().crossover(), halfEmptyInTheory()));
    }

    private SweepCrossovers.Row row(String figure, LoadBand band, String column) {
        Optional<Crossover> crossover = band.crossover();
        return new SweepCrossovers.Row(asks, sends, figure, crossover, predicted(column, crossover));
    }

    private String predicted(String column, String formula, Optional<Crossover> crossing) {
        OptionalDouble predicted = predicted(column, crossing);
        return predicted.isPresent()
                ? "; predicted: λT = %s (%s)".formatted(Decimals.significant(predicted.getAsDouble()), formula)
                : "";
    }

    /** The closed form's value in the cell nearest to the measured crossing. */
    private OptionalDouble predicted(String column, Optional<Crossover> crossing) {
        double nearest = Double.POSITIVE_INFINITY;
        OptionalDouble predicted = OptionalDouble.empty();
        for (RunRecord cell : cells) {
            OptionalDouble value = cell.outcome(asks)
                    .map(Outcome::prediction)
                    .map(all -> all.value(column))
                    .orElse(OptionalDouble.empty());
            double distance = Math.abs(Math.log(
                    cell.scenario().loadFactor() / crossing.map(Crossover::load).orElse(1.0)));
            if (value.isPresent() && distance < nearest) {
                nearest = distance;
                predicted = value;
            }
        }
        return predicted;
    }

    private OptionalDouble halfEmptyInTheory() {
        boolean known = cells.get(0).scenario().events().arrivals().kind().equals("poisson")
                && cells.stream().flatMap(cell -> cell.outcome(asks).stream()).anyMatch(Modes::pollsEveryInterval);
        return known ? OptionalDouble.of(Math.log(2)) : OptionalDouble.empty();
    }

    private static String upTo(LoadBand band, OptionalDouble theory) {
        LoadCurve curve = band.values();
        String beside = theory.isPresent()
                ? "; predicted: up to λT = %s (ln 2, Poisson arrivals)"
                        .formatted(Decimals.significant(theory.getAsDouble()))
                : "";
        if (curve.isEmpty()) {
            return "too few figures to say" + beside;
        }
        Optional<Crossover> crossover = band.crossover();
        if (crossover.isPresent()) {
            return "holds up to λT = " + located(crossover.get()) + beside;
        }
        String span = span(curve);
        if (curve.alwaysHolds()) {
            return "holds in every cell (" + span + ")" + beside;
        }
        return (curve.neverHolds() ? "holds in no cell (" : "holds in some cells, even at the top (") + span + ")"
                + beside;
    }
}
