package dev.pushpull.report.sweep;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.LoadChart;
import dev.pushpull.report.shared.Losses;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.report.shared.Soundness;
import dev.pushpull.scenario.LoadCurve;
import dev.pushpull.scenario.LoadCurve.Crossing;
import dev.pushpull.scenario.LoadCurve.Point;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.SweepRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a sweep says, in sentences: where the cheaper way changes, and where the common claims stop holding. */
final class SweepAnswer {
    private static final String REQUESTS = "requests_per_delivery";
    private static final String BYTES = "bytes_per_delivery";
    private static final String MEAN = "latency_mean_ms";
    private static final double AS_MANY = Math.log1p(LoadChart.LEVEL);

    private final String mode;

    /** The mode that pushes and does nothing else. */
    private final String webhook;

    /** The cells that can be relied on. */
    private final List<RunRecord> cells;

    private SweepAnswer(String mode, String webhook, List<RunRecord> cells) {
        this.mode = mode;
        this.webhook = webhook;
        this.cells = cells;
    }

    /** One statement a sentence, without line breaks. */
    static List<String> sentences(SweepRecord sweep) {
        List<RunRecord> sound = sweep.cells().stream().filter(RunRecord::valid).toList();
        List<String> sentences = new ArrayList<>();
        sweep.cells().stream()
                .map(Soundness::doubtful)
                .filter(doubt -> !doubt.isEmpty())
                .findFirst()
                .ifPresent(sentences::add);
        if (sound.isEmpty()) {
            sentences.add("No cell was run that can be relied on, so there is no answer.");
            return sentences;
        }
        weigh(sound, sentences);
        long eventless = sound.stream().filter(Modes::eventless).count();
        if (eventless > 0) {
            sentences.add(
                    eventless == sound.size()
                            ? "No event occurred in any cell, so there is no answer."
                            : "No event occurred in %d of %d cells, which say nothing of deliveries."
                                    .formatted(eventless, sound.size()));
        }
        int left = sweep.cells().size() - sound.size();
        if (left > 0) {
            sentences.add("Left out of these sentences: %d invalid cell%s.".formatted(left, left == 1 ? "" : "s"));
        }
        return sentences;
    }

    private static void weigh(List<RunRecord> sound, List<String> sentences) {
        if (sound.stream().allMatch(Modes::eventless)) {
            return;
        }
        List<String> modes = sound.get(0).scenario().run().modes();
        List<String> polling = modes.stream()
                .filter(mode -> outcomes(sound, mode).noneMatch(Modes::pushes))
                .toList();
        Optional<String> webhook = webhook(sound);
        if (polling.isEmpty() || webhook.isEmpty()) {
            sentences.add(Sentences.after(
                    "No crossover: that takes a mode that only polls and one that only pushes, and none that only"
                            + " %s was run; here are the figures.".formatted(polling.isEmpty() ? "polls" : "pushes"),
                    Losses.of(sound, mode -> true)));
            return;
        }
        for (String mode : polling) {
            List<String> own = new ArrayList<>();
            new SweepAnswer(mode, webhook.get(), sound).say(own);
            String lost = Losses.of(sound, other -> other.equals(mode) || other.equals(webhook.get()));
            own.forEach(sentence -> sentences.add(Sentences.after(sentence, lost)));
        }
        String others = Losses.of(sound, mode -> !polling.contains(mode) && !mode.equals(webhook.get()));
        if (!others.isEmpty()) {
            sentences.add(others);
        }
    }

    /** From which load factor on {@code mode} needs fewer requests than webhooks, in the cells that can be relied on. */
    static Optional<Crossing> fewerRequests(List<RunRecord> cells, String mode) {
        List<RunRecord> sound = cells.stream().filter(RunRecord::valid).toList();
        return webhook(sound)
                .flatMap(webhook ->
                        new SweepAnswer(mode, webhook, sound).dearer(REQUESTS).crossing());
    }

    private static Optional<String> webhook(List<RunRecord> cells) {
        return cells.stream()
                .flatMap(cell -> cell.outcomes().stream())
                .map(Outcome::mode)
                .distinct()
                .filter(mode -> outcomes(cells, mode).anyMatch(Modes::pushes)
                        && outcomes(cells, mode).noneMatch(Modes::polls))
                .findFirst();
    }

    private static Stream<Outcome> outcomes(List<RunRecord> cells, String mode) {
        return cells.stream().flatMap(cell -> cell.outcome(mode).stream());
    }

