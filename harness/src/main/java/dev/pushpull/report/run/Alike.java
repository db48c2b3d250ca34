package dev.pushpull.report.run;

import dev.pushpull.report.shared.Sentences;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * Modes with figures that read the same: no sentence ranks them by digits that it does not show.
 *
 * @param value of the first of them
 * @param text of the figure
 */
record Alike(double value, String text, List<ModeTraits> modes) {
    /** From the least figure to the greatest. */
    static List<Alike> ranked(
            List<Outcome> outcomes, ToDoubleFunction<Outcome> value, DoubleFunction<String> readable) {
        List<Alike> groups = new ArrayList<>();
        outcomes.stream().sorted(Comparator.comparingDouble(value)).forEach(outcome -> {
            double figure = value.applyAsDouble(outcome);
            String text = readable.apply(figure);
            Alike last = groups.isEmpty() ? null : groups.get(groups.size() - 1);
            if (last != null && last.text().equals(text)) {
                last.modes().add(outcome.traits());
            } else {
                groups.add(new Alike(figure, text, new ArrayList<>(List.of(outcome.traits()))));
            }
        });
        return groups;
    }

    String names() {
        return Sentences.listed(modes.stream().map(ModeTraits::called).toList());
    }

    /** The names with the right one of two words after them. */
    String with(String singular, String manyOfThem) {
        return modes.size() == 1 ? modes.get(0).with(singular, manyOfThem) : names() + " " + manyOfThem;
    }
}
