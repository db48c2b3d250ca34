package dev.pushpull.report;

import dev.pushpull.report.DocumentTable.Feature;
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

    /** With so few empty polls nobody speaks of many. */
    private static final double HARDLY_ANY = 0.05;

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
            figures.add(Figure.of(run, outcome, Metrics.MONTHLY_REQUESTS, "requests a month"));
            figures.add(Figure.of(run, outcome, Metrics.MONTHLY_BILL, billed(outcome)));
        }
        return List.copyOf(figures);
    }

    private static String billed(Outcome outcome) {
        String lost = Losses.share(outcome);
        return lost.isEmpty() ? "a month" : "a month, " + lost;
    }

    @Override
    public Verdict verdict(Sides sides) {
        Optional<Figure> waste = sides.ofPolling(WASTE);
        Optional<Figure> polled = sides.ofPolling(BYTES);
        Optional<Figure> pushed = sides.ofWebhook(BYTES);
        List<String> sentences = new ArrayList<>();
        waste.ifPresent(share -> sentences.add(wasted(sides, share)));
        besides(sides).ifPresent(sentences::add);
        if (polled.isPresent() && pushed.isPresent()) {
            sentences.add(bytes(sides, polled.get(), pushed.get()));
        } else {
            polled.ifPresent(bytes -> sentences.add("A delivery cost %s by %s; %s."
                    .formatted(FigureText.value(bytes), sides.asking(), sides.withoutWebhooks())));
            pushed.ifPresent(bytes -> sentences.add("A delivery cost %s by %s; %s."
                    .formatted(FigureText.value(bytes), sides.pushing(), sides.withoutPolling())));
        }
        if (sentences.isEmpty()) {
            return new Verdict(Standing.UNDECIDED, "Too few requests to say.");
        }
        return new Verdict(standing(sides, waste, polled, pushed), String.join(" ", sentences));
    }

    private static Standing standing(
            Sides sides, Optional<Figure> waste, Optional<Figure> polled, Optional<Figure> pushed) {
        boolean asksBeside = besides(sides).isPresent();
        if (waste.isEmpty()) {
            return sides.polling().isPresent() || pushed.isEmpty()
                    ? Standing.UNDECIDED
                    : asksBeside ? Standing.HOLDS_IN_PART : Standing.HOLDS;
        }
        boolean many = waste.get().value().getAsDouble() > 0.5;
        if (polled.isEmpty() || pushed.isEmpty()) {
            boolean any = waste.get().value().getAsDouble() > HARDLY_ANY;
            return many ? Standing.HOLDS : any ? Standing.HOLDS_IN_PART : Standing.FAILS;
        }
        boolean cheaper = pushed.get().isBelow(polled.get());
        return many && cheaper && !asksBeside
                ? Standing.HOLDS
                : many || cheaper ? Standing.HOLDS_IN_PART : Standing.FAILS;
    }

    private static String wasted(Sides sides, Figure share) {
        StringBuilder text = new StringBuilder(
                FigureText.value(share) + " of " + sides.pollsOf(sides.polling().orElseThrow()) + " were empty");
        String expected = FigureText.expected(share);
        boolean fixed = sides.polling().filter(Modes::pollsEveryInterval).isPresent();
        String poisson = Decimals.percent(Math.exp(-sides.loadFactor()));
        if (!expected.isEmpty()) {
            text.append(", expected ")
                    .append(expected)
                    .append(VeryEvents.appended(sides.run(), sides.polling().orElseThrow(), share));
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

    /** What a mode that pushes asks beside, and how often for nothing. */
    private static Optional<String> besides(Sides sides) {
        return sides.webhook()
                .filter(outcome -> outcome.counts().polls() > 0)
                .flatMap(outcome -> sides.ofWebhook(WASTE)
                        .map(share -> "%s polls beside its webhooks, and %s of those polls brought nothing new."
                                .formatted(Sides.capital(sides.pushing()), FigureText.value(share))));
    }

    private static String bytes(Sides sides, Figure polled, Figure pushed) {
        double polledBytes = polled.value().getAsDouble();
        double pushedBytes = pushed.value().getAsDouble();
        String figures = "a delivery cost %s by %s, %s by %s"
                .formatted(FigureText.value(polled), sides.asking(), FigureText.value(pushed), sides.pushing());
        if (pushed.isBelow(polled)) {
            return "In bytes %s are cheaper by %s: %s."
                    .formatted(sides.pushed(), share(pushedBytes, polledBytes), figures);
        }
        if (polled.isBelow(pushed)) {
            return "In bytes %s is cheaper by %s: %s."
                    .formatted(sides.asking(), share(polledBytes, pushedBytes), figures);
        }
        return "In bytes there is no difference that this run could tell: " + figures + ".";
    }

    private static String share(double less, double more) {
        return Decimals.percent(1 - less / more);
    }
}
