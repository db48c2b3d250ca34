package dev.pushpull.experiment.claim;

import static dev.pushpull.experiment.claim.ClaimScenario.MILLISECOND;
import static dev.pushpull.experiment.claim.ClaimScenario.SECOND;

import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import dev.pushpull.scenario.ClaimFinding.Verdict;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.RequestQuota;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.theory.Attempts;
import dev.pushpull.theory.Retention;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/**
 * What an outage of the consumer costs: webhooks without retries, with vendors' schedules (a second for a minute), with
 * exponential ones and with a reconciling poll beside them, against polling that goes on from its cursor, where the
 * provider keeps all events and where it keeps few; and what a restart of the sender costs, with a durable outbox and
 * without.
 */
final class DeliveryFailuresExperiment implements ClaimExperiment {
    private static final double RATE_PER_SECOND = 40;
    private static final long OUTAGE_NANOS = 2 * SECOND;
    private static final long BEFORE_NANOS = SECOND;
    private static final long AFTER_NANOS = SECOND;
    private static final long INTERVAL_NANOS = 250 * MILLISECOND;
    private static final long RECONCILED_AFTER_NANOS = 500 * MILLISECOND;
    private static final int FEW_KEPT = 50;
    private static final int ALL_KEPT = 10_000;

    /** Half of what the interval asks for. */
    private static final RequestQuota QUOTA = new RequestQuota(2, SECOND);

    private static final long PATIENCE_NANOS = 500 * MILLISECOND;

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

    /** A retry schedule to try. */
    private record Schedule(String name, RetrySchedule retries) {}

    /** Waits before each attempt, in seconds that stand for minutes. */
    private static Schedule schedule(String name, double... waits) {
        List<Long> nanos = new ArrayList<>();
        for (double wait : waits) {
            nanos.add(Math.round(wait * SECOND));
        }
        return new Schedule(name, new RetrySchedule(nanos, 0));
    }

    /** @param quick whether those that wait for seconds are left out */
    private static List<Schedule> schedules(boolean quick) {
        List<Schedule> schedules = new ArrayList<>();
        schedules.add(schedule("no_retries_as_github", 0));
        schedules.add(schedule("as_twilio", 0, 0));
        if (!quick) {
            schedules.add(schedule("as_slack", 0, 0.001, 1, 5));
            schedules.add(schedule("as_standard_webhooks", 0, 0.083, 5));
            schedules.add(schedule("as_shopify", 0, 0.94, 1.88, 3.76, 7.52, 15, 30, 60, 120));
        }
        schedules.add(schedule("exponential_from_100_ms", 0, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2));
        return schedules;
    }

    /** Who was down, and how events came once it was there again. */
    enum Kind {
        CONSUMER_SENT_WEBHOOKS,
        CONSUMER_POLLING,
        SENDER_RESTARTED
    }

