package dev.pushpull.experiment.claim;

import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import dev.pushpull.scenario.ClaimFinding.Verdict;
import dev.pushpull.scenario.EvidenceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The effect of bad peers on healthy ones, as figures and a verdict. */
final class BadEndpointFinding {
    /** As for instant updates: a delay that people do not notice. */
    private static final double NOTICED_MILLIS = 100;

    private BadEndpointFinding() {}

    /**
     * What a healthy peer noticed.
     *
     * @param share of the places in flight that the bad peers may take
     * @param p99LowMillis NaN when there were too few latencies
     */
    record Noticed(double share, long missed, double p99LowMillis, double p99HighMillis) {
        boolean surely() {
            return missed > 0 || p99LowMillis > NOTICED_MILLIS;
        }

        boolean surelyNot() {
            return missed == 0 && p99HighMillis < NOTICED_MILLIS;
        }
    }

    /** @param conversations how many each kind of bad peer had */
    static ClaimFinding of(List<InTurn> senders, List<InTurn> others, Map<String, Long> conversations) {
        List<InTurn> all = new ArrayList<>(senders);
        all.addAll(others);
        EvidenceTable evidence = new EvidenceTable(
                "bad-endpoint", InTurn.COLUMNS, all.stream().map(InTurn::row).toList());
        EvidenceTable kinds = new EvidenceTable(
                "bad-endpoint-kinds",
                List.of("bad", "kind", "connections"),
                conversations.entrySet().stream()
                        .map(entry -> Evidence.row(
                                entry.getKey().split(" ")[0], entry.getKey().split(" ")[1], entry.getValue()))
                        .toList());
        List<Figure> figures = new ArrayList<>();
        for (String name : all.stream().map(InTurn::setting).distinct().toList()) {
            figures.add(figure("missed_", name, "deliveries", all, evidence, "missed_beside"));
            figures.add(figure("p99_quiet_", name, "ms", all, evidence, "latency_p99_quiet_ms"));
            figures.add(figure("p99_beside_bad_", name, "ms", all, evidence, "latency_p99_beside_ms"));
            figures.add(figure("p99_ratio_", name, "ratio", all, evidence, "p99_ratio"));
        }
        List<Noticed> noticed = senders.stream()
                .map(one -> new Noticed(
                        one.share(),
                        InTurn.missed(one.beside()),
                        one.p99Beside().low(),
                        one.p99Beside().high()))
                .toList();
        Verdict verdict = verdict(noticed);
        return new ClaimFinding(
                Claim.BAD_ENDPOINT,
                verdict,
                verdict == Verdict.HOLDS_WHEN ? bound(noticed) : "",
                said(all),
                figures,
                List.of(evidence, kinds));
    }

    /** Pollers are in one column, senders and receivers of webhooks in the other. */
    private static Figure figure(
            String prefix, String name, String unit, List<InTurn> all, EvidenceTable evidence, String column) {
        double polling = Double.NaN;
        double webhook = Double.NaN;
        for (InTurn one : all) {
            if (one.setting().equals(name) && one.row().get(InTurn.COLUMNS.indexOf(column)) instanceof Number number) {
                if (one.peer().equals("sender") || one.peer().equals("receiver")) {
                    webhook = number.doubleValue();
                } else {
                    polling = number.doubleValue();
                }
            }
        }
        return Figure.of(prefix + name, unit, polling, webhook, evidence.cited("peer", "case", column));
    }

    /**
     * HOLDS when healthy endpoints surely notice the bad ones, however few places these may take: a delivery is missed,
     * or p99 exceeds a tenth of a second. FAILS when they surely never do. HOLDS_WHEN they do from some share of the
     * places on and surely not below it; otherwise INCONCLUSIVE.
     */
    static Verdict verdict(List<Noticed> all) {
        if (all.stream().allMatch(Noticed::surely)) {
            return Verdict.HOLDS;
        }
        if (all.stream().allMatch(Noticed::surelyNot)) {
            return Verdict.FAILS;
        }
        boolean decided = all.stream().allMatch(one -> one.surely() || one.surelyNot());
        double mostUnnoticed = all.stream()
                .filter(Noticed::surelyNot)
                .mapToDouble(Noticed::share)
                .max()
                .orElse(Double.POSITIVE_INFINITY);
        return decided && mostUnnoticed < leastNoticed(all) ? Verdict.HOLDS_WHEN : Verdict.INCONCLUSIVE;
    }

    static String bound(List<Noticed> all) {
        return String.format(
                Locale.ROOT, "bad endpoints may take >= %.2f x all attempts allowed in flight", leastNoticed(all));
    }

    private static double leastNoticed(List<Noticed> all) {
        return all.stream()
                .filter(Noticed::surely)
                .mapToDouble(Noticed::share)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static String said(List<InTurn> all) {
        return String.join(
                "; ",
                all.stream()
                        .map(one -> String.format(
                                Locale.ROOT,
                                "%s, %s: %,d missed, p99 %s ms beside bad ones, %s ms without them",
                                one.peer(),
                                one.setting().replace('_', ' '),
                                InTurn.missed(one.beside()),
                                millis(InTurn.p99(one.beside())),
                                millis(InTurn.p99(one.quiet()))))
                        .toList());
    }

    private static String millis(double value) {
        return Double.isNaN(value) ? "too few" : String.format(Locale.ROOT, "%.1f", value);
    }
}
