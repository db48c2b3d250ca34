package dev.pushpull.report.run;

import dev.pushpull.report.run.FourClaims.Feature;
import dev.pushpull.report.run.FourClaims.Verdict;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureNames;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.report.shared.Simulated;
import dev.pushpull.report.shared.Standing;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must exist before the first event can arrive, as counted at set-up, and what is held open for it. */
final class Infrastructure implements Feature {
    @Override
    public String name() {
        return "Infrastructure";
    }

    @Override
    public String ofPolling() {
        return "Simple client logic.";
    }

    @Override
    public String ofWebhooks() {
        return "Requires a publicly accessible server endpoint.";
    }

    /** Every mode lists what any of them needed, so that a zero is shown instead of left out. */
    @Override
    public List<Figure> figures(RunRecord run, Outcome outcome) {
        Set<String> things = new LinkedHashSet<>();
        run.outcomes().forEach(other -> things.addAll(other.setup().keySet()));
        List<Figure> figures = new ArrayList<>(things.stream()
                .map(thing -> {
                    long count = outcome.setup().getOrDefault(thing, 0L);
                    return Figure.counted(named(thing, count), count);
                })
                .toList());
        Figure held = Figure.of(run, outcome, FigureNames.HELD.column(), FigureNames.HELD.label());
        if (held.value().isPresent()) {
            figures.add(held);
        }
        return figures;
    }

    @Override
    public Verdict verdict(Sides sides) {
        Map<String, Long> polling = sides.polling().setup();
        Map<String, Long> webhook = sides.webhook().setup();
        if (polling.isEmpty() && webhook.isEmpty()) {
            return new Verdict(
                    Standing.UNDECIDED,
                    "What it took to set up was " + Simulated.named(sides.run(), "not measured", "not simulated")
                            + " in this run.");
        }
        List<String> sentences = new ArrayList<>();
        sentences.add(Sentences.capital(sides.pushed()) + " needed " + list(webhook) + ".");
        sentences.add(Sentences.capital(sides.asking()) + " needed " + list(polling) + ".");
        boolean endpoint = listeningSockets(sides.webhook()) > 0;
        boolean simple = listeningSockets(sides.polling()) == 0;
        if (endpoint) {
            sentences.add(
                    "An endpoint no longer matters where consumers are servers already; behind a firewall or on a phone"
                            + " a consumer can only ask.");
        }
        Standing standing =
                endpoint && simple ? Standing.HOLDS : endpoint || simple ? Standing.HOLDS_IN_PART : Standing.FAILS;
        return new Verdict(standing, String.join(" ", sentences));
    }

    /** The number of sockets on which its consumers listened, as counted at set-up. */
    private static long listeningSockets(Outcome outcome) {
        return outcome.setup().entrySet().stream()
                .filter(thing -> thing.getKey().contains("listening"))
                .mapToLong(thing -> thing.getValue())
                .sum();
    }

    @Override
    public boolean weighsDeliveries() {
        return false;
    }

    /** Names are plural: {@code listening sockets}; one of them is a {@code listening socket}. */
    private static String named(String thing, long count) {
        return count == 1 ? thing.replaceFirst("(?<=[a-rt-z])s\\b", "") : thing;
    }

    private static String list(Map<String, Long> setup) {
        List<String> things = setup.entrySet().stream()
                .filter(thing -> thing.getValue() > 0)
                .map(thing -> Decimals.count(thing.getValue()) + " " + named(thing.getKey(), thing.getValue()))
                .toList();
        if (things.isEmpty()) {
            return setup.isEmpty() ? "nothing that was counted" : "no " + String.join(", no ", setup.keySet());
        }
        return Sentences.listed(things);
    }
}
