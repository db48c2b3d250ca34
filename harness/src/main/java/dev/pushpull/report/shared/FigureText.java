package dev.pushpull.report.shared;

import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.Metric;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.MonthlySums;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Figures for people, in the unit that suits their size. */
public final class FigureText {
    /** Above this, bytes are shown in millions. */
    private static final double MANY_BYTES = 1e7;

    /** An interval is written with a plus-minus sign when its sides differ by no more than this share of their mean. */
    private static final double SYMMETRIC = 0.1;

    private static final String TOO_FEW = "too few";
    private static final String NOT_ACROSS = "not measurable";

    private FigureText() {}

    /** The same text for a narrow column, where the reason for a missing quantile is cut to its first words. */
    public static String brief(String text) {
        return text.equals(Figure.TOO_FEW) ? TOO_FEW : text.equals(Figure.NOT_ACROSS) ? NOT_ACROSS : text;
    }

    /** What {@link #brief} leaves out, to stand below a table; empty when it left out nothing. */
    public static String explained(List<List<String>> rows) {
        boolean across = rows.stream().anyMatch(row -> row.contains(NOT_ACROSS));
        return rows.stream().anyMatch(row -> row.contains(TOO_FEW))
                ? TOO_FEW + ": " + Figure.TOO_FEW
                : across ? NOT_ACROSS + ": " + Figure.NOT_ACROSS : "";
    }

    /** {@code 253 ms}, or why there is none. */
    public static String value(Figure figure) {
        return figure.value().isPresent()
                ? value(figure.column(), figure.currency(), figure.value().getAsDouble())
                : figure.absence();
    }

    /** A value of this kind of column; money without its currency. */
    public static String value(String column, double value) {
        return value(column, "", value);
    }

    private static String value(String column, String currency, double value) {
        if (MonthlySums.isMoney(column)) {
            return MoneyText.of(value, currency);
        }
        Scale scale = scale(column, value);
        return number(scale, value) + scale.suffix();
    }

    /** {@code 253 ±12 ms} or {@code 248 ms (236–262)}, or why there is none. */
    public static String withInterval(Figure figure) {
        String interval = interval(figure);
        if (interval.isEmpty()) {
            return value(figure);
        }
        double value = figure.value().getAsDouble();
        Scale scale = scale(figure.column(), value);
        return interval.startsWith("±")
                ? number(scale, value) + " " + interval + scale.suffix()
                : number(scale, value) + scale.suffix() + " (" + interval + ")";
    }

    /** {@code ±12} or {@code 236–262}, in the unit of the value; empty when there is none or it is a point. */
    public static String interval(Figure figure) {
        if (figure.value().isEmpty() || figure.interval().isEmpty() || figure.low() == figure.high()) {
            return "";
        }
        double value = figure.value().getAsDouble();
        Scale scale = scale(figure.column(), value);
        Estimate interval = figure.interval().get();
        double above = interval.high() - value;
        double below = value - interval.low();
        if (Math.abs(above - below) <= SYMMETRIC * (above + below) / 2) {
            double half = interval.halfWidth() / scale.size();
            return "±" + Decimals.fixed(half, Math.max(digitsOf(scale, value), Decimals.decimalsFor(half, 1)));
        }
        int decimals = digitsOf(scale, value);
        while (decimals < 4
                && Decimals.fixed(interval.low() / scale.size(), decimals)
                        .equals(Decimals.fixed(interval.high() / scale.size(), decimals))) {
            decimals++; // an interval that rounds to a point would claim too much
        }
        return Decimals.fixed(interval.low() / scale.size(), decimals)
                + "–"
                + Decimals.fixed(interval.high() / scale.size(), decimals);
    }

