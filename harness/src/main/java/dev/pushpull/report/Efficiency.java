package dev.pushpull.report;

import dev.pushpull.report.DocumentTable.Feature;
import dev.pushpull.report.DocumentTable.Sides;
import dev.pushpull.report.DocumentTable.Standing;
import dev.pushpull.report.DocumentTable.Verdict;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is spent for nothing. The share of empty polls is e^(-lambda*T) under Poisson arrivals and never below 1 -
 * lambda*T (theory.md section 2); in bytes the picture can be another one, for a webhook carries a signature and a
 * page of events shares its headers.
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
        figures.add(Figure.of(run, outcome, BYTES, "a delivery"));
        if (run.pricePerMillion().isPresent()) {
            figures.add(Figure.of(run, outcome, Metrics.MONTHLY_BILL, "a month"));
        }
        return List.copyOf(figures);
    }

    @Override
    public Verdict verdict(Sides sides) {
        Optional<Figure> waste = sides.ofPolling(WASTE);
        Optional<Figure> polled = sides.ofPolling(BYTES);
        Optional<Figure> pushed = sides.ofWebhook(BYTES);
        List<String> sentences = new ArrayList<>();
        waste.ifPresent(share -> sentences.add(wasted(sides, share)));
        if (polled.isPresent() && pushed.isPresent()) {
            sentences.add(bytes(polled.get(), pushed.get()));
        } else {
            polled.ifPresent(bytes -> sentences.add("A delivery cost " + FigureText.value(bytes) + " by polling; "
                    + (sides.webhook().isPresent() ? "no webhook arrived." : "webhooks were not run.")));
            pushed.ifPresent(bytes -> sentences.add("A delivery cost " + FigureText.value(bytes) + " by webhook; "
                    + (sides.polling().isPresent() ? "no poll brought an event." : "polling was not run.")));
        }
        if (sentences.isEmpty()) {
            return new Verdict(Standing.UNDECIDED, "Too few requests to say.");
        }
        return new Verdict(standing(sides, waste, polled, pushed), String.join(" ", sentences));
    }

    private static Standing standing(
            Sides sides, Optional<Figure> waste, Optional<Figure> polled, Optional<Figure> pushed) {
        if (waste.isEmpty()) {
            return sides.polling().isEmpty() && pushed.isPresent() ? Standing.HOLDS : Standing.UNDECIDED;
        }
        boolean many = waste.get().value().getAsDouble() > 0.5;
        if (polled.isEmpty() || pushed.isEmpty()) {
            return many ? Standing.HOLDS : Standing.HOLDS_IN_PART;
        }
        boolean cheaper = pushed.get().isBelow(polled.get());
        return many && cheaper ? Standing.HOLDS : many || cheaper ? Standing.HOLDS_IN_PART : Standing.FAILS;
    }

    private static String wasted(Sides sides, Figure share) {
        StringBuilder text = new StringBuilder(FigureText.value(share) + " of the polls were empty");
        String expected = FigureText.expected(share);
        boolean fixed = sides.polling().filter(Modes::pollsEveryInterval).isPresent();
        String poisson = Decimals.percent(Math.exp(-sides.loadFactor()));
        if (!expected.isEmpty()) {
            text.append(", expected ").append(expected);
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

    private static String bytes(Figure polled, Figure pushed) {
        double polledBytes = polled.value().getAsDouble();
        double pushedBytes = pushed.value().getAsDouble();
        String figures = "a delivery cost %s by polling, %s by webhook"
                .formatted(FigureText.value(polled), FigureText.value(pushed));
        if (pushed.isBelow(polled)) {
            return "In bytes webhooks are cheaper by %s: %s.".formatted(share(pushedBytes, polledBytes), figures);
        }
        if (polled.isBelow(pushed)) {
            return "In bytes polling is cheaper by %s: %s.".formatted(share(polledBytes, pushedBytes), figures);
        }
        return "In bytes there is no difference that this run could tell: " + figures + ".";
    }

    private static String share(double less, double more) {
        return Decimals.percent(1 - less / more);
    }
}
