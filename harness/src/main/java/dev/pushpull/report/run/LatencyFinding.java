package dev.pushpull.report.run;

import dev.pushpull.report.shared.AcrossClocks;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Simulated;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.Comparator;
import java.util.List;

/** What the charts of latencies show, in a sentence each, computed from the distributions that they draw. */
final class LatencyFinding {
    /** The best first: the highest one that the samples of every mode carry is quoted. */
    private static final List<Double> QUANTILES = List.of(0.99, 0.9, 0.5);

    private static final double[] ROUND = {1, 2, 5, 10};

    private final RunRecord run;
    private final List<Outcome> drawn;
    private final double quantile;

    private LatencyFinding(RunRecord run) {
        this.run = run;
        this.drawn = run.outcomes().stream()
                .filter(outcome -> AcrossClocks.measures(outcome, 0.5))
                .toList();
        this.quantile = QUANTILES.stream()
                .filter(p -> drawn.stream().allMatch(outcome -> AcrossClocks.measures(outcome, p)))
                .findFirst()
                .orElse(0.5);
    }

    /** {@code 99 % of the events arrive within 1.31 ms by webhooks; polling needs 498 ms}, where medians were measured. */
    static String ofPercentiles(RunRecord run) {
        LatencyFinding finding = new LatencyFinding(run);
        return finding.drawn.isEmpty() ? "Delay at every percentile" : finding.percentiles();
    }

    /** {@code Within 2 ms 99.8 % of the events are there by webhooks, 0.4 % by polling}, where medians were measured. */
    static String ofShares(RunRecord run) {
        LatencyFinding finding = new LatencyFinding(run);
        return finding.drawn.isEmpty() ? "Share of events that are there within a time" : finding.shares();
    }

    private String percentiles() {
        List<Alike> groups = Alike.ranked(drawn, outcome -> millis(outcome, quantile), Decimals::milliseconds);
        Alike first = groups.get(0);
        Alike last = groups.get(groups.size() - 1);
        String most = quantile == 0.5 ? "Half" : Decimals.setting(100 * quantile) + " %";
        String soonest = "%s of the %s arrive %s by %s%s"
                .formatted(
                        most,
                        events(),
                        first.value() == 0 ? "at once" : "within " + first.text(),
                        first.names(),
                        first.value() == 0 ? Simulated.aside(run) : "");
        return switch (groups.size()) {
            case 1 -> soonest;
            case 2 -> soonest + "; " + last.with("needs", "need") + " " + last.text();
            default ->
                soonest + "; of " + drawn.size() + " modes " + last.with("needs", "need") + " the longest, "
                        + last.text();
        };
    }

    private String shares() {
        Comparator<Outcome> soonest = Comparator.comparingDouble(outcome -> millis(outcome, quantile));
        Outcome first = drawn.stream().min(soonest).orElseThrow();
        Outcome last = drawn.stream().max(soonest).orElseThrow();
        if (millis(first, quantile) == millis(last, quantile)) {
            return "Half of the %s are there within %s by %s"
                    .formatted(
                            events(),
                            Decimals.milliseconds(millis(first, 0.5)),
                            first.traits().called());
        }
        if (millis(first, quantile) == 0) {
            return "%s of the %s are there at once by %s; by %s half of them are there within %s"
                    .formatted(
                            share(first, 0),
                            events(),
                            first.traits().called(),
                            last.traits().called(),
                            Decimals.milliseconds(millis(last, 0.5)));
        }
        double within = rounded(millis(first, quantile));
        return "Within %s %s of the %s are there by %s, %s by %s"
                .formatted(
                        Decimals.settingMilliseconds(within),
                        share(first, within),
                        events(),
                        first.traits().called(),
                        share(last, within),
                        last.traits().called());
    }

    /** Latencies are known of what arrived. */
    private String events() {
        return drawn.stream().anyMatch(outcome -> outcome.counts().missedInAll() > 0) ? "delivered events" : "events";
    }

    private static double millis(Outcome outcome, double quantile) {
        return outcome.latency().valueAt(quantile) / 1e6;
    }

    private static String share(Outcome outcome, double withinMillis) {
        Distribution latency = outcome.latency();
        return Decimals.share(latency.histogram().getPercentileAtOrBelowValue(Math.round(withinMillis * 1e6)) / 100);
    }

    /** The next round number of milliseconds: 1, 2 or 5 and zeros. */
    private static double rounded(double millis) {
        double decade = Math.pow(10, Math.floor(Math.log10(millis)));
        for (double step : ROUND) {
            if (step * decade >= millis) {
                return step * decade;
            }
        }
        return 10 * decade;
    }
}