    private void say(List<String> sentences) {
        LoadCurve requests = dearer(REQUESTS);
        LoadCurve bytes = dearer(BYTES);
        sentences.add(crossover("requests", requests, "crossover_requests_load_factor", "1/E[attempts]"));
        sentences.add(crossover("bytes", bytes, "crossover_bytes_load_factor", "closed form"));
        sentences.add("Effort (%s asks more often than webhooks are sent): %s."
                .formatted(mode, upTo(requests, OptionalDouble.empty())));
        sentences.add(Sentences.after(
                realTime(), Losses.pending(cells, other -> other.equals(mode) || other.equals(webhook))));
        sentences.add("Efficiency (%s: more than half of the polls are empty): %s."
                .formatted(mode, upTo(empty(), halfEmptyInTheory())));
    }

    /** The logarithm of polling's figure over the webhooks'. */
    private LoadCurve dearer(String column) {
        List<Point> points = new ArrayList<>();
        for (RunRecord cell : cells) {
            OptionalDouble polled = figure(cell, mode, column);
            OptionalDouble pushed = figure(cell, webhook, column);
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
            figure(cell, mode, "wasted_ratio")
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
        String start = "%s needs fewer %s than webhooks ".formatted(Sentences.capital(mode), what);
        Optional<Crossing> crossing = dearer.crossing();
        String predicted = predicted(column, crossing, formula);
        if (dearer.isEmpty()) {
            return start + "nowhere that this sweep could tell: too few deliveries" + predicted + ".";
        }
        String span = span(dearer);
        if (dearer.isFlat(AS_MANY)) {
            return "%s needs as many %s as webhooks everywhere in this grid (within 3 %%; %s)%s."
                    .formatted(Sentences.capital(mode), what, span, predicted);
        }
        if (dearer.neverAbove(AS_MANY) && !dearer.neverAbove(-AS_MANY)) {
            return "%s needs no more %s than webhooks anywhere in this grid, in some cells fewer (%s)%s."
                    .formatted(Sentences.capital(mode), what, span, predicted);
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

    /** What the closed form says in the cell that is nearest to where the cells say so. */
    private String predicted(String column, Optional<Crossing> crossing, String formula) {
        double nearest = Double.POSITIVE_INFINITY;
        OptionalDouble predicted = OptionalDouble.empty();
        for (RunRecord cell : cells) {
            OptionalDouble value = cell.outcome(mode)
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
                && cells.stream().flatMap(cell -> cell.outcome(mode).stream()).anyMatch(Modes::pollsEveryInterval);
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

    /** What the intervals of two means let us say of the webhooks, the best first. */
    private enum Arrival {
        SOONER,
        UNTOLD,
        LATER
    }

    /** By interval: the worst over all rates. */
    private String realTime() {
        Map<Arrival, List<String>> intervals = new EnumMap<>(Arrival.class);
        worstByInterval()
                .forEach((interval, arrival) -> intervals
                        .computeIfAbsent(arrival, key -> new ArrayList<>())
                        .add(Quantity.duration(interval)));
        String start = "Real-time (a webhook arrives sooner than %s, on average%s): "
                .formatted(mode, isWithoutLegs() ? "; the network's legs taken as 0" : "");
        if (intervals.isEmpty()) {
            return start + "too few deliveries to say.";
        }
        List<String> parts = new ArrayList<>();
        say(parts, intervals.get(Arrival.SOONER), "holds at every rate at ");
        say(parts, intervals.get(Arrival.UNTOLD), "a difference this sweep cannot tell, at some rate, at ");
        say(parts, intervals.get(Arrival.LATER), "fails at some rate at ");
        return start + String.join("; ", parts) + ".";
    }

    private static void say(List<String> parts, List<String> intervals, String what) {
        if (intervals != null) {
            parts.add(what + "T = " + String.join(", ", intervals));
        }
    }

    private Map<Long, Arrival> worstByInterval() {
        Map<Long, Arrival> worst = new TreeMap<>();
        for (RunRecord cell : cells) {
            Optional<Figure> polled = mean(cell, mode);
            Optional<Figure> pushed = mean(cell, webhook);
            if (polled.isPresent() && pushed.isPresent()) {
                worst.merge(
                        cell.scenario().polling().intervalNanos(),
                        arrival(pushed.get(), polled.get()),
                        (one, other) -> one.compareTo(other) > 0 ? one : other);
            }
        }
        return worst;
    }

    private static Arrival arrival(Figure pushed, Figure polled) {
        if (pushed.isBelow(polled)) {
            return Arrival.SOONER;
        }
        return polled.isBelow(pushed) ? Arrival.LATER : Arrival.UNTOLD;
    }

    private static Optional<Figure> mean(RunRecord cell, String mode) {
        return cell.outcome(mode)
                .map(outcome -> Figure.of(cell, outcome, MEAN, MEAN))
                .filter(figure -> figure.value().isPresent());
    }

    /** In virtual time nothing is late by the network unless that was asked for. */
    private boolean isWithoutLegs() {
        return cells.stream()
                .allMatch(cell -> cell.scenario().network().equals(Scenario.Network.NONE)
                        && cell.outcomes().stream().allMatch(Outcome::simulated));
    }
}
