package dev.pushpull.scenario;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What an experiment found about a claim.
 *
 * @param bound the claim holds within it, for instance {@code lambda*T < 1.02}; empty unless the claim holds only
 *     within one
 * @param reason one sentence with the figures that decided
 * @param figures at least one
 * @param evidence the measurements behind the figures
 */
public record ClaimFinding(
        Claim claim, Verdict verdict, String bound, String reason, List<Figure> figures, List<EvidenceTable> evidence) {

    /** What the measurements say about the claim. */
    public enum Verdict {
        HOLDS,
        HOLDS_WHEN,
        FAILS,
        INCONCLUSIVE
    }

    /**
     * One figure measured for both ways, and for the other way of a claim that is about one, with theory's value where
     * there is one. An absent value means that the figure has no meaning for that way, or that there were too few samples.
     *
     * @param metric in snake_case, with its scenario where it needs one
     * @param unit for instance {@code ms}, {@code requests}, {@code ratio}
     * @param evidence the file and columns behind it, for instance {@code evidence/effort.csv: load_factor,
     *     requests_per_delivery}
     */
    public record Figure(
            String metric,
            String unit,
            OptionalDouble polling,
            OptionalDouble webhook,
            OptionalDouble pollingPredicted,
            OptionalDouble webhookPredicted,
            String evidence,
            OptionalDouble other,
            OptionalDouble otherPredicted) {
        /** Older runs have no other way. */
        public Figure {
            other = other == null ? OptionalDouble.empty() : other;
            otherPredicted = otherPredicted == null ? OptionalDouble.empty() : otherPredicted;
        }

        /** A figure without a closed form. */
        public static Figure of(String metric, String unit, double polling, double webhook, String evidence) {
            return new Figure(
                    metric,
                    unit,
                    present(polling),
                    present(webhook),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    evidence,
                    OptionalDouble.empty(),
                    OptionalDouble.empty());
        }

        /** The same with theory's values; NaN where it has none. */
        public Figure predicted(double polling, double webhook) {
            return new Figure(
                    metric,
                    unit,
                    this.polling,
                    this.webhook,
                    present(polling),
                    present(webhook),
                    evidence,
                    other,
                    otherPredicted);
        }

        /** The same with what was measured for the other way, and theory's value; NaN where there is none. */
        public Figure other(double measured, double predicted) {
            return new Figure(
                    metric,
                    unit,
                    polling,
                    webhook,
                    pollingPredicted,
                    webhookPredicted,
                    evidence,
                    present(measured),
                    present(predicted));
        }

        /** Whether it was measured for any way. */
        public boolean measured() {
            return polling.isPresent() || webhook.isPresent() || other.isPresent();
        }

        /** Its name for people. */
        public String inWords() {
            return words(metric);
        }

        private static OptionalDouble present(double value) {
            return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
        }
    }

    /** A name in snake_case as people say it: {@code receiver_busy_60_percent_poisson} becomes a load and a law. */
    public static String words(String name) {
        return name.replace('_', ' ')
                .replaceAll("(?<=\\S) ?receiver busy (\\d+) percent", ", receiver $1 % busy")
                .replaceAll("receiver busy (\\d+) percent", "receiver $1 % busy")
                .replace("busy poisson", "busy, random events")
                .replace("busy bursty", "busy, events in bursts")
                .replaceAll(" in flight (\\d+) each (\\d+)", ", $1 in flight, $2 each")
                .replace("per delivery", "per delivered event")
                .replace("wasted ratio", "empty polls")
                .replaceAll("at load (\\S+)", "at $1 events per interval");
    }

    /** @throws IllegalArgumentException when a bound is missing or unexpected, or there is no figure */
    public ClaimFinding {
        if (verdict == Verdict.HOLDS_WHEN == bound.isEmpty()) {
            throw new IllegalArgumentException(claim.id() + ": " + verdict + " with the bound '" + bound + "'");
        }
        if (figures.isEmpty()) {
            throw new IllegalArgumentException(claim.id() + ": a verdict without a figure");
        }
    }
}
