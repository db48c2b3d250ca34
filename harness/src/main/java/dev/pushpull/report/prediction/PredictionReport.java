package dev.pushpull.report.prediction;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Ink;
import dev.pushpull.report.shared.Layout;
import dev.pushpull.report.shared.WireText;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.PredictedMetric;
import dev.pushpull.scenario.PredictedMetrics;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A prediction for a terminal: first figures with their formulas, then their assumptions, then a summary in words. */
public final class PredictionReport {
    private static final int VALUE_WIDTH = 13;

    /** A smaller share counts as none. */
    private static final double NOTHING = 1e-12;

    private final Scenario scenario;
    private final Map<String, Prediction> predictions;
    private final Ink ink;
    private final int width;
    private final List<String> lines = new ArrayList<>();
    private final List<String> assumptions = new ArrayList<>();

    private PredictionReport(Scenario scenario, Map<String, Prediction> predictions, Ink ink, int width) {
        this.scenario = scenario;
        this.predictions = predictions;
        this.ink = ink;
        this.width = width;
    }

    /**
     * Lines of at most this many columns.
     *
     * @param predictions by mode, in the order in which they are shown
     * @param colour whether ANSI colours may be used
     * @param unicode whether the terminal shows more than ASCII
     * @param width columns, at least 60
     */
    public static String render(
            Scenario scenario, Map<String, Prediction> predictions, boolean colour, boolean unicode, int width) {
        return new PredictionReport(scenario, predictions, new Ink(colour, unicode), width).lines();
    }

    private String lines() {
        wrapped("predict: " + asked(), width).forEach(line -> lines.add(ink.faint(line)));
        predictions.forEach(this::table);
        lines.add("");
        lines.add(ink.strong("Assumptions"));
        for (int i = 0; i < assumptions.size(); i++) {
            hanging("[" + (i + 1) + "] ", assumptions.get(i));
        }
        lines.add("");
        for (String sentence : PredictionWords.sentences(scenario, predictions)) {
            wrapped(sentence, width).forEach(line -> lines.add(ink.strong(line)));
        }
        return String.join("\n", lines) + "\n";
    }

    private String asked() {
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
                        events.arrivals().kind(),
                        events.readableRate(),
                        Quantity.readable(scenario.polling().intervalNanos()),
                        scenario.polling().phase() == Phase.ALIGNED ? " aligned" : "",
                        Decimals.count(events.consumers()),
                        shared ? "one stream shared by all" : "a stream for each",
                        WireText.appended(scenario.wire()),
                        legs);
    }

    private void table(String mode, Prediction prediction) {
        List<PredictedMetric> known = PredictedMetrics.ALL.stream()
                .filter(metric -> isWorthALine(metric, prediction))
                .toList();
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
                    + Layout.padLeft(ink.plain(value(metric, figure.value())), VALUE_WIDTH) + "  ";
            hanging(
                    start,
                    figure.formula() + cheapened(metric, prediction) + " [" + footnote(figure.assumption()) + "]");
        }
    }

    /** A note on what makes a bill too low: lost events. */
    private static String cheapened(PredictedMetric metric, Prediction prediction) {
        double lost = prediction.value("lost_ratio").orElse(0);
        return metric.column().equals(Metrics.MONTHLY_BILL) && lost > PredictionWords.LOST
                ? "; " + Decimals.share(lost) + " of the events are lost"
                : "";
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
    static String value(PredictedMetric metric, double value) {
        return switch (metric.unit()) {
            case "ms" -> Decimals.milliseconds(value);
            case "B" -> Decimals.fixed(value, 0) + " B";
            case "/s" -> Decimals.significant(value) + "/s";
            default ->
                metric.column().equals(Metrics.MONTHLY_BILL)
                        ? FigureText.money(value)
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
