package dev.pushpull.report.run;

import dev.pushpull.report.shared.Figure;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The modes of a run by all that is better when there is less of it, each difference weighed by its size: a factor of a
 * thousand in one figure is more than a few per cent in another, and what lies within the intervals is no difference.
 *
 * @param best those that nothing large sets apart, the best first
 * @param rival the best of the others; the first that has something large in its favour, where there is one
 * @param others the rest, the better first
 * @param nothing those that delivered nothing
 */
record Ranking(RunRecord run, List<Outcome> best, List<Outcome> rival, List<Outcome> others, List<Outcome> nothing) {
    static final List<String> COLUMNS = List.of("latency_mean_ms", "requests_per_delivery", "bytes_per_delivery");

    /** From this factor on a difference is large: it sets modes apart. */
    private static final double LARGE = Math.log(1.5);

    /** From this factor on a difference is a reason to take a mode in spite of all that speaks against it. */
    private static final double REASON = Math.log(2);

    /** Nobody waits for less, in milliseconds: what is sooner than this is as soon. */
    static final double AT_ONCE_MILLIS = 1;

    /** A share that did not arrive weighs as much as this many times itself, added to one, in a factor. */
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

    /** Whether the one is better by much in anything. */
    private static boolean leads(RunRecord run, Outcome one, Outcome other, double by) {
        return missed(other) - missed(one) >= by
                || COLUMNS.stream().anyMatch(column -> gain(run, column, one, other) >= by);
    }

    /** Whether the rival has something large in its favour, so that it depends on what one cares for. */
    boolean depends() {
        return !rival.isEmpty() && leads(run, rival.get(0), best.get(0), REASON);
    }

    /** Whether one is better in a figure by much, or by any difference that the run can tell. */
    static boolean isBetter(RunRecord run, String column, Outcome one, Outcome other, boolean much) {
        double gain = gain(run, column, one, other);
        return much ? gain >= LARGE : gain > 0;
    }

    /** Whether one left so much less undelivered that it matters. */
    static boolean missesLess(Outcome one, Outcome other) {
        return missed(other) - missed(one) >= LARGE;
    }

    /** The logarithm of how many times less the one has; 0 where it has not, or the intervals meet. */
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
