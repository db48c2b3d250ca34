package dev.pushpull.report.run;

import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Losses;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.scenario.MonthlySums;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a month costs by each mode, to see at a glance: the whole of what was named, with what was lost beside it. */
final class MonthlyCard {
    private MonthlyCard() {}

    /** Empty when nothing has a price, or nothing was measured. */
    static Optional<Highlight> of(RunRecord run) {
        List<Outcome> billed = run.outcomes().stream()
                .filter(outcome -> Figure.value(run, outcome, MonthlySums.TOTAL).isPresent())
                .toList();
        double most = billed.stream()
                .mapToDouble(
                        outcome -> Figure.value(run, outcome, MonthlySums.TOTAL).getAsDouble())
                .max()
                .orElse(0);
        return billed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Highlight(
                        what(run),
                        billed.stream().map(outcome -> bar(run, outcome, most)).toList()));
    }

    private static String what(RunRecord run) {
        boolean requests = run.pricing().hasRequestPrices();
        return !run.pricing().hasFixedSums()
                ? "Requests bill a month"
                : requests ? "A month: requests bill and fixed sum" : "A month: fixed sum";
    }

    private static Highlight.Bar bar(RunRecord run, Outcome outcome, double most) {
        Figure total = Figure.of(run, outcome, MonthlySums.TOTAL, "");
        String lost = Losses.share(outcome);
        return new Highlight.Bar(
                Modes.title(run, outcome),
                Modes.colour(run, outcome),
                FigureText.value(total) + (lost.isEmpty() ? "" : ", " + lost),
                String.format(
                        Locale.ROOT, "%.2f", most == 0 ? 0 : 100 * total.value().getAsDouble() / most));
    }
}
