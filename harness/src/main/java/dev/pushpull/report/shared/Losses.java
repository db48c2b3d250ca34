package dev.pushpull.report.shared;

import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Must be shown beside every sentence that compares modes: what each of them lost, and what was still pending. A mode
 * that did not deliver everything is cheaper for that reason, and nobody should take this for an advantage.
 */
public final class Losses {
    private Losses() {}

    /** {@code Lost: polling 8,500 of 10,000 deliveries (85.0 %).}; empty when nothing was lost. */
    public static String of(RunRecord run) {
        return sentence("Lost: ", List.of(run), mode -> true, Outcome.Counts::lostInAll);
    }

    /** The same over the cells of a sweep, for some modes. */
    public static String of(List<RunRecord> cells, Predicate<String> modes) {
        return sentence("Lost: ", cells, modes, Outcome.Counts::lostInAll);
    }

    /** {@code Pending when the time was over: webhook 12 of 600 deliveries (2.00 %).}; empty when nothing was. */
    public static String pending(RunRecord run) {
        return pending(List.of(run), mode -> true);
    }

    /** The same over the cells of a sweep, for some modes. */
    public static String pending(List<RunRecord> cells, Predicate<String> modes) {
        return sentence("Pending when the time was over: ", cells, modes, Outcome.Counts::pendingInAll);
    }

    /** {@code 85.0 % lost}; empty when nothing was. */
    public static String share(Outcome outcome) {
        long lost = outcome.counts().lostInAll();
        return lost == 0 ? "" : Decimals.share((double) lost / outcome.counts().expected()) + " lost";
    }

    /** {@code 8,500 (85.0 %)}, or {@code 0}. */
    public static String figure(Outcome outcome) {
        long lost = outcome.counts().lostInAll();
        return Decimals.count(lost)
                + (lost == 0
                        ? ""
                        : " (" + Decimals.share((double) lost / outcome.counts().expected()) + ")");
    }

    private static String sentence(
            String start, List<RunRecord> cells, Predicate<String> modes, ToLongFunction<Outcome.Counts> missed) {
        List<String> parts = new ArrayList<>();
        cells.stream()
                .flatMap(cell -> cell.outcomes().stream().map(outcome -> Modes.title(cell, outcome)))
                .distinct()
                .filter(modes)
                .forEach(mode -> {
                    String part = part(mode, cells, missed);
                    if (!part.isEmpty()) {
                        parts.add(part);
                    }
                });
        return parts.isEmpty() ? "" : start + String.join(", ", parts) + ".";
    }

    private static String part(String mode, List<RunRecord> cells, ToLongFunction<Outcome.Counts> missed) {
        List<Outcome.Counts> all = cells.stream()
                .flatMap(cell -> cell.outcomes().stream()
                        .filter(outcome -> Modes.title(cell, outcome).equals(mode)))
                .map(Outcome::counts)
                .toList();
        long sum = all.stream().mapToLong(missed).sum();
        if (sum == 0) {
            return "";
        }
        long expected = all.stream().mapToLong(Outcome.Counts::expected).sum();
        String text = "%s %s of %s deliveries (%s)"
                .formatted(
                        mode, Decimals.count(sum), Decimals.count(expected), Decimals.share((double) sum / expected));
        if (cells.size() == 1) {
            return text;
        }
        long some =
                all.stream().filter(counts -> missed.applyAsLong(counts) > 0).count();
        double worst = all.stream()
                .filter(counts -> counts.expected() > 0)
                .mapToDouble(counts -> (double) missed.applyAsLong(counts) / counts.expected())
                .max()
                .orElse(0);
        return text
                + (some == all.size() ? " over all cells" : " over all cells, in %d of %d".formatted(some, all.size()))
                + ", up to %s in one".formatted(Decimals.share(worst));
    }
}
