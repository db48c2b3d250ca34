package dev.pushpull.report.run;

import dev.pushpull.report.shared.Figure;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The modes of a run, ranked by every figure of which less is better. Each difference is weighed by its size: a factor
 * of a thousand in one figure counts more than a few per cent in another, and what lies within the intervals is no
 * difference.
 *
 * @param best modes that do not differ by much, the best first
 * @param rival the best of the others; if any has something large in its favour, the first of those
 * @param others the rest, the better first
 * @param nothing modes that delivered nothing
 */
record Ranking(RunRecord run, List<Outcome> best, List<Outcome> rival, List<Outcome> others, List<Outcome> nothing) {
    static final List<String> COLUMNS = List.of("latency_mean_ms", "requests_per_delivery", "bytes_per_delivery");

    /** From this factor on a difference is large, and separates modes. */
    private static final double LARGE = Math.log(1.5);

    /** From this factor on a difference is a reason to take a mode despite everything against it. */
    private static final double REASON = Math.log(2);

    /** In milliseconds: nobody notices a shorter delay, so shorter ones count as equal. */
    static final double AT_ONCE_MILLIS = 1;

    /** An undelivered share weighs as much as a factor of one plus this many times the share. */
    private static final double MISSED_WEIGHS = 100;

    static Ranking of(RunRecord run) {
        List<Outcome> nothing = run.outcomes().stream()
                .filter(outcome -> outcome.counts().delivered() == 0)
                .toList();
        List<Outcome> ranked = new ArrayList<>(run.outcomes());
        ranked.removeAll(nothing);
        ranked.sort(Comparator.comparingDouble(outcome -> score(run, outcome)));
        if (ranked.isEmpty()) {
            return new Ranking(run, List.of(), List.of(), List.of(), nothing);
        }
        Outcome first = ranked.get(0);
        List<Outcome> best = ranked.stream()
                .filter(outcome -> !leads(run, first, outcome, LARGE) && !leads(run, outcome, first, LARGE))
                .toList();
        List<Outcome> others = new ArrayList<>(ranked);
        others.removeAll(best);
        List<Outcome> rival = others.stream()
                .filter(outcome -> leads(run, outcome, first, REASON))
                .findFirst()
                .or(() -> others.stream().findFirst())
                .stream()
                .toList();
        others.removeAll(rival);
        return new Ranking(run, best, rival, others, nothing);
    }

    /** Whether one is much better in any figure. */
    private static boolean leads(RunRecord run, Outcome one, Outcome other, double by) {
        return missed(other) - missed(one) >= by
                || COLUMNS.stream().anyMatch(column -> gain(run, column, one, other) >= by);
    }

    /**
     * Whether the rival has something large in its favour, so that the choice depends on what matters to the reader.
     */
    boolean depends() {
        return !rival.isEmpty() && leads(run, rival.get(0), best.get(0), REASON);
    }

    /** Whether one is better in a figure, by much or by any significant difference. */
    static boolean isBetter(RunRecord run, String column, Outcome one, Outcome other, boolean much) {
        double gain = gain(run, column, one, other);
        return much ? gain >= LARGE : gain > 0;
    }

    /** Whether one left so much less undelivered that it matters. */
    static boolean missesLess(Outcome one, Outcome other) {
        return missed(other) - missed(one) >= LARGE;
    }

    /** The logarithm of how many times less the first one has; 0 when it has no less, or the intervals overlap. */
    private static double gain(RunRecord run, String column, Outcome one, Outcome other) {
        Figure ours = Figure.of(run, one, column, "");
        Figure theirs = Figure.of(run, other, column, "");
        if (ours.value().isEmpty() || theirs.value().isEmpty() || !ours.isBelow(theirs)) {
            return 0;
        }
        return Math.max(0, amount(run, column, other) - amount(run, column, one));
    }

    private static double score(RunRecord run, Outcome outcome) {
        return missed(outcome)
                + COLUMNS.stream()
                        .mapToDouble(column -> amount(run, column, outcome))
                        .sum();
    }

    private static double amount(RunRecord run, String column, Outcome outcome) {
        double value = Figure.value(run, outcome, column).orElse(0);
        return Math.log(Math.max(value, column.startsWith("latency_") ? AT_ONCE_MILLIS : 1e-9));
    }

    private static double missed(Outcome outcome) {
        return Math.log1p(MISSED_WEIGHS
                * outcome.counts().missedInAll()
                / Math.max(1, outcome.counts().expected()));
    }
}
