package dev.pushpull.scenario;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What an experiment found of a claim.
 *
 * @param bound within which the statement holds, such as {@code lambda*T < 1.02}; empty unless it holds only within one
 * @param reason one sentence with the figures that decided
 * @param figures at least one
 * @param evidence what the figures rest on
 */
public record ClaimFinding(
        Claim claim, Verdict verdict, String bound, String reason, List<Figure> figures, List<EvidenceTable> evidence) {

    /** What the measurements say of the statement. */
    public enum Verdict {
        HOLDS,
        HOLDS_WHEN,
        FAILS,
        INCONCLUSIVE
    }

    /**
     * One measured figure of both ways, with what theory says where it says something. An absent value means that the
     * figure has no meaning for that way, or that there were too few samples.
     *
     * @param metric in snake_case, with its scenario where it needs one
     * @param unit such as {@code ms}, {@code requests}, {@code ratio}
     * @param evidence the file and columns it rests on, such as {@code evidence/effort.csv: load_factor, requests_per_delivery}
     */
    public record Figure(
            String metric,
            String unit,
            OptionalDouble polling,
            OptionalDouble webhook,
            OptionalDouble pollingPredicted,
            OptionalDouble webhookPredicted,
            String evidence) {
        /** A figure without a closed form. */
        public static Figure of(String metric, String unit, double polling, double webhook, String evidence) {
            return new Figure(
                    metric,
                    unit,
                    present(polling),
                    present(webhook),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    evidence);
        }

        /** The same beside what theory says; NaN where it says nothing. */
        public Figure predicted(double polling, double webhook) {
            return new Figure(metric, unit, this.polling, this.webhook, present(polling), present(webhook), evidence);
        }

        private static OptionalDouble present(double value) {
            return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
        }
    }

    /** @throws IllegalArgumentException when a bound is missing or superfluous, or there is no figure */
    public ClaimFinding {
        if (verdict == Verdict.HOLDS_WHEN == bound.isEmpty()) {
            throw new IllegalArgumentException(claim.id() + ": " + verdict + " with the bound '" + bound + "'");
        }
        if (figures.isEmpty()) {
            throw new IllegalArgumentException(claim.id() + ": a verdict without a figure");
        }
    }
}
