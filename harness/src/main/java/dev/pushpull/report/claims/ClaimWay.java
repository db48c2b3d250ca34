package dev.pushpull.report.claims;

import dev.pushpull.report.shared.DotChart.Shape;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A way for events to travel, as the figures of a claim have it.
 *
 * @param name {@code Polling}
 * @param colour one of the page's mode colours
 */
record ClaimWay(
        String name,
        Shape shape,
        int colour,
        Function<Figure, OptionalDouble> measured,
        Function<Figure, OptionalDouble> predicted) {
    private static final ClaimWay POLLING =
            new ClaimWay("Polling", Shape.DOT, 0, Figure::polling, Figure::pollingPredicted);
    private static final ClaimWay WEBHOOK =
            new ClaimWay("Webhook", Shape.SQUARE, 1, Figure::webhook, Figure::webhookPredicted);

    /** All that the claim is about. */
    static List<ClaimWay> of(ClaimFinding finding) {
        List<ClaimWay> ways = new ArrayList<>(List.of(POLLING, WEBHOOK));
        finding.claim()
                .other()
                .ifPresent(
                        name -> ways.add(new ClaimWay(name, Shape.DIAMOND, 2, Figure::other, Figure::otherPredicted)));
        return ways;
    }

    /** Those for which any of these figures was measured. */
    static List<ClaimWay> of(ClaimFinding finding, List<Figure> figures) {
        return of(finding).stream()
                .filter(way -> figures.stream()
                        .anyMatch(figure -> way.measured().apply(figure).isPresent()))
                .toList();
    }

    String inASentence() {
        return name.toLowerCase(Locale.ROOT);
    }
}
