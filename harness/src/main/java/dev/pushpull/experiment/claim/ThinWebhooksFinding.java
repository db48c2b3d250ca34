package dev.pushpull.experiment.claim;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.measure.Intervals;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import dev.pushpull.scenario.ClaimFinding.Verdict;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is said about thin webhooks. */
final class ThinWebhooksFinding {
    private static final String MEAN = "latency_mean_ms";
    private static final String REQUESTS = "requests_per_delivery";
    private static final String BYTES = "bytes_per_delivery";
    private static final String LOST = "lost_ratio";
    private static final String AT_ONCE = "read_at_once";

    /** A smaller share may be chance, a larger one is none. */
    private static final double SOME = 0.05;

    private static final List<String> COLUMNS = List.of(
            "case",
            "mode",
            "visibility_lag_ms",
            "expected",
            "delivered",
            "lost_share",
            "lost_share_low",
            "lost_share_high",
            REQUESTS,
            BYTES,
            MEAN,
            "latency_mean_low_ms",
            "latency_mean_high_ms",
            "invalid");

    private ThinWebhooksFinding() {}

    /**
     * A run in which reads lag behind.
     *
     * @param policy what a consumer does when a read lacks the event
     */
    record Lagging(DeliveryMode thin, int lagMillis, String policy, Outcome outcome) {
        String name() {
            return "lag_%d_ms_%s".formatted(lagMillis, policy.replace('-', '_'));
        }
    }

    /**
     * The share of events that are lost for good.
     *
     * @param lags whether reads lag behind
     */
    record Lost(boolean lags, double low, double high) {
        static Lost of(boolean lags, Outcome outcome) {
            return outcome.valid()
                    ? Intervals.wilson(
                                    outcome.counts().lostInAll(),
                                    outcome.counts().expected())
                            .map(share -> new Lost(lags, share.low(), share.high()))
                            .orElse(new Lost(lags, 0, 1))
                    : new Lost(lags, 0, 1);
        }

        boolean some() {
            return low > SOME;
        }

        boolean none() {
            return high < SOME;
        }
    }

    /**
     * HOLDS when nothing is lost, whether reads lag behind or not; HOLDS_WHEN events are lost only where they do; FAILS
     * when events are lost though reads are up to date; otherwise INCONCLUSIVE.
     */
    static Verdict verdict(List<Lost> cases) {
        List<Lost> atOnce = cases.stream().filter(one -> !one.lags()).toList();
        List<Lost> lagging = cases.stream().filter(Lost::lags).toList();
        if (atOnce.stream().anyMatch(Lost::some)) {
            return Verdict.FAILS;
        }
        if (atOnce.isEmpty() || lagging.isEmpty() || !atOnce.stream().allMatch(Lost::none)) {
            return Verdict.INCONCLUSIVE;
        }
        if (lagging.stream().anyMatch(Lost::some)) {
            return Verdict.HOLDS_WHEN;
        }
        return lagging.stream().allMatch(Lost::none) ? Verdict.HOLDS : Verdict.INCONCLUSIVE;
    }

    /** @param losesFromMillis the lag from which on a consumer that takes the webhook's word loses events */
    static ClaimFinding of(OtherWays atOnce, List<Lagging> lagging, double losesFromMillis) {
        EvidenceTable evidence = evidence(atOnce, lagging);
        EvidenceTable calculated = new EvidenceTable(
                "thin-webhooks-bound", List.of("loses_from_a_lag_of_ms"), List.of(Evidence.row(losesFromMillis)));
        List<Lost> cases = new ArrayList<>();
        OtherWays.thin().forEach(thin -> cases.add(Lost.of(false, atOnce.of(thin))));
        lagging.forEach(one -> cases.add(Lost.of(true, one.outcome())));
        Verdict verdict = verdict(cases);
        return new ClaimFinding(
                Claim.THIN_WEBHOOKS,
                verdict,
                verdict == Verdict.HOLDS_WHEN ? bound(losesFromMillis) : "",
                said(atOnce, lagging, losesFromMillis),
                figures(atOnce, lagging, losesFromMillis, evidence, calculated),
                List.of(evidence, calculated));
    }

    static String bound(double losesFromMillis) {
        String reads = "the cursor comes from what was read";
        return Double.isNaN(losesFromMillis)
                ? reads
                : String.format(Locale.ROOT, "reads lag < %.2f ms, or %s", losesFromMillis, reads);
    }

    private static EvidenceTable evidence(OtherWays atOnce, List<Lagging> lagging) {
        List<List<Object>> rows = new ArrayList<>();
        rows.add(row(AT_ONCE, 0, atOnce.polling()));
        rows.add(row(AT_ONCE, 0, atOnce.webhook()));
        OtherWays.thin().forEach(thin -> rows.add(row(AT_ONCE, 0, atOnce.of(thin))));
        lagging.forEach(one -> rows.add(row(one.name(), one.lagMillis(), one.outcome())));
        return new EvidenceTable("thin-webhooks", COLUMNS, rows);
    }

