package dev.pushpull.report.run;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Losses;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.scenario.MonthlySums;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
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

    /** Bytes by direction, CPU by role and a month by its bills; what was not measured or named is left out. */
    static List<CostBars> of(RunRecord run) {
        List<Outcome> delivered = run.outcomes().stream()
                .filter(outcome -> outcome.counts().delivered() > 0)
                .toList();
        List<CostBars> all = new ArrayList<>();
        if (!delivered.isEmpty()) {
            all.add(bars(
                    run,
                    delivered,
                    new CostBars("Bytes per delivered event", "to the provider", "to the consumer", List.of()),
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
                    new CostBars("CPU per delivered event", "provider", "consumer", List.of()),
                    outcome -> outcome.cpuMillis().getOrDefault("provider", 0.0),
                    outcome -> outcome.cpuMillis().getOrDefault("consumer", 0.0),
                    Decimals::milliseconds));
        }
        month(run).ifPresent(all::add);
        return all;
    }

    /** Only where there are two parts to tell apart. */
    private static Optional<CostBars> month(RunRecord run) {
        List<Outcome> billed = run.outcomes().stream()
                .filter(outcome -> sum(run, outcome, MonthlySums.BILL).isPresent())
                .toList();
        if (billed.isEmpty() || !run.pricing().hasFixedSums()) {
            return Optional.empty();
        }
        double most = billed.stream()
                .mapToDouble(outcome -> sum(run, outcome, MonthlySums.TOTAL).getAsDouble())
                .max()
                .orElse(0);
        List<Bar> bars = billed.stream()
                .map(outcome -> new Bar(
                        Modes.title(run, outcome),
                        Modes.colour(run, outcome),
                        money(run, outcome, MonthlySums.BILL),
                        money(run, outcome, MonthlySums.FIXED),
                        money(run, outcome, MonthlySums.TOTAL),
                        percent(sum(run, outcome, MonthlySums.BILL).getAsDouble(), most),
                        percent(sum(run, outcome, MonthlySums.FIXED).getAsDouble(), most)))
                .toList();
        return Optional.of(new CostBars("A month of 30 days", "requests bill", "fixed sum", bars));
    }

    private static OptionalDouble sum(RunRecord run, Outcome outcome, String column) {
        return Figure.value(run, outcome, column);
    }

    private static String money(RunRecord run, Outcome outcome, String column) {
        String lost = column.equals(MonthlySums.FIXED) ? "" : Losses.share(outcome);
        return FigureText.value(Figure.of(run, outcome, column, "")) + (lost.isEmpty() ? "" : ", " + lost);
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
