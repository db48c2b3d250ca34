package dev.pushpull.experiment.claim;

import static dev.pushpull.experiment.claim.ClaimScenario.MILLISECOND;
import static dev.pushpull.experiment.claim.ClaimScenario.POLLING;
import static dev.pushpull.experiment.claim.ClaimScenario.SECOND;
import static dev.pushpull.experiment.claim.ClaimScenario.WEBHOOK;

import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.host.NanoClock;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.measure.Recorder;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import dev.pushpull.scenario.ClaimFinding.Verdict;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.JournalStep.Step;
import dev.pushpull.schedule.RetrySchedule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.Request;

/**
 * How many failures a consumer can see on its own side, and how much of an event's life its id reveals when both sides
 * keep a journal.
 */
final class DebuggingExperiment implements ClaimExperiment {
    private static final int FAILING_POLLS = 100;
    private static final List<String> COLUMNS = List.of("what", "polling", "webhook");

    @Override
    public Claim claim() {
        return Claim.DEBUGGING;
    }

    /**
     * Failures of one kind, and how many of them left a trace on the consumer's own side.
     *
     * @param failed requests that reached nobody
     */
    record Seen(long failed, long byConsumer) {
        double share() {
            return failed == 0 ? Double.NaN : (double) byConsumer / failed;
        }
    }

    @Override
    public ClaimFinding run(ClaimSetting setting) throws IOException, InterruptedException {
        List<JournalStep> journal = setting.journal(ClaimScenario.of(
                10, 200 * MILLISECOND, 20, (setting.quick() ? 1 : 3) * SECOND, setting.seed(800), POLLING, WEBHOOK));
        double polledWhole = whole(journal, POLLING);
        double pushedWhole = whole(journal, WEBHOOK);
        setting.listener().phase("requests that reach nobody");
        setting.failIfInterrupted();
        Seen polls = failingPolls();
        Seen attempts = failingAttempts(setting);
        EvidenceTable evidence = new EvidenceTable(
                "debugging",
                COLUMNS,
                List.of(
                        Evidence.row("requests that reached nobody", polls.failed(), attempts.failed()),
                        Evidence.row("of them seen by the consumer", polls.byConsumer(), attempts.byConsumer()),
                        Evidence.row("deliveries told whole from the event id, share", polledWhole, pushedWhole)));
        List<Figure> figures = List.of(
                Figure.of(
                        "failures_seen_by_the_consumer",
                        "ratio",
                        polls.share(),
                        attempts.share(),
                        evidence.cited("what", "polling", "webhook")),
                Figure.of(
                        "deliveries_told_whole_by_both_sides",
                        "ratio",
                        polledWhole,
                        pushedWhole,
                        evidence.cited("what", "polling", "webhook")));
        String reason = String.format(
                Locale.ROOT,
                "of the requests that reach nobody, a polling consumer sees %.0f %% and a webhook receiver %.0f %%, which"
                        + " only the provider logs; with a journal on both sides, %.0f %% and %.0f %% of the deliveries"
                        + " can be traced completely by event id",
                100 * polls.share(),
                100 * attempts.share(),
                100 * polledWhole,
                100 * pushedWhole);
        Verdict verdict = verdict(polls, attempts, Math.min(polledWhole, pushedWhole));
        return new ClaimFinding(
                Claim.DEBUGGING,
                verdict,
                verdict == Verdict.HOLDS_WHEN ? "only the receiver's own log is at hand" : "",
                reason,
                figures,
                List.of(evidence));
    }

    /** The share of received events whose every step is known: occurred, requested, received, processed. */
    static double whole(List<JournalStep> journal, String mode) {
        Map<String, Map<Step, Integer>> byEvent = new HashMap<>();
        for (JournalStep step : journal) {
            if (step.mode().equals(mode) && !step.eventId().isEmpty()) {
                byEvent.computeIfAbsent(step.eventId(), id -> new EnumMap<>(Step.class))
                        .merge(step.step(), 1, Integer::sum);
            }
        }
        long received = 0;
        long told = 0;
        for (Map<Step, Integer> steps : byEvent.values()) {
            if (steps.containsKey(Step.RECEIVED)) {
                received++;
                boolean requested =
                        steps.containsKey(Step.ATTEMPT) || !mode.equals(WEBHOOK); // a poll belongs to no single event
                told += steps.containsKey(Step.OCCURRED) && steps.containsKey(Step.PROCESSED) && requested ? 1 : 0;
            }
        }
        return received == 0 ? Double.NaN : (double) told / received;
    }

    /** A provider that is down: every poller notices. */
    private static Seen failingPolls() throws IOException {
        int deaf;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            deaf = taken.getLocalPort();
        }
        URI nobody = URI.create("http://127.0.0.1:" + deaf);
        long seen = 0;
        try (ProviderClient client = new ProviderClient(nobody, NanoClock.SYSTEM, new Recorder(1), 1, 0)) {
            for (int i = 0; i < FAILING_POLLS; i++) {
                Request poll =
                        new Request.Builder().url(client.at("events").build()).build();
                seen += client.execute(poll).ending() == Ending.ANSWERED ? 0 : 1;
            }
        }
        return new Seen(FAILING_POLLS, seen);
    }

    /** A receiver that is down for a while: attempts meanwhile leave a trace only at the sender. */
    private static Seen failingAttempts(ClaimSetting setting) throws IOException, InterruptedException {
        RetrySchedule retries =
                new RetrySchedule(List.of(0L, 100 * MILLISECOND, 200 * MILLISECOND, 800 * MILLISECOND, SECOND), 0);
        try (WebhookRig rig = new WebhookRig(
                new WebhookRig.Setup(100, ClaimScenario.webhooks(retries, 64, 64, SECOND), setting.seed(801)))) {
            long refusedBefore = rig.refusedByReceiver();
            WebhookRig.Result result = rig.observe(SECOND, 3 * SECOND, () -> rig.down(SECOND / 2));
            return new Seen(result.timeouts(), rig.refusedByReceiver() - refusedBefore);
        }
    }

    /**
     * HOLDS_WHEN a consumer sees all failures of its own polls and hardly any of the webhooks', while a journal on both
     * sides records almost every delivery completely; HOLDS when even that fails; FAILS when the consumer sees both
     * equally well; INCONCLUSIVE when too little failed.
     */
    static Verdict verdict(Seen polls, Seen attempts, double whole) {
        if (polls.failed() < 10 || attempts.failed() < 10 || Double.isNaN(whole)) {
            return Verdict.INCONCLUSIVE;
        }
        if (attempts.share() >= polls.share()) {
            return Verdict.FAILS;
        }
        return whole > 0.99 ? Verdict.HOLDS_WHEN : Verdict.HOLDS;
    }
}