    private static List<Object> row(String name, int lagMillis, Outcome outcome) {
        Estimate lost = Intervals.wilson(
                        outcome.counts().lostInAll(), outcome.counts().expected())
                .orElse(new Estimate(Double.NaN, Double.NaN, Double.NaN, ""));
        Reading mean = Reading.of(outcome, MEAN);
        return Evidence.row(
                name,
                outcome.mode(),
                lagMillis,
                outcome.counts().expected(),
                outcome.counts().delivered(),
                lost.value(),
                lost.low(),
                lost.high(),
                Reading.of(outcome, REQUESTS).value(),
                Reading.of(outcome, BYTES).value(),
                mean.value(),
                mean.low(),
                mean.high(),
                String.join("; ", outcome.invalid()));
    }

    private static double lostShare(Outcome outcome) {
        return (double) outcome.counts().lostInAll() / outcome.counts().expected();
    }

    private static List<Figure> figures(
            OtherWays atOnce,
            List<Lagging> lagging,
            double losesFromMillis,
            EvidenceTable evidence,
            EvidenceTable calculated) {
        List<Figure> figures = new ArrayList<>();
        for (DeliveryMode thin : OtherWays.thin()) {
            Outcome polling = atOnce.polling();
            Outcome webhook = atOnce.webhook();
            Outcome other = atOnce.of(thin);
            figures.add(Figure.of(
                            "lost_" + AT_ONCE,
                            "ratio",
                            lostShare(polling),
                            lostShare(webhook),
                            evidence.cited("case", "mode", "lost_share"))
                    .other(lostShare(other), Reading.predicted(other, LOST)));
            for (String column : List.of(REQUESTS, BYTES, MEAN)) {
                figures.add(Figure.of(
                                named(column, AT_ONCE),
                                unit(column),
                                Reading.of(polling, column).value(),
                                Reading.of(webhook, column).value(),
                                evidence.cited("case", "mode", column))
                        .predicted(Reading.predicted(polling, column), Reading.predicted(webhook, column))
                        .other(Reading.of(other, column).value(), Reading.predicted(other, column)));
            }
        }
        for (Lagging one : lagging) {
            Outcome outcome = one.outcome();
            figures.add(Figure.of(
                            "lost_" + one.name(),
                            "ratio",
                            Double.NaN,
                            Double.NaN,
                            evidence.cited("case", "mode", "lost_share"))
                    .other(lostShare(outcome), Reading.predicted(outcome, LOST)));
            for (String column : List.of(REQUESTS, MEAN)) {
                Figure figure = Figure.of(
                                named(column, one.name()),
                                unit(column),
                                Double.NaN,
                                Double.NaN,
                                evidence.cited("case", "mode", column))
                        .other(Reading.of(outcome, column).value(), Reading.predicted(outcome, column));
                if (figure.measured()) {
                    figures.add(figure);
                }
            }
        }
        figures.add(Figure.of(
                        "loses_from_a_lag_of", "ms", Double.NaN, Double.NaN, calculated.cited("loses_from_a_lag_of_ms"))
                .other(Double.NaN, losesFromMillis));
        return figures;
    }

    private static String named(String column, String which) {
        return column.replaceAll("latency_|_per_delivery|_ms$", "") + "_" + which;
    }

    private static String unit(String column) {
        return column.equals(MEAN) ? "ms" : "";
    }

    private static String said(OtherWays atOnce, List<Lagging> lagging, double losesFromMillis) {
        String each = OtherWays.thin().stream()
                .map(thin -> atOnce.of(thin))
                .map(thin -> {
                    double requests = Reading.of(thin, REQUESTS).value();
                    return String.format(
                            Locale.ROOT,
                            "a %s takes %.2f requests and %.0f bytes an event, a whole webhook %.2f and %.0f; it is %.2f ms"
                                    + " late on average, a whole one %.2f ms; polling takes fewer requests from lambda*T = %.2f on"
                                    + " (from %.2f on beside whole ones)",
                            thin.mode(),
                            requests,
                            Reading.of(thin, BYTES).value(),
                            Reading.of(atOnce.webhook(), REQUESTS).value(),
                            Reading.of(atOnce.webhook(), BYTES).value(),
                            Reading.of(thin, MEAN).value(),
                            Reading.of(atOnce.webhook(), MEAN).value(),
                            1 / requests,
                            1 / Reading.of(atOnce.webhook(), REQUESTS).value());
                })
                .collect(Collectors.joining("; "));
        String lag = lagging.stream()
                .map(one -> String.format(
                        Locale.ROOT,
                        "%s: %d of %d events lost%s",
                        one.policy(),
                        one.outcome().counts().lostInAll(),
                        one.outcome().counts().expected(),
                        one.outcome().latency().meanMillis().isPresent()
                                ? String.format(
                                        Locale.ROOT,
                                        ", %.2f requests an event, %.0f ms late",
                                        Reading.of(one.outcome(), REQUESTS).value(),
                                        Reading.of(one.outcome(), MEAN).value())
                                : ""))
                .collect(Collectors.joining("; "));
        return "%s; where reads show an event %d ms after it, and the consumer reads again, waits for the next webhook or skips it: %s; predicted: skipping loses all from a lag of %s on"
                .formatted(
                        each,
                        lagging.isEmpty() ? 0 : lagging.get(0).lagMillis(),
                        lag,
                        Double.isNaN(losesFromMillis)
                                ? "no known length"
                                : String.format(Locale.ROOT, "%.2f ms", losesFromMillis));
    }
}
