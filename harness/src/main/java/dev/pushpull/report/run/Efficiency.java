package dev.pushpull.report.run;

import dev.pushpull.report.run.FourClaims.Feature;
import dev.pushpull.report.run.FourClaims.Verdict;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Losses;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.Standing;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.MonthlySums;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Wasted effort. The share of empty polls is e^(-lambda*T) under Poisson arrivals and never below 1 - lambda*T
 * (theory.md section 2). In bytes the result can differ, because a webhook carries a signature and the events of a page
 * share its headers.
 */
final class Efficiency implements Feature {
    private static final String WASTE = "wasted_ratio";
    private static final String BYTES = "bytes_per_delivery";

    @Override
    public String name() {
        return "Efficiency";
    }

    @Override
    public String ofPolling() {
        return "Inefficient (many empty requests).";
    }

    @Override
    public String ofWebhooks() {
        return "Highly efficient (only sent on events).";
    }

    @Override
    public List<Figure> figures(RunRecord run, Outcome outcome) {
        List<Figure> figures = new ArrayList<>();
        if (outcome.counts().polls() > 0) {
            figures.add(Figure.of(run, outcome, WASTE, "empty polls"));
        }
        figures.add(Figure.of(run, outcome, BYTES, "per delivered event"));
        if (run.pricing().hasRequestPrices()) {
            figures.add(Figure.of(run, outcome, Metrics.MONTHLY_REQUESTS, "requests a month"));
            figures.add(Figure.of(run, outcome, MonthlySums.BILL, undelivered("requests bill", outcome)));
        }
        if (run.pricing().hasFixedSums()) {
            figures.add(Figure.of(run, outcome, MonthlySums.FIXED, "fixed sum"));
            figures.add(Figure.of(run, outcome, MonthlySums.TOTAL, undelivered("total a month", outcome)));
        }
        return List.copyOf(figures);
    }

    /** What was not delivered cost nothing, so it stands beside every sum. */
    private static String undelivered(String sum, Outcome outcome) {
        String lost = Losses.share(outcome);
        return lost.isEmpty() ? sum : sum + ", " + lost;
    }

    @Override
    public Verdict verdict(Sides sides) {
        Optional<Figure> waste = sides.ofPolling(WASTE);
        Optional<Figure> polled = sides.ofPolling(BYTES);
        Optional<Figure> pushed = sides.ofWebhook(BYTES);
        List<String> sentences = new ArrayList<>();
        waste.ifPresent(share -> sentences.add(wasted(sides, share)));
        if (polled.isPresent() && pushed.isPresent()) {
            sentences.add(bytes(sides, polled.get(), pushed.get()));
        } else {
            polled.ifPresent(bytes -> sentences.add("A delivered event cost %s by %s; %s."
                    .formatted(FigureText.value(bytes), sides.asking(), Sides.nothingBy(sides.webhook()))));
            pushed.ifPresent(bytes -> sentences.add("A delivered event cost %s by %s; %s."
                    .formatted(FigureText.value(bytes), sides.pushed(), Sides.nothingBy(sides.polling()))));
        }
        if (sentences.isEmpty()) {
            return new Verdict(Standing.UNDECIDED, "Too few requests to say.");
        }
        return new Verdict(standing(waste, polled, pushed), String.join(" ", sentences));
    }

    private static Standing standing(Optional<Figure> waste, Optional<Figure> polled, Optional<Figure> pushed) {
        if (waste.isEmpty() || polled.isEmpty() || pushed.isEmpty()) {
            return Standing.UNDECIDED;
        }
        boolean many = waste.get().value().getAsDouble() > 0.5;
        boolean cheaper = pushed.get().isBelow(polled.get());
        return many && cheaper ? Standing.HOLDS : many || cheaper ? Standing.HOLDS_IN_PART : Standing.FAILS;
    }

    private static String wasted(Sides sides, Figure share) {
        StringBuilder text =
                new StringBuilder(FigureText.value(share) + " of " + sides.pollsOf(sides.polling()) + " were empty");
        String expected = FigureText.expected(share);
        boolean fixed = Modes.pollsEveryInterval(sides.polling());
        String poisson = Decimals.percent(Math.exp(-sides.loadFactor()));
        if (!expected.isEmpty()) {
            text.append(", expected ")
                    .append(expected)
                    .append(VeryEvents.appended(sides.run(), sides.polling(), share));
        }
        if (fixed && !sides.run().scenario().events().arrivals().kind().equals("poisson")) {
            text.append("; Poisson events at this rate would waste ").append(poisson);
        } else if (fixed && expected.isEmpty()) {
            text.append(", e^(-λT) is ").append(poisson);
        }
        if (fixed) {
            text.append("; with Poisson events fewer than half are empty from λT = 0.693 (here ")
                    .append(Decimals.setting(sides.loadFactor()))
                    .append(")");
        }
        return text.append('.').toString();
    }

    private static String bytes(Sides sides, Figure polled, Figure pushed) {
        double polledBytes = polled.value().getAsDouble();
        double pushedBytes = pushed.value().getAsDouble();
        String figures = "a delivered event cost %s by %s, %s by %s"
                .formatted(FigureText.value(polled), sides.asking(), FigureText.value(pushed), sides.pushed());
        if (pushed.isBelow(polled)) {
            return "In bytes %s cheaper by %s: %s."
                    .formatted(sides.webhook().traits().with("is", "are"), share(pushedBytes, polledBytes), figures);
        }
        if (polled.isBelow(pushed)) {
            return "In bytes %s cheaper by %s: %s."
                    .formatted(sides.polling().traits().with("is", "are"), share(polledBytes, pushedBytes), figures);
        }
        return "In bytes there is no difference that this run could tell: " + figures + ".";
    }

    private static String share(double less, double more) {
        return Decimals.percent(1 - less / more);
    }
}