    /**
     * What came of one case.
     *
     * @param missedPredicted NaN where theory says nothing
     * @param outOfOrder events that came after a later one, as retries make them; NaN where that was not looked at
     * @param recoveredSeconds from the end of the outage to the last event of it that arrived; NaN when none did
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

    @Override
    public Claim claim() {
        return Claim.DELIVERY_FAILURES;
    }

    @Override
    public ClaimFinding run(ClaimSetting setting) throws IOException, InterruptedException {
        setting.listener().phase("a consumer that is down for " + OUTAGE_NANOS / SECOND + " s");
        List<Case> cases = new ArrayList<>();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<Case>> running = new ArrayList<>();
            for (Schedule schedule : schedules(setting.quick())) {
                running.add(threads.submit(() -> pushed(schedule, false, setting.seed(900))));
            }
            running.add(threads.submit(() -> pushed(schedule("no_retries_hybrid", 0), true, setting.seed(900))));
            for (int kept : new int[] {ALL_KEPT, FEW_KEPT}) {
                running.add(threads.submit(() -> polled(kept, RequestQuota.NONE, setting.seed(901))));
            }
            running.add(threads.submit(() -> polled(ALL_KEPT, QUOTA, setting.seed(901))));
            running.add(threads.submit(() -> restarted("sender_restarts_without_outbox", "memory", setting.seed(902))));
            running.add(threads.submit(() -> restarted("sender_restarts_with_outbox", "sqlite", setting.seed(902))));
            for (Future<Case> each : running) {
                cases.add(each.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("an outage could not be played: " + Failures.sentence(e.getCause()), e.getCause());
        } finally {
            threads.shutdownNow();
        }
        setting.failIfInterrupted();
        return finding(cases, schedules(setting.quick()).size());
    }

    /** @param reconciled whether a poll looks after what was lost, half a second after the outage */
    private static Case pushed(Schedule schedule, boolean reconciled, long seed)
            throws IOException, InterruptedException {
        Scenario.Webhooks webhooks = new Scenario.Webhooks(
                "standard-webhooks", schedule.retries(), 256, 64, PATIENCE_NANOS, PATIENCE_NANOS, 10_000);
        PushRig.Setup setup = new PushRig.Setup(RATE_PER_SECOND, webhooks, UnaryOperator.identity(), 0, seed);
        try (PushRig rig = new PushRig(setup)) {
            rig.play(SECOND / 4, SECOND); // warms up
            PushRig.Result result =
                    rig.play(BEFORE_NANOS + OUTAGE_NANOS + AFTER_NANOS, longest(schedule.retries()), () -> {
                        rig.waitFor(BEFORE_NANOS);
                        rig.down(OUTAGE_NANOS);
                        if (reconciled) {
                            rig.waitFor(BEFORE_NANOS + OUTAGE_NANOS + RECONCILED_AFTER_NANOS);
                            rig.reconcile();
                        }
                    });
            Attempts.Course course = new Attempts(
                            schedule.retries().delaysNanos().stream()
                                    .mapToDouble(nanos -> nanos / 1e9)
                                    .toArray(),
                            0)
                    .duringOutage(OUTAGE_NANOS / 1e9);
            long inOutage = rig.occurredBetween(BEFORE_NANOS, BEFORE_NANOS + OUTAGE_NANOS);
            return new Case(
                    Kind.CONSUMER_SENT_WEBHOOKS,
                    "webhook_" + schedule.name(),
                    result.events(),
                    inOutage,
                    result.events() - result.effects(),
                    reconciled ? 0 : inOutage * course.lost(),
                    result.attempts(),
                    result.events() - inOutage + inOutage * course.attempts(),
                    rig.lastEffectOf(BEFORE_NANOS, BEFORE_NANOS + OUTAGE_NANOS) - (BEFORE_NANOS + OUTAGE_NANOS) / 1e9,
                    result.outOfOrder());
        }
    }

    private static long longest(RetrySchedule retries) {
        return Math.min(
                8 * SECOND,
                SECOND
                        + retries.delaysNanos().stream()
                                .mapToLong(Long::longValue)
                                .sum());
    }

    private static Case polled(int kept, RequestQuota quota, long seed) throws IOException, InterruptedException {
        PollRig.Setup setup = new PollRig.Setup(
                RATE_PER_SECOND, kept, INTERVAL_NANOS, BEFORE_NANOS, OUTAGE_NANOS, AFTER_NANOS, quota, seed);
        PollRig.Result result = PollRig.played(setup);
        double gap = (OUTAGE_NANOS + INTERVAL_NANOS) / 1e9;
        return new Case(
                Kind.CONSUMER_POLLING,
                quota.limits()
                        ? "polling_over_quota_429_%d_times".formatted(result.refused())
                        : kept == FEW_KEPT ? "polling_newest_%d_kept".formatted(kept) : "polling_all_kept",
                result.events(),
                result.inOutage(),
                result.events() - result.received(),
                Retention.lost(RATE_PER_SECOND * gap, kept),
                result.polls(),
                Double.NaN,
                result.recoveredSeconds(),
                Double.NaN);
    }

    private static Case restarted(String name, String outbox, long seed) throws IOException, InterruptedException {
        RestartRig.Result result = RestartRig.played(outbox, RATE_PER_SECOND, seed);
        return new Case(
                Kind.SENDER_RESTARTED,
                name,
                result.events(),
                result.open(),
                result.events() - result.received(),
                outbox.equals("memory") ? result.open() : 0,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN);
    }

    /** @param schedules how many of the cases, the first ones, are retry schedules */
    private static ClaimFinding finding(List<Case> cases, int schedules) {
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
                OUTAGE_NANOS / SECOND,
                none.missed(),
                none.events(),
                best.missed(),
                kept.missed(),
                cases.get(schedules + 2).missed(),
                FEW_KEPT);
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
     * "The event might be missed (though most providers retry)": HOLDS when every schedule misses some, HOLDS_WHEN some
     * do and one that outlasts the outage does not, FAILS when none does; INCONCLUSIVE with fewer than 20 events in the
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
