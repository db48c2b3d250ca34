package dev.pushpull.experiment.claim;

import static dev.pushpull.experiment.claim.ClaimScenario.SECOND;

import dev.pushpull.load.BadClient;
import dev.pushpull.load.BadClients;
import dev.pushpull.load.HostileTraffic;
import dev.pushpull.load.HostileTraffic.Kind;
import dev.pushpull.load.HostileTraffic.Tally;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import dev.pushpull.scenario.ClaimFinding.Verdict;
import dev.pushpull.scenario.EvidenceTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The attacks that a public endpoint must bear, and their effect on genuine webhooks. */
final class ExposureExperiment implements ClaimExperiment {
    private static final double RATE_PER_SECOND = 100;
    private static final int ATTACKERS = 4;
    private static final long MOST_REQUESTS = 100_000;
    private static final long ENOUGH_REQUESTS = 1_000;
    private static final String REPLAYED = Kind.REPLAYED.name().toLowerCase(Locale.ROOT);

    private static final List<String> COLUMNS =
            List.of("kind", "sent", "accepted", "refused_4xx", "failed_5xx", "unanswered");
    private static final List<String> GENUINE_COLUMNS =
            List.of("while", "events", "processed", "lost", "latency_p50_ms", "latency_p90_ms", "latency_p99_ms");

    /**
     * How the receiver coped.
     *
     * @param accepted hostile requests, except replays, that were acknowledged, and messages processed that nobody sent
     */
    record Borne(long hostile, long answered, long accepted, long genuineLost) {}

    @Override
    public Claim claim() {
        return Claim.PUBLIC_EXPOSURE;
    }

    @Override
    public ClaimFinding run(ClaimSetting setting) throws IOException, InterruptedException {
        long durationNanos = (setting.quick() ? 3 : 12) * SECOND;
        Map<String, Tally> tallies = new LinkedHashMap<>();
        WebhookRig.Result quiet;
        WebhookRig.Result attacked;
        long seed = setting.seed(400);
        WebhookRig.Setup setup =
                new WebhookRig.Setup(RATE_PER_SECOND, ClaimScenario.usual(seed).webhooks(), seed);
        try (WebhookRig rig = new WebhookRig(setup)) {
            setting.listener().phase("a receiver without attackers");
            rig.observe(SECOND, SECOND); // warms up
            quiet = rig.observe(durationNanos, SECOND);
            setting.failIfInterrupted();
            setting.listener().phase("a receiver under attack");
            HostileTraffic.Target target = rig.target();
            long untilNanos = System.nanoTime() + durationNanos;
            attacked = rig.observe(
                    durationNanos,
                    5 * SECOND,
                    () -> tallies.putAll(attacked(target, setting.seed(401), () -> System.nanoTime() > untilNanos)));
        }
        setting.failIfInterrupted();
        return finding(tallies, quiet, attacked);
    }

    /** Valid requests that must be refused, and beside them invalid ones. */
    private static Map<String, Tally> attacked(HostileTraffic.Target target, long seed, BooleanSupplier ended)
            throws InterruptedException {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        BadClients bad = new BadClients(BadClient.plain(), target.replay(), 1);
        try {
            HostileTraffic.run(target, MOST_REQUESTS, ATTACKERS, seed, ended)
                    .forEach((kind, tally) -> tallies.put(kind.name().toLowerCase(Locale.ROOT), tally));
        } finally {
            bad.close();
        }
        bad.tallies().forEach((kind, tally) -> tallies.put(kind.name().toLowerCase(Locale.ROOT), tally));
        return tallies;
    }

    private static ClaimFinding finding(
            Map<String, Tally> tallies, WebhookRig.Result quiet, WebhookRig.Result attacked) {
        List<List<Object>> rows = new ArrayList<>();
        tallies.forEach((kind, tally) -> rows.add(Evidence.row(
                kind, tally.sent(), tally.accepted(), tally.refused(), tally.failed(), tally.unanswered())));
        EvidenceTable hostile = new EvidenceTable("public-exposure", COLUMNS, rows);
        EvidenceTable genuine = new EvidenceTable(
                "public-exposure-genuine", GENUINE_COLUMNS, List.of(row("quiet", quiet), row("attacked", attacked)));
        Borne borne = borne(tallies, attacked);
        List<Figure> figures = new ArrayList<>();
        figures.add(pushed("hostile_requests", "requests", borne.hostile(), hostile.cited("kind", "sent")));
        figures.add(pushed("hostile_accepted", "requests", borne.accepted(), hostile.cited("kind", "accepted")));
        figures.add(pushed("genuine_lost", "events", borne.genuineLost(), genuine.cited("while", "lost")));
        for (double quantile : new double[] {0.5, 0.9, 0.99}) {
            String column = String.format(Locale.ROOT, "latency_p%.0f_ms", 100 * quantile);
            String name = column.replace("latency", "genuine").replace("_ms", "");
            figures.add(pushed(name + "_quiet", "ms", millis(quiet, quantile), genuine.cited("while", column)));
            figures.add(pushed(name + "_attacked", "ms", millis(attacked, quantile), genuine.cited("while", column)));
        }
        String reason = String.format(
                Locale.ROOT,
                "anybody can reach it: of %,d hostile requests, %d were accepted, and %d of %,d genuine events were lost;"
                        + " half of the genuine ones took at most %.2f ms, without the attack %.2f ms",
                borne.hostile(),
                borne.accepted(),
                borne.genuineLost(),
                attacked.events(),
                millis(attacked, 0.5),
                millis(quiet, 0.5));
        return new ClaimFinding(Claim.PUBLIC_EXPOSURE, verdict(borne), "", reason, figures, List.of(hostile, genuine));
    }

    static Borne borne(Map<String, Tally> tallies, WebhookRig.Result attacked) {
        long sent = 0;
        long answered = 0;
        long accepted = attacked.strangers();
        for (Map.Entry<String, Tally> entry : tallies.entrySet()) {
            Tally tally = entry.getValue();
            sent += tally.sent();
            answered += tally.sent() - tally.unanswered();
            accepted += entry.getKey().equals(REPLAYED) ? 0 : tally.accepted();
        }
        return new Borne(sent, answered, accepted, attacked.events() - attacked.effects());
    }

    private static List<Object> row(String name, WebhookRig.Result result) {
        return Evidence.row(
                name,
                result.events(),
                result.effects(),
                result.events() - result.effects(),
                millis(result, 0.5),
                millis(result, 0.9),
                millis(result, 0.99));
    }

    private static double millis(WebhookRig.Result result, double quantile) {
        return result.latency().quantileMillis(quantile).orElse(Double.NaN);
    }

    private static Figure pushed(String metric, String unit, double value, String evidence) {
        return Figure.of(metric, unit, Double.NaN, value, evidence);
    }

    /**
     * HOLDS when requests of strangers reach the receiver and are answered; FAILS when none is; INCONCLUSIVE when there
     * are too few.
     */
    static Verdict verdict(Borne borne) {
        if (borne.hostile() < ENOUGH_REQUESTS) {
            return Verdict.INCONCLUSIVE;
        }
        return borne.answered() > 0 ? Verdict.HOLDS : Verdict.FAILS;
    }
}
