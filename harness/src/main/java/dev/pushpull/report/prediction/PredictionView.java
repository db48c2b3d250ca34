package dev.pushpull.report.prediction;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Fact;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.MoneyText;
import dev.pushpull.report.shared.QuestionFacts;
import dev.pushpull.report.shared.ShellWords;
import dev.pushpull.report.shared.SpectrumCurve;
import dev.pushpull.report.shared.StartedAt;
import dev.pushpull.report.shared.WhatIf;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.MonthlySums;
import dev.pushpull.scenario.PredictedMetric;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.PredictionRecord;
import dev.pushpull.scenario.PredictionRecord.PredictedMode;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/**
 * What the page of a prediction shows, in words. A page of sliders shows less: what would be wrong once they move is left
 * out.
 *
 * @param answer the finding
 * @param answers further sentences
 * @param answered whether it has figures of its own
 * @param curves the title of the chart of latencies; empty when there is none
 */
record PredictionView(
        String command,
        String runId,
        String answer,
        List<String> answers,
        boolean answered,
        List<Card> highlights,
        List<Fact> scenario,
        List<Head> modes,
        List<Line> lines,
        String curves,
        WhatIf whatIf,
        List<Derivation> derivations,
        List<String> assumptions,
        List<String> warnings,
        String commandLine,
        String startedAt,
        String downloadsLeftOut) {
    /** Beyond this quantile a curve says nothing that a reader would ask for. */
    private static final double LAST_DRAWN = 0.9999;

    private static final double LEAST_ON_A_CARD = 0.0001;

    /** A figure of all modes as bars on one scale. */
    record Card(String what, List<Bar> bars) {}

    record Bar(String name, int colour, String value, String percent) {}

    record Head(String name, int colour) {}

    /** One figure, with a value for each mode. */
    record Line(String label, String meaning, List<String> entries) {}

    /** The formulas of a mode. */
    record Derivation(Head head, List<Formula> formulas) {}

    /** @param note the number of its assumption */
    record Formula(String label, String value, String formula, int note) {}

    static PredictionView of(PredictionRecord record, boolean curves, String downloadsLeftOut) {
        Map<String, Integer> colours = colours(record);
        List<String> assumptions = new ArrayList<>();
        boolean answered = !record.onSliders();
        return new PredictionView(
                record.command(),
                record.runId(),
                answered ? PredictionWords.title(record) : "What would polling cost, and what would webhooks?",
                answered ? PredictionWords.sentences(record.scenario(), PredictionReport.byMode(record)) : List.of(),
                answered,
                answered ? cards(record, colours) : List.of(),
                facts(record.scenario()),
                colours.entrySet().stream()
                        .map(mode -> new Head(mode.getKey(), mode.getValue()))
                        .toList(),
                lines(record),
                curves ? PredictionWords.ofCurves(record) : "",
                WhatIf.of(record),
                record.predictions().stream()
                        .map(mode -> derivation(record, mode, colours.get(mode.mode()), assumptions))
                        .toList(),
                assumptions,
                record.warnings(),
                ShellWords.repeatable(record.commandLine()),
                StartedAt.readable(record.startedAt()),
                downloadsLeftOut);
    }

    /** The curves of the latencies that closed forms know, in full lines, since nothing measured stands beside them. */
    static List<SpectrumCurve> curves(PredictionRecord record) {
        Map<String, Integer> colours = colours(record);
        List<SpectrumCurve> curves = new ArrayList<>();
        for (PredictedMode mode : record.predictions()) {
            List<Double> x = new ArrayList<>();
            List<Double> y = new ArrayList<>();
            for (Prediction.CurvePoint point : mode.prediction().latencyCurve()) {
                if (point.probability() <= LAST_DRAWN) {
                    x.add(Decimals.drawn(1 / (1 - point.probability())));
                    y.add(Decimals.drawn(point.latencyMillis()));
                }
            }
            if (x.size() > 1 && y.stream().anyMatch(millis -> millis > 0)) {
                curves.add(new SpectrumCurve(mode.mode(), "measured", colours.get(mode.mode()), x, y));
            }
        }
        return curves;
    }

    private static Map<String, Integer> colours(PredictionRecord record) {
        Map<String, ModeTraits> traits = new LinkedHashMap<>();
        record.predictions().forEach(mode -> traits.put(mode.mode(), mode.traits()));
        return Modes.colours(traits);
    }

    private static List<Fact> facts(Scenario scenario) {
        List<Fact> facts = QuestionFacts.of(scenario);
        scenario.modeOptions().forEach((flag, value) -> facts.add(new Fact(flag, value)));
        return facts;
    }

    /** A figure of fewer than two modes is no comparison and is left out. */
    private static List<Card> cards(PredictionRecord record, Map<String, Integer> colours) {
        List<Card> cards = new ArrayList<>();
        card(cards, record, colours, "Mean delay from event to receipt", "latency_mean_ms", Decimals::milliseconds);
        card(
                cards,
                record,
                colours,
                "Requests per delivered event",
                "requests_per_delivery",
                PredictionView::notTooSmall);
        card(
                cards,
                record,
                colours,
                "Bytes per delivered event",
                "bytes_per_delivery",
                bytes -> Decimals.fixed(bytes, 0) + " B");
        boolean fixed = record.pricing().hasFixedSums();
        card(
                cards,
                record,
                colours,
                fixed ? "A month: requests bill and fixed sum" : "A month: requests bill",
                fixed ? MonthlySums.TOTAL : MonthlySums.BILL,
                sum -> MoneyText.of(sum, record.pricing().currency()));
        return cards;
    }

    /** A card is no place for six zeros; the table has all digits. */
    private static String notTooSmall(double value) {
        return value > 0 && value < LEAST_ON_A_CARD
                ? "< " + Decimals.setting(LEAST_ON_A_CARD)
                : Decimals.significant(value);
    }

    private static void card(
            List<Card> cards,
            PredictionRecord record,
            Map<String, Integer> colours,
            String what,
            String column,
            DoubleFunction<String> words) {
        List<PredictedMode> known = record.predictions().stream()
                .filter(mode -> mode.prediction().value(column).isPresent())
                .toList();
        OptionalDouble most = known.stream()
                .mapToDouble(mode -> mode.prediction().value(column).getAsDouble())
                .max();
        if (known.size() < 2 || most.getAsDouble() <= 0) {
            return;
        }
        cards.add(new Card(
                what,
                known.stream()
                        .map(mode -> {
                            double value = mode.prediction().value(column).getAsDouble();
                            double lost = mode.prediction().value("lost_ratio").orElse(0);
                            boolean cheapened = MonthlySums.isMoney(column) && lost > PredictionWords.LOST;
                            return new Bar(
                                    mode.mode(),
                                    colours.get(mode.mode()),
                                    words.apply(value) + (cheapened ? ", " + Decimals.share(lost) + " lost" : ""),
                                    String.format(Locale.ROOT, "%.2f", 100 * value / most.getAsDouble()));
                        })
                        .toList()));
    }

    private static List<Line> lines(PredictionRecord record) {
        Map<PredictedMetric, List<String>> lines = new LinkedHashMap<>();
        PredictionReport.inOrder()
                .filter(metric -> record.predictions().stream()
                        .anyMatch(mode ->
                                PredictionReport.shown(mode.prediction()).contains(metric)))
                .forEach(metric -> lines.put(
                        metric,
                        record.predictions().stream()
                                .map(mode -> entry(record, mode.prediction(), metric))
                                .toList()));
        return lines.entrySet().stream()
                .map(line -> new Line(line.getKey().label(), line.getKey().meaning(), line.getValue()))
                .toList();
    }

    private static String entry(PredictionRecord record, Prediction prediction, PredictedMetric metric) {
        OptionalDouble value = prediction.value(metric.column());
        return value.isEmpty()
                ? "–"
                : PredictionReport.value(
                        metric, value.getAsDouble(), record.pricing().currency());
    }

    private static Derivation derivation(
            PredictionRecord record, PredictedMode mode, int colour, List<String> assumptions) {
        List<Formula> formulas = new ArrayList<>();
        for (PredictedMetric metric : PredictionReport.shown(mode.prediction())) {
            Prediction.Figure figure = mode.prediction().figures().get(metric.column());
            if (!assumptions.contains(figure.assumption())) {
                assumptions.add(figure.assumption());
            }
            formulas.add(new Formula(
                    metric.label(),
                    entry(record, mode.prediction(), metric),
                    figure.formula() + PredictionReport.cheapened(metric, mode.prediction()),
                    assumptions.indexOf(figure.assumption()) + 1));
        }
        return new Derivation(new Head(mode.mode(), colour), formulas);
    }
}
