package dev.pushpull.report.prediction;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Ink;
import dev.pushpull.report.shared.Layout;
import dev.pushpull.report.shared.MoneyText;
import dev.pushpull.report.shared.WireText;
import dev.pushpull.scenario.MonthlySums;
import dev.pushpull.scenario.PredictedMetric;
import dev.pushpull.scenario.PredictedMetrics;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.PredictionRecord;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A prediction for a terminal: first figures with their formulas, then their assumptions, then a summary in words. */
public final class PredictionReport {
    private static final int VALUE_WIDTH = 13;

    /** A smaller share counts as none. */
    private static final double NOTHING = 1e-12;

    private final PredictionRecord record;
    private final Scenario scenario;
    private final Map<String, Prediction> predictions;
    private final Ink ink;
    private final int width;
    private final List<String> lines = new ArrayList<>();
    private final List<String> assumptions = new ArrayList<>();

    private PredictionReport(PredictionRecord record, Ink ink, int width) {
        this.record = record;
        this.scenario = record.scenario();
        this.predictions = byMode(record);
        this.ink = ink;
        this.width = width;
    }

    /**
     * Lines of at most this many columns.
     *
     * @param folder where the page is; empty when there is none
     * @param colour whether ANSI colours may be used
     * @param unicode whether the terminal shows more than ASCII
     * @param width columns, at least 60
     */
    public static String render(
            PredictionRecord record, Optional<Path> folder, boolean colour, boolean unicode, int width) {
        return new PredictionReport(record, new Ink(colour, unicode), width).lines(folder);
    }

    /** The predictions by mode, in the order in which they are shown. */
    static Map<String, Prediction> byMode(PredictionRecord record) {
        Map<String, Prediction> predictions = new LinkedHashMap<>();
        record.predictions().forEach(predicted -> predictions.put(predicted.mode(), predicted.prediction()));
        return predictions;
    }

    private String lines(Optional<Path> folder) {
        wrapped(record.command() + ": " + asked(scenario), width).forEach(line -> lines.add(ink.faint(line)));
        if (!record.onSliders()) {
            tables();
        }
        lines.add("");
        for (String sentence : PredictionWords.sentences(scenario, predictions)) {
            wrapped(sentence, width).forEach(line -> lines.add(ink.strong(line)));
        }
        if (!record.onSliders()) {
            record.warnings()
                    .forEach(warning ->
                            wrapped("Note: " + warning + ".", width).forEach(line -> lines.add(ink.plain(line))));
        }
        folder.ifPresent(path -> {
            lines.add("");
            // never wrapped, so that the path can be copied
            lines.add("Report: " + ink.plain(path.resolve("report.html").toString()));
        });
        return String.join("\n", lines) + "\n";
    }

    private void tables() {
        predictions.forEach(this::table);
        lines.add("");
        lines.add(ink.strong("Assumptions"));
        for (int i = 0; i < assumptions.size(); i++) {
            hanging("[" + (i + 1) + "] ", assumptions.get(i));
        }
    }

    /** The question, in words. */
    static String asked(Scenario scenario) {
        Scenario.Events events = scenario.events();
        boolean shared = events.streams() == Scenario.Streams.SHARED;
        String legs = scenario.network().equals(Scenario.Network.NONE)
                ? "; legs v and d taken as " + (scenario.wire().rttNanos() > 0 ? "half the round trip" : "0")
                : "; legs v = %s, d = %s%s"
                        .formatted(
                                Quantity.readable(scenario.network().pollResponseNanos()),
                                Quantity.readable(scenario.network().webhookNanos()),
                                scenario.network().drawn().isEmpty() ? "" : " on average, drawn from a measured run");
        return "%s arrivals, λ = %s a stream, T = %s%s, N = %s, %s%s%s"
                .formatted(
                        events.arrivals().called(),
                        events.readableRate(),
                        Quantity.readable(scenario.polling().intervalNanos()),
                        scenario.polling().phase() == Phase.ALIGNED ? " aligned" : "",
                        Decimals.count(events.consumers()),
                        shared ? "one stream shared by all" : "a stream for each",
                        WireText.appended(scenario.wire()),
                        legs);
    }

