package dev.pushpull.report.claims;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The finding of a claim's chart, from the very figures in it. */
final class ClaimTitle {
    private static final String LOAD = "events/interval";

    private ClaimTitle() {}

    /** One value with its place. */
    private record Placed(String label, double value) {}

    static String of(ClaimFinding finding, ClaimScale scale) {
        OptionalDouble turn = finding.figures().stream()
                .filter(figure -> figure.unit().equals(LOAD))
                .map(Figure::polling)
                .findFirst()
                .orElse(OptionalDouble.empty());
        if (turn.isPresent()) {
            String load = Decimals.significant(turn.getAsDouble()) + " events per interval";
            return finding.claim() == Claim.EFFICIENCY
                    ? "Half of the polls are empty at " + load
                    : "%s: polling needs as many as webhooks at %s".formatted(scale.axis(), load);
        }
        List<Figure> figures = scale.figures(finding);
        List<ClaimWay> ways = ClaimWay.of(finding, figures);
        return scale.axis() + ": "
                + ways.stream()
                        .map(way -> range(scale, figures, way.measured(), ways.size() == 1)
                                + (ways.size() == 1 ? "" : " by " + way.inASentence()))
                        .collect(Collectors.joining(", "));
    }

    /** From the least to the most, if asked with where; empty when that way has no figure. */
    private static String range(
            ClaimScale scale, List<Figure> figures, Function<Figure, OptionalDouble> way, boolean where) {
        List<Placed> placed = new ArrayList<>();
        for (Figure figure : figures) {
            way.apply(figure)
                    .ifPresent(value -> placed.add(new Placed(scale.label(figure), scale.drawn(figure, value))));
        }
        if (placed.isEmpty()) {
            return "";
        }
        Comparator<Placed> byValue = Comparator.comparingDouble(Placed::value);
        Placed least = placed.stream().min(byValue).orElseThrow();
        Placed most = placed.stream().max(byValue).orElseThrow();
        if (least.value() == most.value()) {
            return scale.text(least.value());
        }
        if (!where) {
            return scale.text(least.value()) + " to " + scale.text(most.value());
        }
        return "%s (%s) to %s (%s)"
                .formatted(scale.text(least.value()), least.label(), scale.text(most.value()), most.label());
    }
}
