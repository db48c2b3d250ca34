package dev.pushpull.report.run;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The cost of a delivery, split in two parts and drawn as bars on one scale.
 *
 * @param what for instance bytes
 * @param first name of the first part
 * @param second name of the second part
 */
record CostBars(String what, String first, String second, List<Bar> bars) {
    /**
     * One mode, with its parts in words.
     *
     * @param firstPercent width of the first part
     */
    record Bar(
            String name,
            int colour,
            String first,
            String second,
            String both,
            String firstPercent,
            String secondPercent) {}

    /** Bytes by direction and CPU by role; what was not measured is left out. */
    static List<CostBars> of(RunRecord run) {
        List<Outcome> delivered = run.outcomes().stream()
                .filter(outcome -> outcome.counts().delivered() > 0)
                .toList();
        List<CostBars> all = new ArrayList<>();
        if (!delivered.isEmpty()) {
            all.add(bars(
                    run,
                    delivered,
                    new CostBars("Bytes a delivery", "to the provider", "to the consumer", List.of()),
                    outcome -> outcome.counts().bytesToProvider(),
                    outcome -> outcome.counts().bytesToConsumer(),
                    value -> FigureText.value("bytes_per_delivery", value)));
        }
        List<Outcome> metered =
                delivered.stream().filter(outcome -> !outcome.simulated()).toList();
        if (!metered.isEmpty()) {
            all.add(bars(
                    run,
                    metered,
                    new CostBars("CPU a delivery", "provider", "consumer", List.of()),
                    outcome -> outcome.cpuMillis().getOrDefault("provider", 0.0),
                    outcome -> outcome.cpuMillis().getOrDefault("consumer", 0.0),
                    Decimals::milliseconds));
        }
        return all;
    }

    private interface Words {
        String of(double value);
    }

    private static CostBars bars(
            RunRecord run,
            List<Outcome> outcomes,
            CostBars heads,
            ToDoubleFunction<Outcome> first,
            ToDoubleFunction<Outcome> second,
            Words words) {
        double most = outcomes.stream()
                .mapToDouble(outcome -> (first.applyAsDouble(outcome) + second.applyAsDouble(outcome))
                        / outcome.counts().delivered())
                .max()
                .orElse(0);
        List<Bar> bars = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            double one = first.applyAsDouble(outcome) / outcome.counts().delivered();
            double other = second.applyAsDouble(outcome) / outcome.counts().delivered();
            bars.add(new Bar(
                    Modes.title(run, outcome),
                    Modes.colour(run, outcome),
                    words.of(one),
                    words.of(other),
                    words.of(one + other),
                    percent(one, most),
                    percent(other, most)));
        }
        return new CostBars(heads.what(), heads.first(), heads.second(), bars);
    }

    private static String percent(double part, double most) {
        return most == 0 ? "0" : String.format(Locale.ROOT, "%.2f", 100 * part / most);
    }
}
