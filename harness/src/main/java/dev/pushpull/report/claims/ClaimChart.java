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
        List<ClaimWay> ways = ClaimWay.of(finding, figures);
        List<Double> values = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        for (Figure figure : figures) {
            List<Value> drawn = new ArrayList<>();
            ways.forEach(way -> add(drawn, finding, figure, scale, way));
            for (ClaimWay way : ClaimWay.of(finding)) {
                way.predicted()
                        .apply(figure)
                        .ifPresent(value -> drawn.add(Value.of(Shape.TICK, 0, scale.drawn(figure, value))));
            }
            drawn.forEach(one -> {
                values.add(one.value());
                one.low().ifPresent(values::add);
                one.high().ifPresent(values::add);
            });
            entries.add(new Entry(scale.label(figure), text(figure, scale, ways), drawn));
        }
        scale.reference().map(Referred::value).ifPresent(values::add);
        return Optional.of(DotChart.of(
                ClaimTitle.of(finding, scale),
                AxisScale.of(values, scale::text),
                entries,
                legend(finding, figures, ways),
                scale.reference(),
                ""));
    }

    private static void add(List<Value> drawn, ClaimFinding finding, Figure figure, ClaimScale scale, ClaimWay way) {
        OptionalDouble value = way.measured().apply(figure);
        if (value.isPresent()) {
            Optional<ClaimInterval> interval = ClaimInterval.of(finding, figure, value.getAsDouble());
            drawn.add(new Value(
                    way.shape(),
                    way.colour(),
                    scale.drawn(figure, value.getAsDouble()),
                    end(interval.map(ClaimInterval::low), figure, scale),
                    end(interval.map(ClaimInterval::high), figure, scale)));
        }
    }

    private static OptionalDouble end(Optional<Double> end, Figure figure, ClaimScale scale) {
        return end.map(value -> OptionalDouble.of(scale.drawn(figure, value))).orElse(OptionalDouble.empty());
    }

    private static String text(Figure figure, ClaimScale scale, List<ClaimWay> ways) {
        List<String> parts = new ArrayList<>();
        for (ClaimWay way : ways) {
            way.measured()
                    .apply(figure)
                    .ifPresent(value -> parts.add(
                            (ways.size() > 1 ? way.inASentence() + " " : "") + scale.text(scale.drawn(figure, value))));
        }
        return parts.isEmpty() ? "too few samples" : String.join(", ", parts);
    }

    private static List<Key> legend(ClaimFinding finding, List<Figure> figures, List<ClaimWay> ways) {
        List<Key> keys = new ArrayList<>();
        ways.forEach(way -> keys.add(new Key(way.shape(), way.colour(), way.name())));
        boolean predicted = ClaimWay.of(finding).stream()
                .anyMatch(way -> figures.stream()
                        .anyMatch(figure -> way.predicted().apply(figure).isPresent()));
        if (predicted) {
            keys.add(new Key(Shape.TICK, 0, "predicted"));
        }
        return keys;
    }
}
