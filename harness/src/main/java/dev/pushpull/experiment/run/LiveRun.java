package dev.pushpull.experiment.run;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.host.HeapMeter;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.HostFigures;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.ProcessFigures;
import dev.pushpull.scenario.RunRecord.Finding;
import dev.pushpull.scenario.RunRecord.Noise;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Several modes side by side over the same events: one measured time, one machine's noise. */
public final class LiveRun {
    private static final long START_AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long PROGRESS_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long DRAIN_WHEN_INTERRUPTED_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

    /** Time to start a thread and open a connection on a busy machine. */
    private static final long LEAD_A_HELD_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Time to put a consumer's first poll into the timer. */
    private static final long LEAD_A_CONSUMER_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    /** With fewer consumers, their memory does not show beside what the program needs anyway. */
    private static final int MANY_CONSUMERS = 1000;

    private final TrialGroup.Host host;
    private final Scenario scenario;
    private final EventPlan plan;
    private final Interruption interruption;
    private final RunListener listener;
    private final int followed;
    private final NanoClock clock = NanoClock.SYSTEM;

    /**
     * The result of a run.
     *
     * @param failures of databases, a line each
     */
    public record Result(
            List<Outcome> outcomes,
            Noise noise,
            long measuredNanos,
            List<JournalStep> journal,
            List<Finding> findings,
            List<ProcessFigures> processes,
            List<HostFigures> hosts,
            List<String> failures) {}

    /** @param followed keep a journal of this many consumers, the first ones */
    public LiveRun(
            TrialGroup.Host host,
            Scenario scenario,
            EventPlan plan,
            Interruption interruption,
            RunListener listener,
            int followed) {
        this.host = host;
        this.followed = followed;
        this.scenario = scenario;
        this.plan = plan;
        this.interruption = interruption;
        this.listener = listener;
    }

    /** @param warmedUp what came of the warm-up */
    public Result run(List<DeliveryMode> modes, WarmedUp warmedUp) throws IOException, InterruptedException {
        Optional<HeapMeter> heap = host.isThisProcess() && scenario.events().consumers() >= MANY_CONSUMERS
                ? Optional.of(new HeapMeter())
                : Optional.empty();
        TrialSetup setup = new TrialSetup(scenario, plan, modes, followed);
        try (NoiseMeters meters = new NoiseMeters("run", scenario, clock);
                TrialGroup group = host.open(setup)) {
            long startNanos = clock.nanoTime() + Math.max(host.leastLeadNanos(), leadNanos(modes, scenario));
            meters.start(startNanos, scenario.run().durationNanos());
            listener.begins(watched(group, setup, startNanos, warmedUp), meters::pauseNanos);
            group.start(startNanos);
            measure(group, setup, startNanos);
            Distribution eventLateness = group.stopEvents();
            long nowNanos = clock.nanoTime();
            List<Long> measuredNanos = new ArrayList<>();
            for (Trial trial : group.trials()) {
                long beganNanos = setup.startNanos(measuredNanos.size(), startNanos);
                long ofTrialNanos =
                        Math.min(nowNanos - beganNanos, scenario.run().durationNanos());
                trial.cutShort(beganNanos + ofTrialNanos);
                measuredNanos.add(Math.max(0, ofTrialNanos));
            }
            drain(group, nowNanos);
            Map<String, Double> cpuMillis = group.cpuMillis();
            List<ProcessFigures> processes = group.processes();
            Noise noise = meters.stop(eventLateness, measuredNanos.get(0));
            List<Outcome> outcomes = new ArrayList<>();
            List<JournalStep> journal = new ArrayList<>();
            Set<String> failures = new LinkedHashSet<>();
            for (Trial trial : group.trials()) {
                Scenario.Network network = warmedUp.legs(trial.mode()).constant();
                long ofTrialNanos = measuredNanos.get(outcomes.size());
                Outcome outcome = new Audit(trial, scenario.withNetwork(network), noise, cpuMillis, ofTrialNanos)
                        .outcome(warmedUp.warnings(trial.mode()));
                TrialBooks books = trial.books();
                outcomes.add(books.far().in(outcome));
                journal.addAll(trial.journal());
                failures.addAll(books.failures());
            }
            List<Finding> findings =
                    heap.map(meter -> heap(modes, meter.grownBytes())).stream().toList();
            return new Result(
                    outcomes,
                    noise,
                    measuredNanos.get(0),
                    journal,
                    findings,
                    processes,
                    group.hosts(),
                    List.copyOf(failures));
        }
    }

