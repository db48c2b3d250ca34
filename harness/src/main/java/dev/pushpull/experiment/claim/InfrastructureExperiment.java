package dev.pushpull.experiment.claim;

import static dev.pushpull.experiment.claim.ClaimScenario.MILLISECOND;
import static dev.pushpull.experiment.claim.ClaimScenario.POLLING;
import static dev.pushpull.experiment.claim.ClaimScenario.SECOND;
import static dev.pushpull.experiment.claim.ClaimScenario.WEBHOOK;

import dev.pushpull.host.NanoClock;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import dev.pushpull.scenario.ClaimFinding.Verdict;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.signing.SignatureSchemes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** What each side must set up and keep, and what happens to a consumer that cannot be reached from outside. */
final class InfrastructureExperiment implements ClaimExperiment {
    private static final int CONSUMERS = 20;
    private static final int EVENTS = 200;
    private static final List<String> COLUMNS = List.of("what", "polling", "webhook");

    @Override
    public Claim claim() {
        return Claim.INFRASTRUCTURE;
    }

    /** Events that reached a consumer behind a firewall. */
    record Unreachable(long events, long polled, long pushed) {}

    @Override
    public ClaimFinding run(ClaimSetting setting) throws IOException, InterruptedException {
        Map<String, Outcome> outcomes = setting.compare(
                ClaimScenario.of(5, 200 * MILLISECOND, CONSUMERS, 2 * SECOND, setting.seed(700), POLLING, WEBHOOK));
        setting.listener().phase("a consumer that cannot be reached");
        Unreachable unreachable = unreachable();
        setting.failIfInterrupted();
        List<List<Object>> rows = new ArrayList<>();
        Map<String, Long> polling = outcomes.get(POLLING).setup();
        Map<String, Long> webhook = outcomes.get(WEBHOOK).setup();
        Set<String> what = new TreeSet<>(polling.keySet());
        what.addAll(webhook.keySet());
        for (String thing : what) {
            rows.add(List.of(thing, polling.getOrDefault(thing, 0L), webhook.getOrDefault(thing, 0L)));
        }
        rows.add(List.of(
                "of " + unreachable.events() + " events, to a consumer that cannot be reached",
                unreachable.polled(),
                unreachable.pushed()));
        EvidenceTable evidence = new EvidenceTable("infrastructure", COLUMNS, rows);
        List<Figure> figures = rows.stream()
                .map(row -> Figure.of(
                        row.get(0).toString().replaceAll("[, ]+", "_"),
                        "",
                        (Long) row.get(1),
                        (Long) row.get(2),
                        evidence.cited("what", "polling", "webhook")))
                .toList();
        long listening = webhook.getOrDefault("listening sockets at the consumer", 0L);
        long pollingListens = polling.getOrDefault("listening sockets at the consumer", 0L);
        String reason = String.format(
                Locale.ROOT,
                "%d consumers keep %d listening socket and %d secrets for webhooks, %d and %d for polling; one that"
                        + " cannot be reached gets %d of %d events by polling and %d by webhook",
                CONSUMERS,
                listening,
                webhook.getOrDefault("secrets", 0L),
                pollingListens,
                polling.getOrDefault("secrets", 0L),
                unreachable.polled(),
                unreachable.events(),
                unreachable.pushed());
        return new ClaimFinding(
                Claim.INFRASTRUCTURE,
                verdict(pollingListens, listening, unreachable),
                "",
                reason,
                figures,
                List.of(evidence));
    }

    /** The same events, to be polled for and to be sent to a port where nobody listens. */
    private static Unreachable unreachable() throws IOException, InterruptedException {
        int deaf;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            deaf = taken.getLocalPort();
        }
        Scenario.Webhooks webhooks =
                ClaimScenario.webhooks(new RetrySchedule(List.of(0L, MILLISECOND), 0), 16, 16, SECOND);
        DeliveryLedger ledger = new DeliveryLedger(1);
        try (Rig rig = new Rig(ClaimScenario.usual(1).withWebhooks(webhooks), AttemptListener.NONE)) {
            rig.subscribe(
                    URI.create("http://127.0.0.1:" + deaf + "/webhooks/0"), 0, SignatureSchemes.DEFAULT.newSecret());
            try (EventPeriod period = rig.begin(Rig.oneStream(new PeriodicArrivals(EVENTS), 1), SECOND, ledger)) {
                period.awaitEnd(0);
            }
            int polled = rig.pollAll().size();
            long untilNanos = NanoClock.SYSTEM.nanoTime() + SECOND;
            while (!rig.provider().idle() && NanoClock.SYSTEM.nanoTime() < untilNanos) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
            rig.provider().stop(SECOND);
            return new Unreachable(
                    ledger.events(), polled, rig.provider().books().acknowledged());
        }
    }

    /**
     * HOLDS when webhooks need a listening socket where polling needs none, and reach nobody without one while polling
     * brings everything; FAILS when an unreachable consumer gets webhooks; otherwise INCONCLUSIVE.
     */
    static Verdict verdict(long pollingListens, long webhookListens, Unreachable unreachable) {
        if (unreachable.pushed() > 0) {
            return Verdict.FAILS;
        }
        boolean polledAll = unreachable.polled() == unreachable.events() && unreachable.events() > 0;
        return pollingListens == 0 && webhookListens > 0 && polledAll ? Verdict.HOLDS : Verdict.INCONCLUSIVE;
    }
}
