package dev.pushpull.experiment.claim;

import static dev.pushpull.experiment.claim.ClaimScenario.MILLISECOND;
import static dev.pushpull.experiment.claim.ClaimScenario.SECOND;

import dev.pushpull.experiment.claim.DeliveryFailuresFinding.Case;
import dev.pushpull.experiment.claim.DeliveryFailuresFinding.Kind;
import dev.pushpull.experiment.run.LiveRun;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.JournalStep.Step;
import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.RequestQuota;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.theory.Attempts;
import dev.pushpull.theory.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The cost of an outage of the consumer. Webhooks are tried without retries, with vendors' schedules (a second stands
 * for a minute), with exponential ones and with a reconciling poll beside them. They are compared with polling that
 * continues from its cursor, where the provider keeps all events and where it keeps few. And the cost of a restart of
 * the sender, with and without a durable outbox.
 */
final class DeliveryFailuresExperiment implements ClaimExperiment {
    private static final double RATE_PER_SECOND = 40;
    private static final long OUTAGE_NANOS = 2 * SECOND;
    private static final long BEFORE_NANOS = SECOND;
    private static final long OUTAGE_ENDS_NANOS = BEFORE_NANOS + OUTAGE_NANOS;
    private static final long AFTER_NANOS = SECOND;
    private static final long INTERVAL_NANOS = 250 * MILLISECOND;
    private static final long RECONCILED_AFTER_NANOS = 500 * MILLISECOND;
    private static final int FEW_KEPT = 50;
    private static final int ALL_KEPT = 10_000;

    /** Half of the interval's quota. */
    private static final RequestQuota QUOTA = new RequestQuota(2, SECOND);

    private static final int TOO_MANY = 429;
    private static final long PATIENCE_NANOS = 500 * MILLISECOND;
    private static final long RESTART_DRAIN_NANOS = 3 * SECOND;

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