    private List<WatchedTrial> watched(TrialGroup group, TrialSetup setup, long startNanos, WarmedUp warmedUp) {
        List<WatchedTrial> watched = new ArrayList<>();
        for (Trial trial : group.trials()) {
            watched.add(new WatchedTrial(
                    trial,
                    scenario.withNetwork(warmedUp.legs(trial.mode())),
                    setup.startNanos(watched.size(), startNanos)));
        }
        return watched;
    }

    /** How long before the measured time consumers must be started so that all of them are ready when it begins. */
    static long leadNanos(List<DeliveryMode> modes, Scenario scenario) {
        long held = modes.stream()
                .mapToLong(mode -> mode.live().demand(scenario).held())
                .sum();
        return Math.max(
                START_AHEAD_NANOS,
                LEAD_A_HELD_POLL_NANOS * held
                        + LEAD_A_CONSUMER_NANOS * scenario.events().consumers() * modes.size());
    }

    private Finding heap(List<DeliveryMode> modes, long grownBytes) {
        double each = (double) grownBytes / scenario.events().consumers();
        String names =
                String.join(" and ", modes.stream().map(DeliveryMode::name).toList());
        return new Finding(
                "heap a consumer, " + names,
                each,
                "%.1f KiB, provider and records included: %,d MiB in all"
                        .formatted(each / 1024, Math.round((double) grownBytes / (1 << 20))));
    }

    private void measure(TrialGroup group, TrialSetup setup, long startNanos) throws InterruptedException {
        long endNanos = setup.startNanos(setup.modes().size() - 1, startNanos)
                + scenario.run().durationNanos();
        boolean ended = false;
        while (!ended) {
            long now = clock.nanoTime();
            listener.progress(progress(group.trials(), now - startNanos));
            group.keep();
            long wait = Math.min(PROGRESS_EVERY_NANOS, endNanos - now);
            ended = host.lost().isPresent()
                    || wait <= 0 && group.eventsOver()
                    || interruption.await(Math.max(wait, LOOK_EVERY_NANOS));
        }
    }

    private RunListener.Progress progress(List<? extends Trial> trials, long elapsedNanos) {
        long requests = 0;
        long deliveries = 0;
        for (Trial trial : trials) {
            requests += trial.requests();
            deliveries += trial.delivered();
        }
        return new RunListener.Progress(
                Math.max(0, elapsedNanos),
                scenario.run().durationNanos(),
                trials.get(0).occurred(),
                requests,
                deliveries);
    }

    /** Waits for what is still on its way; each trial ends as soon as nothing more can come. */
    private void drain(TrialGroup group, long fromNanos) throws InterruptedException {
        listener.phase("waiting for what is still on its way");
        boolean hurried = interruption.requested();
        long hurriedUntil = fromNanos
                + Math.min(DRAIN_WHEN_INTERRUPTED_NANOS, scenario.run().drainNanos());
        List<Trial> open = new ArrayList<>(group.trials());
        while (!open.isEmpty()) {
            group.keep();
            for (Trial trial : List.copyOf(open)) {
                long until = fromNanos
                        + trial.mode().live().waits(scenario).longestNanos()
                        + scenario.run().drainNanos();
                long now = clock.nanoTime();
                if (trial.complete() || now >= until || hurried && now >= hurriedUntil) {
                    trial.stop();
                    open.remove(trial);
                }
            }
            if (!hurried && interruption.await(LOOK_EVERY_NANOS)) {
                hurried = true;
                hurriedUntil = clock.nanoTime() + DRAIN_WHEN_INTERRUPTED_NANOS;
            } else if (hurried) {
                TimeUnit.NANOSECONDS.sleep(LOOK_EVERY_NANOS);
            }
        }
    }
}
