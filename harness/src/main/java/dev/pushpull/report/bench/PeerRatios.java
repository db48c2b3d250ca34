package dev.pushpull.report.bench;

import dev.pushpull.report.shared.AxisScale;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.DotChart;
import dev.pushpull.report.shared.DotChart.Entry;
import dev.pushpull.report.shared.DotChart.Key;
import dev.pushpull.report.shared.DotChart.Referred;
import dev.pushpull.report.shared.DotChart.Shape;
import dev.pushpull.report.shared.DotChart.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Every ratio of requests a second on one scale, with its interval and its goal. */
final class PeerRatios {
    private static final int OURS = 4;

    private PeerRatios() {}

    /** Empty when nothing could be compared. */
    static Optional<DotChart> of(List<PeerFigure> figures) {
        List<PeerFigure> ratios = figures.stream()
                .filter(figure -> figure.isHeadline() && figure.metric() == PeerMetric.REQUESTS)
                .toList();
        if (ratios.isEmpty()) {
            return Optional.empty();
        }
        List<Double> values = new ArrayList<>(List.of(1.0));
        List<Entry> entries = new ArrayList<>();
        for (PeerFigure figure : ratios) {
            PairedRatio ratio = figure.ratio();
            List<Value> drawn = new ArrayList<>();
            drawn.add(new Value(
                    Shape.DOT, OURS, ratio.median(), OptionalDouble.of(ratio.low()), OptionalDouble.of(ratio.high())));
            figure.goal().ifPresent(goal -> drawn.add(Value.of(Shape.TICK, 0, goal)));
            values.addAll(List.of(ratio.median(), ratio.low(), ratio.high()));
            figure.goal().ifPresent(values::add);
            entries.add(new Entry(
                    figure.contest(),
                    Decimals.times(ratio.median())
                            + (figure.goal().isEmpty()
                                    ? ""
                                    : ", goal " + Decimals.setting(figure.goal().getAsDouble()) + " "
                                            + figure.verdict()),
                    drawn));
        }
        boolean goals = ratios.stream().anyMatch(figure -> figure.goal().isPresent());
        return Optional.of(DotChart.of(
                PeersTitles.ratios(ratios),
                AxisScale.of(values, Decimals::times),
                entries,
                goals ? List.of(new Key(Shape.DOT, OURS, "ratio"), new Key(Shape.TICK, 0, "goal")) : List.of(),
                Optional.of(new Referred(1, "as many as theirs")),
                "Median over the rounds, with its interval of order statistics."));
    }
}
