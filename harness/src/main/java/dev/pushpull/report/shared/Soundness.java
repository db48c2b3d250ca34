package dev.pushpull.report.shared;

import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Whether a run can be relied on, in words. */
public final class Soundness {
    private Soundness() {}

    /** Why the run is invalid, mode by mode; empty when it is valid. */
    public static List<String> reasons(RunRecord run) {
        return grouped(run, Outcome::invalid);
    }

    /** Warnings about the run and each mode. */
    public static List<String> warnings(RunRecord run) {
        List<String> warnings = new ArrayList<>(run.warnings());
        warnings.addAll(grouped(run, Outcome::warnings));
        return warnings;
    }

    /** What applies to several modes is said once, with their names. */
    private static List<String> grouped(RunRecord run, Function<Outcome, List<String>> sayings) {
        Map<String, List<String>> modes = new LinkedHashMap<>();
        for (Outcome outcome : run.outcomes()) {
            sayings.apply(outcome)
                    .forEach(saying -> modes.computeIfAbsent(saying, text -> new ArrayList<>())
                            .add(Modes.title(run, outcome)));
        }
        return modes.entrySet().stream()
                .map(entry -> String.join(", ", entry.getValue()) + ": " + entry.getKey())
                .toList();
    }

    /** {@code Cross-checks: 12 of 12 balance.}, or how many do not. */
    public static String crossChecks(RunRecord run) {
        long accounts = run.outcomes().stream()
                .mapToLong(outcome -> outcome.ledger().accounts().size())
                .sum();
        long unbalanced = run.outcomes().stream()
                .mapToLong(outcome -> outcome.ledger().unbalanced().size())
                .sum();
        if (accounts == 0) {
            return "Cross-checks: nothing was counted on both sides.";
        }
        return unbalanced == 0
                ? "Cross-checks: %d of %d balance.".formatted(accounts, accounts)
                : "Cross-checks: %d of %d %s not balance."
                        .formatted(unbalanced, accounts, unbalanced == 1 ? "does" : "do");
    }

    /** What to say first about an interrupted run; empty for a complete one. */
    public static String partial(RunRecord run) {
        return run.partial()
                ? "PARTIAL: interrupted after %s of %s."
                        .formatted(
                                Decimals.span(run.measuredNanos()),
                                Decimals.span(run.scenario().run().durationNanos()))
                : "";
    }
}
