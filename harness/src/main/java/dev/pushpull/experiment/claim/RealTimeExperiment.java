package dev.pushpull.experiment.claim;

import dev.pushpull.experiment.claim.LoadSweep.Cell;
import dev.pushpull.scenario.AgreementBounds;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import dev.pushpull.scenario.ClaimFinding.Verdict;
import dev.pushpull.scenario.EvidenceTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether polling delays events by up to its interval, half of it on average, and webhooks do not depend on it. */
final class RealTimeExperiment implements ClaimExperiment {
    private static final String MEAN = "latency_mean_ms";

    @Override
    public Claim claim() {
        return Claim.REAL_TIME;
    }

    @Override
    public ClaimFinding run(ClaimSetting setting) throws IOException, InterruptedException {
        return judged(setting.loadSweep());
    }

    /**
     * The result for one interval.
     *
     * @param polled mean delay as a share of the interval
     */
    record Interval(double millis, Reading polled, Reading pushedMillis, Reading polledMillis) {
        boolean proportional() {
            return polled.low() > 0.5 - AgreementBounds.LATENCY_PER_INTERVAL
                    && polled.high() < 0.5 + AgreementBounds.LATENCY_PER_INTERVAL;
        }

        boolean otherwise() {
            return polled.isBelow(0.5 - AgreementBounds.LATENCY_PER_INTERVAL)
                    || polled.isAbove(0.5 + AgreementBounds.LATENCY_PER_INTERVAL);
        }
    }

    static ClaimFinding judged(LoadSweep sweep) {
        EvidenceTable evidence = sweep.evidence();
        List<Interval> intervals = new ArrayList<>();
        List<Figure> figures = new ArrayList<>();
        for (Cell cell : sweep.byInterval()) {
            double millis = cell.intervalMillis();
            Reading polled = Reading.of(cell.polling(), MEAN);
            Reading pushed = Reading.of(cell.webhook(), MEAN);
            intervals.add(new Interval(
                    millis,
                    new Reading(polled.value() / millis, polled.low() / millis, polled.high() / millis),
                    pushed,
                    polled));
            figures.add(Figure.of(
                            String.format(Locale.ROOT, "latency_mean_at_interval_%.0f_ms", millis),
                            "ms",
                            polled.value(),
                            pushed.value(),
                            evidence.cited("interval_s", MEAN))
                    .predicted(Reading.predicted(cell.polling(), MEAN), Double.NaN));
        }
        if (figures.isEmpty()) {
            figures.add(Figure.of("latency_mean", "ms", Double.NaN, Double.NaN, evidence.cited("interval_s", MEAN)));
        }
        Verdict verdict = verdict(intervals);
        return new ClaimFinding(
                Claim.REAL_TIME,
                verdict,
                verdict == Verdict.HOLDS_WHEN ? bound(intervals) : "",
                said(intervals),
                figures,
                List.of(evidence));
    }

    /**
     * HOLDS when at every interval polling's mean delay is T/2 within 5 % of T and that of webhooks is surely less;
     * HOLDS_WHEN webhooks are faster only at some intervals; FAILS when they are at none, or when polling's delay is
     * surely not T/2 at more than half of the intervals; otherwise INCONCLUSIVE.
     */
    static Verdict verdict(List<Interval> intervals) {
        if (intervals.size() < 3) {
            return Verdict.INCONCLUSIVE;
        }
        long sooner = intervals.stream()
                .filter(interval -> interval.polledMillis().isAbove(interval.pushedMillis()))
                .count();
        long later = intervals.stream()
                .filter(interval -> interval.pushedMillis().isAbove(interval.polledMillis()))
                .count();
        long otherwise = intervals.stream().filter(Interval::otherwise).count();
        if (later == intervals.size() || 2 * otherwise > intervals.size()) {
            return Verdict.FAILS;
        }
        if (sooner > 0 && later > 0) {
            return Verdict.HOLDS_WHEN;
        }
        return sooner == intervals.size() && intervals.stream().allMatch(Interval::proportional)
                ? Verdict.HOLDS
                : Verdict.INCONCLUSIVE;
    }

    private static String bound(List<Interval> intervals) {
        double longest = intervals.stream()
                .filter(interval -> interval.pushedMillis().isAbove(interval.polledMillis()))
                .mapToDouble(Interval::millis)
                .max()
                .orElseThrow();
        return String.format(Locale.ROOT, "T > %.0f ms", longest);
    }

    private static String said(List<Interval> intervals) {
        if (intervals.isEmpty()) {
            return "no cell that can be relied on";
        }
        Interval shortest = intervals.get(0);
        Interval longest = intervals.get(intervals.size() - 1);
        return String.format(
                Locale.ROOT,
                "polling is %.2f T late on average at T = %.0f ms and %.2f T at %.0f ms (predicted T/2); webhooks are"
                        + " %.2f ms and %.2f ms late, whatever T",
                shortest.polled().value(),
                shortest.millis(),
                longest.polled().value(),
                longest.millis(),
                shortest.pushedMillis().value(),
                longest.pushedMillis().value());
    }
}