    private void table(String mode, Prediction prediction) {
        List<PredictedMetric> known = shown(prediction);
        lines.add("");
        lines.add(ink.strong(ink.plain(mode)));
        if (known.isEmpty()) {
            lines.add("  no closed form is known for this scenario");
        }
        int labels = known.stream()
                .mapToInt(metric -> Layout.length(metric.label()))
                .max()
                .orElse(0);
        for (PredictedMetric metric : known) {
            Prediction.Figure figure = prediction.figures().get(metric.column());
            String start = "  " + Layout.padRight(metric.label(), labels) + "  "
                    + Layout.padLeft(
                            ink.plain(value(
                                    metric, figure.value(), record.pricing().currency())),
                            VALUE_WIDTH) + "  ";
            hanging(
                    start,
                    figure.formula() + cheapened(metric, prediction) + " [" + footnote(figure.assumption()) + "]");
        }
    }

    /** A note on what makes a bill too low: lost events. */
    static String cheapened(PredictedMetric metric, Prediction prediction) {
        double lost = prediction.value("lost_ratio").orElse(0);
        return MonthlySums.isMoney(metric.column())
                        && !metric.column().equals(MonthlySums.FIXED)
                        && lost > PredictionWords.LOST
                ? "; " + Decimals.share(lost) + " of the events are lost"
                : "";
    }

    /** The metrics that have something to say. */
    static List<PredictedMetric> shown(Prediction prediction) {
        return inOrder().filter(metric -> isWorthALine(metric, prediction)).toList();
    }

    /** All metrics as they are shown: latencies together, money last. */
    static Stream<PredictedMetric> inOrder() {
        return PredictedMetrics.ALL.stream()
                .sorted(Comparator.comparing((PredictedMetric metric) -> MonthlySums.isMoney(metric.column()))
                        .thenComparingInt(PredictionReport::place));
    }

    /** The place of a metric among its files' columns, but of each latency after the one before it in size. */
    private static int place(PredictedMetric metric) {
        boolean newest = metric.column().equals("latency_p95_ms");
        String column = newest ? "latency_p90_ms" : metric.column();
        int place = 0;
        while (!PredictedMetrics.ALL.get(place).column().equals(column)) {
            place++;
        }
        return place; // sorting is stable, so that the newest comes second
    }

    private static boolean isWorthALine(PredictedMetric metric, Prediction prediction) {
        boolean nothingToSay =
                metric.column().endsWith("lost_ratio") || metric.column().equals("rate_limited_requests_per_s");
        boolean standsInFormula = metric.column().endsWith("_bytes");
        double value = prediction.value(metric.column()).orElse(Double.NaN);
        return !Double.isNaN(value) && !standsInFormula && !(nothingToSay && value < NOTHING);
    }

    private int footnote(String assumption) {
        int known = assumptions.indexOf(assumption);
        if (known < 0) {
            assumptions.add(assumption);
            return assumptions.size();
        }
        return known + 1;
    }

    /** A value in the unit that suits its size. */
    static String value(PredictedMetric metric, double value, String currency) {
        return switch (metric.unit()) {
            case "ms" -> Decimals.milliseconds(value);
            case "B" -> Decimals.fixed(value, 0) + " B";
            case "s" -> Decimals.significant(value) + " s";
            case "/s" -> Decimals.significant(value) + "/s";
            default ->
                MonthlySums.isMoney(metric.column())
                        ? MoneyText.of(value, currency)
                        : metric.column().endsWith("_ratio") || metric.column().startsWith("quota_")
                                ? Decimals.share(value)
                                : Decimals.significant(value);
        };
    }

    private void hanging(String start, String text) {
        int indent = Layout.length(start);
        List<String> texts = wrapped(text, width - indent);
        for (int i = 0; i < texts.size(); i++) {
            lines.add((i == 0 ? start : " ".repeat(indent)) + texts.get(i));
        }
    }

    private List<String> wrapped(String text, int columns) {
        return text.isBlank() ? List.of() : Layout.wrap(ink.plain(text), columns);
    }
}
