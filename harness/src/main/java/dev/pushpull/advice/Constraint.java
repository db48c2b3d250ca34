package dev.pushpull.advice;

import dev.pushpull.delivery.Choice;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.Measure;
import dev.pushpull.scenario.Need;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Something that settings must keep to.
 *
 * @param text as typed
 * @param subject what it bounds, in a sentence: {@code a p95}
 * @param exact whether its figure is set rather than computed, so that no margin is kept
 * @param loading its figure as a share of its bound; NaN when unknown
 * @param words a figure of that share, in words
 */
record Constraint(String text, String subject, boolean exact, Loading loading, Words words) {
    /** How much of a bound is used. */
    interface Loading {
        double load(Figures figures, Scenario scenario);
    }

    /** So much of a bound, for people. */
    interface Words {
        String of(double load);
    }

    /** All constraints on a mode's settings. */
    static List<Constraint> of(Question question, DeliveryMode mode) {
        List<Constraint> all = new ArrayList<>();
        question.needs().forEach(need -> all.add(of(need, mode)));
        if (question.terms().quotaPerSecond() > 0 && mode.traits().asks()) {
            all.add(quota(question.terms()));
        }
        long least = question.terms().minIntervalNanos();
        if (least > 0) {
            mode.choices().stream()
                    .filter(Choice::pollInterval)
                    .forEach(choice -> all.add(leastInterval(choice, least)));
        }
        return all;
    }

    private static Constraint of(Need need, DeliveryMode mode) {
        Measure measure = need.measure();
        boolean none = measure == Measure.WASTED_RATIO && !mode.traits().asks();
        return new Constraint(
                need.text(),
                measure.words(),
                false,
                (figures, scenario) -> none ? 0 : figures.value(measure.column()) / need.bound(),
                load -> value(measure, load * need.bound()));
    }

    /** A figure in words. */
    static String value(Measure measure, double value) {
        return measure.unit() == Measure.Unit.DURATION
                ? Quantity.readable(Math.max(0, Math.round(1e6 * value)))
                : number(value);
    }

    static String number(double value) {
        if (value != 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e7)) {
            return String.format(Locale.ROOT, "%.2e", value)
                    .replaceFirst("\\.?0*e([+-])0*", "e$1")
                    .replace("e+", "e");
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros();
        return Math.abs(value) >= 1000 ? String.format(Locale.ROOT, "%,.0f", rounded) : rounded.toPlainString();
    }

    private static Constraint quota(Terms terms) {
        return new Constraint(
                "quota " + terms.quotaText(),
                "the quota",
                false,
                (figures, scenario) -> figures.value("quota_share"),
                load -> rate(load, terms.quotaText()));
    }

    /** In the unit in which the quota was typed. */
    private static String rate(double load, String typed) {
        int unit = typed.indexOf('/');
        double value = load * Double.parseDouble(typed.substring(0, unit).strip());
        return (value >= 100 ? String.format(Locale.ROOT, "%,.0f", value) : number(value)) + typed.substring(unit);
    }

    private static Constraint leastInterval(Choice choice, long leastNanos) {
        return new Constraint(
                "min-interval " + Quantity.duration(leastNanos),
                "the least interval",
                true,
                (figures, scenario) -> {
                    String given = choice.in(scenario);
                    return given.isEmpty()
                            ? 0
                            : leastNanos / (double) Quantity.durationNanos(choice.flag(), given) * (1 - 1e-12);
                },
                load -> Quantity.readable(Math.round(leastNanos / load)));
    }
}