    /** @param quick whether to leave out schedules that wait for seconds */
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
                running.add(threads.submit(() -> pushed(setting, schedule, false)));
            }
            running.add(threads.submit(() -> pushed(setting, schedule("no_retries_hybrid", 0), true)));
            for (int kept : new int[] {ALL_KEPT, FEW_KEPT}) {
                running.add(threads.submit(() -> polled(setting, kept, RequestQuota.NONE)));
            }
            running.add(threads.submit(() -> polled(setting, ALL_KEPT, QUOTA)));
            running.add(threads.submit(() -> restarted("sender_restarts_without_outbox", false, setting.seed(902))));
            running.add(threads.submit(() -> restarted("sender_restarts_with_outbox", true, setting.seed(902))));
            for (Future<Case> each : running) {
                cases.add(each.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("an outage could not be observed: " + Failures.sentence(e.getCause()), e.getCause());
        } finally {
            threads.shutdownNow();
        }
        setting.failIfInterrupted();
        return DeliveryFailuresFinding.of(cases, schedules(setting.quick()).size(), OUTAGE_NANOS / SECOND, FEW_KEPT);
    }

    /** @param reconciled whether a poll finds what was lost, half a second after the outage */
    private static Case pushed(ClaimSetting setting, Schedule schedule, boolean reconciled)
            throws IOException, InterruptedException {
        Scenario.Webhooks webhooks = ClaimScenario.webhooks(schedule.retries(), 256, 64, PATIENCE_NANOS);
        Scenario scenario = withOutage(
                        ClaimScenario.usual(setting.seed(900)), reconciled ? "hybrid" : ClaimScenario.WEBHOOK)
                .withWebhooks(webhooks)
                .withModeOptions(
                        reconciled
                                ? Map.of("--reconcile", Quantity.duration(OUTAGE_ENDS_NANOS + RECONCILED_AFTER_NANOS))
                                : Map.of());
        Scenario.Polling atOnce = scenario.polling().withPhase(Phase.ALIGNED); // the second reconciliation is that poll
        Observed outage = observed(
                setting,
                scenario.withPolling(atOnce).withRun(scenario.run().withDrainNanos(longest(schedule.retries()))));
        Attempts.Course course = new Attempts(
                        schedule.retries().delaysNanos().stream()
                                .mapToDouble(nanos -> nanos / 1e9)
                                .toArray(),
                        0)
                .duringOutage(OUTAGE_NANOS / 1e9);
        Outcome.Counts counts = outage.counts();
        return new Case(
                Kind.CONSUMER_SENT_WEBHOOKS,
                "webhook_" + schedule.name(),
                counts.events(),
                outage.events(),
                counts.missedInAll(),
                reconciled ? 0 : outage.events() * course.lost(),
                counts.attempts(),
                counts.events() - outage.events() + outage.events() * course.attempts(),
                outage.recoveredSeconds(),
                counts.outOfOrder());
    }

    private static long longest(RetrySchedule retries) {
        return Math.min(
                8 * SECOND,
                SECOND
                        + retries.delaysNanos().stream()
                                .mapToLong(Long::longValue)
                                .sum());
    }

    private static Case polled(ClaimSetting setting, int kept, RequestQuota quota)
            throws IOException, InterruptedException {
        Observed outage = observed(
                setting, withOutage(ClaimScenario.polled(kept, quota, setting.seed(901)), ClaimScenario.POLLING));
        double gap = (OUTAGE_NANOS + INTERVAL_NANOS) / 1e9;
        return new Case(
                Kind.CONSUMER_POLLING,
                quota.limits()
                        ? "polling_over_quota_429_%d_times".formatted(outage.refusedPolls())
                        : kept == FEW_KEPT ? "polling_newest_%d_kept".formatted(kept) : "polling_all_kept",
                outage.counts().events(),
                outage.events(),
                outage.counts().missedInAll(),
                Retention.lost(RATE_PER_SECOND * gap, kept),
                outage.counts().polls() + outage.counts().drainRequests(),
                Double.NaN,
                outage.recoveredSeconds(),
                Double.NaN);
    }

    /** The outage, in a run of one consumer. */
    private static Scenario withOutage(Scenario scenario, String mode) {
        return scenario.withEvents(scenario.events().withArrivals(new PoissonArrivals(RATE_PER_SECOND)))
                .withPolling(scenario.polling().withIntervalNanos(INTERVAL_NANOS))
                .withFaults(Scenario.Faults.NONE.withOutages(List.of(new Outage(BEFORE_NANOS, OUTAGE_NANOS))))
                .withRun(scenario.run()
                        .withModes(List.of(mode))
                        .withDurationNanos(OUTAGE_ENDS_NANOS + AFTER_NANOS)
                        .withDrainNanos(SECOND));
    }

    /**
     * What an outage did to a run.
     *
     * @param events that occurred in it
     * @param recoveredSeconds from its end until the last of those arrived; NaN when none did
     * @param refusedPolls answered 429
     */
    private record Observed(Outcome.Counts counts, long events, double recoveredSeconds, long refusedPolls) {}

    private static Observed observed(ClaimSetting setting, Scenario scenario) throws IOException, InterruptedException {
        LiveRun.Result result = setting.unheated(scenario);
        Set<Long> inOutage = result.journal().stream()
                .filter(step -> step.step() == Step.OCCURRED
                        && step.fromNanos() >= BEFORE_NANOS
                        && step.fromNanos() < OUTAGE_ENDS_NANOS)
                .map(JournalStep::sequence)
                .collect(Collectors.toSet());
        OptionalLong last = result.journal().stream()
                .filter(step -> step.step() == Step.RECEIVED && inOutage.contains(step.sequence()))
                .mapToLong(JournalStep::fromNanos)
                .max();
        return new Observed(
                result.outcomes().get(0).counts(),
                inOutage.size(),
                last.isPresent() ? (last.getAsLong() - OUTAGE_ENDS_NANOS) / 1e9 : Double.NaN,
                result.journal().stream()
                        .filter(step -> step.step() == Step.POLL && step.status() == TOO_MANY)
                        .count());
    }

    /** A sender that ends while its receiver is down, and is started again before the receiver is. */
    private static Case restarted(String name, boolean durable, long seed) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("pushpull-restart");
        try {
            StoreAddress outbox =
                    durable ? new StoreAddress(folder.resolve("outbox.db").toString()) : StoreAddress.MEMORY;
            return restarted(name, outbox, seed);
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(folder);
        }
    }

    private static Case restarted(String name, StoreAddress outbox, long seed)
            throws IOException, InterruptedException {
        List<Long> delays = new ArrayList<>(Collections.nCopies(100, 50 * MILLISECOND));
        delays.set(0, 0L);
        WebhookRig.Setup setup = new WebhookRig.Setup(
                new PeriodicArrivals(RATE_PER_SECOND),
                1,
                ClaimScenario.webhooks(new RetrySchedule(delays, 0), 16, 16, SECOND, outbox),
                UnaryOperator.identity(),
                0,
                seed);
        try (WebhookRig rig = new WebhookRig(setup)) {
            WebhookRig.Result before = rig.observe(SECOND, RESTART_DRAIN_NANOS);
            int port = rig.stopListening();
            WebhookRig.Result unheard = rig.observe(SECOND, 0);
            rig.restartProvider();
            rig.listenAgain(port);
            rig.period().awaitAll(RESTART_DRAIN_NANOS);
            long events = before.events() + unheard.events();
            long open = events - before.effects() - unheard.effects();
            return new Case(
                    Kind.SENDER_RESTARTED,
                    name,
                    events,
                    open,
                    events - before.effects() - rig.ledger().received(),
                    outbox.inMemory() ? open : 0,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN);
        }
    }
}
