package dev.pushpull.report.claims;

import dev.pushpull.report.shared.AxisScale;
import dev.pushpull.report.shared.DotChart;
import dev.pushpull.report.shared.DotChart.Entry;
import dev.pushpull.report.shared.DotChart.Key;
import dev.pushpull.report.shared.DotChart.Referred;
import dev.pushpull.report.shared.DotChart.Shape;
import dev.pushpull.report.shared.DotChart.Value;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A claim's own figures on one scale, with their intervals and what theory expects, where that helps a reader. */
final class ClaimChart {
    private static final int POLLING = 0;
    private static final int WEBHOOK = 1;

    private ClaimChart() {}

    /** Empty for claims whose few whole numbers are best read in their table. */
    static Optional<DotChart> of(ClaimFinding finding) {
        return ClaimScale.of(finding.claim()).flatMap(scale -> of(finding, scale));
    }

    private static Optional<DotChart> of(ClaimFinding finding, ClaimScale scale) {
        List<Figure> figures = scale.figures(finding);
        if (figures.size() < 2) {
            return Optional.empty();
        }
        boolean bothSides = figures.stream().anyMatch(figure -> figure.polling().isPresent())
                && figures.stream().anyMatch(figure -> figure.webhook().isPresent());
        List<Double> values = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        for (Figure figure : figures) {
            List<Value> drawn = new ArrayList<>();
            add(drawn, finding, figure, scale, figure.polling(), Shape.DOT, POLLING);
            add(drawn, finding, figure, scale, figure.webhook(), Shape.SQUARE, WEBHOOK);
            for (OptionalDouble predicted : List.of(figure.pollingPredicted(), figure.webhookPredicted())) {
                predicted.ifPresent(value -> drawn.add(Value.of(Shape.TICK, 0, scale.drawn(figure, value))));
            }
            drawn.forEach(one -> {
                values.add(one.value());
                one.low().ifPresent(values::add);
                one.high().ifPresent(values::add);
            });
            entries.add(new Entry(scale.label(figure), text(figure, scale, bothSides), drawn));
        }
        scale.reference().map(Referred::value).ifPresent(values::add);
        return Optional.of(DotChart.of(
                ClaimTitle.of(finding, scale),
                AxisScale.of(values, scale::text),
                entries,
                legend(figures),
                scale.reference(),
                ""));
    }

    private static void add(
            List<Value> drawn,
            ClaimFinding finding,
            Figure figure,
            ClaimScale scale,
            OptionalDouble value,
            Shape shape,
            int colour) {
        if (value.isPresent()) {
            Optional<ClaimInterval> interval = ClaimInterval.of(finding, figure, value.getAsDouble());
            drawn.add(new Value(
                    shape,
                    colour,
                    scale.drawn(figure, value.getAsDouble()),
                    end(interval.map(ClaimInterval::low), figure, scale),
                    end(interval.map(ClaimInterval::high), figure, scale)));
        }
    }

    private static OptionalDouble end(Optional<Double> end, Figure figure, ClaimScale scale) {
        return end.map(value -> OptionalDouble.of(scale.drawn(figure, value))).orElse(OptionalDouble.empty());
    }

    private static String text(Figure figure, ClaimScale scale, boolean bothSides) {
        List<String> parts = new ArrayList<>();
        figure.polling()
                .ifPresent(value -> parts.add((bothSides ? "polling " : "") + scale.text(scale.drawn(figure, value))));
        figure.webhook()
                .ifPresent(value -> parts.add((bothSides ? "webhook " : "") + scale.text(scale.drawn(figure, value))));
        return parts.isEmpty() ? "too few samples" : String.join(", ", parts);
    }

    private static List<Key> legend(List<Figure> figures) {
        List<Key> keys = new ArrayList<>();
        if (figures.stream().anyMatch(figure -> figure.polling().isPresent())) {
            keys.add(new Key(Shape.DOT, POLLING, "Polling"));
        }
        if (figures.stream().anyMatch(figure -> figure.webhook().isPresent())) {
            keys.add(new Key(Shape.SQUARE, WEBHOOK, "Webhook"));
        }
        if (figures.stream()
                .anyMatch(figure -> figure.pollingPredicted().isPresent()
                        || figure.webhookPredicted().isPresent())) {
            keys.add(new Key(Shape.TICK, 0, "predicted"));
        }
        return keys;
    }
}
