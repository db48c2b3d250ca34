package dev.pushpull.delivery;

import dev.pushpull.scenario.PredictedMetrics;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Prediction.CurvePoint;
import dev.pushpull.scenario.Prediction.Figure;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;

/** Collects a mode's prediction. A value that is not a number is left out: a figure is either known or absent. */
public final class FigureSheet {
    private static final Pattern PROBABILITY = Pattern.compile("\\bp\\b");
    private static final double DAY_SECONDS = 86_400;
    private static final double MONTH_DAYS = 30;
    private static final double[] CURVE = {
        0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999, 0.99999
    };

    /** The quantiles of the summary: column, probability, and how each is written. */
    public enum Quantile {
        P50("latency_p50_ms", 0.5),
        P90("latency_p90_ms", 0.9),
        P95("latency_p95_ms", 0.95),
        P99("latency_p99_ms", 0.99),
        P999("latency_p999_ms", 0.999);

        private final String column;
        private final double probability;

        Quantile(String column, double probability) {
            this.column = column;
            this.probability = probability;
        }

        public String column() {
            return column;
        }

        public double probability() {
            return probability;
        }
    }

    private final Scenario scenario;
    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private final List<CurvePoint> curve = new ArrayList<>();

    public FigureSheet(Scenario scenario) {
        this.scenario = scenario;
    }

    /**
     * Adds a figure.
     *
     * @param column of {@link PredictedMetrics}
     * @param value in the unit of its metric; NaN or infinite when unknown
     */
    public void put(String column, double value, String formula, String assumption) {
        PredictedMetrics.named(column).orElseThrow(() -> new IllegalArgumentException("no metric " + column));
        if (Double.isFinite(value)) {
            figures.put(column, new Figure(value, formula, assumption));
        }
    }

    /**
     * Adds the quantiles of the latency, for the summary and for charts.
     *
     * @param seconds the quantile of each probability
     * @param formula contains {@code p} for the probability
     */
    public void quantiles(DoubleUnaryOperator seconds, String formula, String assumption) {
        quantilesAlone(seconds, formula, assumption);
        for (double p : CURVE) {
            double millis = 1e3 * seconds.applyAsDouble(p);
            if (Double.isFinite(millis)) {
                curve.add(new CurvePoint(p, millis));
            }
        }
    }

    /** The same without the curve for charts. */
    public void quantilesAlone(DoubleUnaryOperator seconds, String formula, String assumption) {
        for (Quantile quantile : Quantile.values()) {
            String text = PROBABILITY.matcher(formula).replaceAll(Double.toString(quantile.probability()));
            put(quantile.column(), 1e3 * seconds.applyAsDouble(quantile.probability()), text, assumption);
        }
    }

    /**
     * Adds the sum of all consumers' requests.
     *
     * @param perSecond requests of one consumer
     * @param formula for the requests a second of all consumers
     */
    public void requests(double perSecond, String formula, String assumption) {
        double all = perSecond * scenario.events().consumers();
        put("requests_per_day", all * DAY_SECONDS, formula + ", times 86400 s", assumption);
        put("requests_per_month", all * DAY_SECONDS * MONTH_DAYS, formula + ", times 30 d", assumption);
        put("source_requests_per_s", all, formula, assumption);
    }

    /** The figures so far. */
    public Prediction prediction() {
        return new Prediction(figures, List.copyOf(curve));
    }
}
