package dev.pushpull.experiment.claim;

import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import dev.pushpull.scenario.ClaimFinding.Verdict;
import dev.pushpull.scenario.EvidenceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The effect of outages, as figures and a verdict. */
final class DeliveryFailuresFinding {
    private static final List<String> COLUMNS = List.of(
            "case",
            "events",
            "events_in_outage",
            "missed",
            "missed_predicted",
            "attempts",
            "attempts_predicted",
            "recovered_after_s",
            "out_of_order");

    private DeliveryFailuresFinding() {}

    /** The side that was down, and how events arrived once it was back. */
    enum Kind {
        CONSUMER_SENT_WEBHOOKS,
        CONSUMER_POLLING,
        SENDER_RESTARTED
    }

    /**
     * The result of one case.
     *
     * @param missedPredicted NaN where theory has no answer
     * @param outOfOrder events that came after a later one, as retries cause; NaN where that was not checked
     * @param recoveredSeconds from the end of the outage to the arrival of its last event; NaN when none arrived
     */
    record Case(
            Kind kind,
            String name,
            long events,
            long inOutage,
            long missed,
            double missedPredicted,
            double attempts,
            double attemptsPredicted,
            double recoveredSeconds,
            double outOfOrder) {}

    /**
     * @param schedules how many of the cases, the first ones, are retry schedules; then come one with a reconciling
     *     poll, a poller where all events are kept, and one where few are
     */
    static ClaimFinding of(List<Case> cases, int schedules, long outageSeconds, int fewKept) {
        EvidenceTable evidence = new EvidenceTable(
                "delivery-failures",
                COLUMNS,
                cases.stream()
                        .map(each -> Evidence.row(
                                each.name(),
                                each.events(),
                                each.inOutage(),
                                each.missed(),
                                each.missedPredicted(),
                                each.attempts(),
                                each.attemptsPredicted(),
                                each.recoveredSeconds(),
                                each.outOfOrder()))
                        .toList());
        List<Figure> figures = new ArrayList<>();
        for (Case each : cases) {
            boolean polls = each.kind() == Kind.CONSUMER_POLLING;
            figures.add(Figure.of(
                            "missed_" + each.name(),
                            "of " + each.events(),
                            polls ? each.missed() : Double.NaN,
                            polls ? Double.NaN : each.missed(),
                            evidence.cited("case", "missed"))
                    .predicted(
                            polls ? each.missedPredicted() : Double.NaN, polls ? Double.NaN : each.missedPredicted()));
            if (each.outOfOrder() > 0) {
                figures.add(Figure.of(
                        "out_of_order_" + each.name(),
                        "",
                        Double.NaN,
                        each.outOfOrder(),
                        evidence.cited("case", "out_of_order")));
            }
            if (!Double.isNaN(each.recoveredSeconds())) {
                figures.add(Figure.of(
                        "recovered_after_" + each.name(),
                        "s",
                        polls ? each.recoveredSeconds() : Double.NaN,
                        polls ? Double.NaN : each.recoveredSeconds(),
                        evidence.cited("case", "recovered_after_s")));
            }
        }
        Case none = cases.get(0);
        Case best = cases.get(schedules - 1);
        Case kept = cases.get(schedules + 1);
        String reason = String.format(
                Locale.ROOT,
                "down for %d s: without retries %d of %d events are missed, with exponential retries %d, by polling %d where"
                        + " all events are kept and %d where the newest %d are",
                outageSeconds,
                none.missed(),
                none.events(),
                best.missed(),
                kept.missed(),
                cases.get(schedules + 2).missed(),
                fewKept);
        Verdict verdict = verdict(cases);
        return new ClaimFinding(
                Claim.DELIVERY_FAILURES,
                verdict,
                verdict == Verdict.HOLDS_WHEN ? "the outage outlasts the retries" : "",
                reason,
                figures,
                List.of(evidence));
    }

    /**
     * "The event might be missed (though most providers retry)": HOLDS when every schedule misses some; HOLDS_WHEN some
     * do and one that outlasts the outage does not; FAILS when none does; INCONCLUSIVE with fewer than 20 events in the
     * outage.
     */
    static Verdict verdict(List<Case> cases) {
        List<Case> pushed = cases.stream()
                .filter(each -> each.kind() == Kind.CONSUMER_SENT_WEBHOOKS)
                .toList();
        if (pushed.stream().anyMatch(each -> each.inOutage() < 20)) {
            return Verdict.INCONCLUSIVE;
        }
        long missing = pushed.stream().filter(each -> each.missed() > 0).count();
        if (missing == 0) {
            return Verdict.FAILS;
        }
        return missing == pushed.size() ? Verdict.HOLDS : Verdict.HOLDS_WHEN;
    }
}