    /**
     * {@code +5.1 ±16 ms} or {@code -0.03 ms (-0.05 to 0.12)}: a difference of two values; empty when there is none.
     *
     * @param currency of two sums of money; empty for anything else
     */
    public static String difference(
            String column, String currency, OptionalDouble difference, Optional<Estimate> known) {
        if (difference.isEmpty()) {
            return "";
        }
        double value = difference.getAsDouble();
        if (MonthlySums.isMoney(column) && known.isEmpty()) {
            return (value > 0 ? "+" : "") + MoneyText.of(value, currency);
        }
        Estimate interval = known.orElse(new Estimate(value, value, value, ""));
        double reach = Math.max(interval.high() - value, value - interval.low());
        Scale scale = scale(column, Math.max(Math.abs(value), reach));
        String suffix = currency.isEmpty() ? scale.suffix() : " " + currency;
        int decimals = scale.whole() ? 0 : Decimals.decimalsFor(Math.max(Math.abs(value), reach) / scale.size(), 2);
        String number = (value > 0 ? "+" : "") + Decimals.fixed(value / scale.size(), decimals);
        double above = interval.high() - value;
        double below = value - interval.low();
        if (above + below == 0) {
            return number + suffix;
        }
        if (Math.abs(above - below) <= SYMMETRIC * (above + below) / 2) {
            String half = Decimals.fixed(interval.halfWidth() / scale.size(), decimals);
            return number + " ±" + half + suffix;
        }
        return number + suffix + " (" + Decimals.fixed(interval.low() / scale.size(), decimals) + " to "
                + Decimals.fixed(interval.high() / scale.size(), decimals) + ")";
    }

    /** The figure with its name, as it reads best: {@code p50 238 ms}, {@code 60.7 % empty polls}. */
    public static String named(Figure figure) {
        String text = figure.column().startsWith("latency_") || figure.value().isEmpty()
                ? figure.label() + " " + withInterval(figure)
                : withInterval(figure) + " " + figure.label();
        return figure.belowNoise() ? text + " (below noise)" : text;
    }

    /** {@code 250 ms = T/2 + v}; empty when nothing is expected. */
    public static String expected(Figure figure) {
        return figure.expected()
                .map(expected -> value(figure.column(), expected.value())
                        + (expected.formula().isBlank() ? "" : " = " + expected.formula()))
                .orElse("");
    }

    /** {@code 250 ms}; empty when nothing is expected. */
    public static String expectedValue(Figure figure) {
        return figure.expected()
                .map(expected -> value(figure.column(), expected.value()))
                .orElse("");
    }

    /**
     * How a value is scaled for reading.
     *
     * @param size how many of the metric's own unit make one of the suffix
     * @param whole whether to show no decimals
     */
    private record Scale(double size, String suffix, boolean whole) {}

    private static Scale scale(String column, double value) {
        String unit = Metrics.named(column).map(Metric::unit).orElse("");
        if (unit.equals("ms")) {
            Decimals.Unit best = Decimals.Unit.ofMilliseconds(value);
            return new Scale(best.size(), " " + best.name(), false);
        }
        if (unit.equals("s")) {
            Decimals.Unit best = Decimals.Unit.ofMilliseconds(1e3 * value);
            return new Scale(best.size() / 1e3, " " + best.name(), false);
        }
        if (unit.equals("B")) {
            return value >= MANY_BYTES ? new Scale(1e6, " MB", false) : new Scale(1, " B", true);
        }
        if (column.equals("wasted_ratio")) {
            return new Scale(0.01, " %", false);
        }
        boolean countable = !column.endsWith("_per_delivery")
                && !column.equals("held_connections")
                && !column.equals("slots_occupied")
                && !MonthlySums.isMoney(column);
        return new Scale(1, unit, countable);
    }

    private static String number(Scale scale, double value) {
        return Decimals.fixed(value / scale.size(), digitsOf(scale, value));
    }

    private static int digitsOf(Scale scale, double value) {
        return scale.whole() ? 0 : Decimals.decimalsForThreeDigits(value / scale.size());
    }
}
