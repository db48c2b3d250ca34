package dev.pushpull.experiment;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.measure.CpuMeter;
import dev.pushpull.measure.HeapMeter;
import dev.pushpull.measure.HiccupMeter;
import dev.pushpull.measure.NanoClock;
import dev.pushpull.measure.RoleThreads;
import dev.pushpull.measure.RoundTripFloor;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord.Finding;
import dev.pushpull.scenario.RunRecord.Noise;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Some modes side by side over the same events: one measured time, one machine's noise. */
final class LiveRun {
    private static final long START_AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long PROGRESS_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long DRAIN_WHEN_INTERRUPTED_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);
    private static final double MOST_FLOOR_ROUND_TRIPS_PER_SECOND = 200;
    private static final double LEAST_FLOOR_ROUND_TRIPS_PER_SECOND = 1;
    private static final int ENVELOPE_BYTES = 150;

    /** Fewer are lost in what the program needs anyway. */
    private static final int MANY_CONSUMERS = 1000;

    private final Scenario scenario;
    private final EventPlan plan;
    private final Interruption interruption;
    private final RunListener listener;
    private final int followed;
    private final NanoClock clock = NanoClock.SYSTEM;

    /** What came of it. */
    record Result(
            List<Outcome> outcomes,
            Noise noise,
            long measuredNanos,
            List<JournalStep> journal,
            List<Finding> findings) {}

    /** @param followed of the first so many consumers a journal is kept */
    LiveRun(Scenario scenario, EventPlan plan, Interruption interruption, RunListener listener, int followed) {
        this.followed = followed;
        this.scenario = scenario;
        this.plan = plan;
        this.interruption = interruption;
        this.listener = listener;
    }

    /** @param legs measured in the warm-up, by mode */
    Result run(List<DeliveryMode> modes, Map<String, Scenario.Network> legs) throws IOException, InterruptedException {
        List<LiveTrial> trials = new ArrayList<>();
        Optional<HeapMeter> heap =
                scenario.events().consumers() >= MANY_CONSUMERS ? Optional.of(new HeapMeter()) : Optional.empty();
        RoleThreads threads = new RoleThreads("run", RoleThreads.HARNESS);
        double floorRate = Math.min(
                MOST_FLOOR_ROUND_TRIPS_PER_SECOND,
                Math.max(
                        LEAST_FLOOR_ROUND_TRIPS_PER_SECOND,
                        scenario.events().arrivals().ratePerSecond()
                                * scenario.events().consumers()));
        HiccupMeter hiccups = new HiccupMeter(clock, threads);
        try (hiccups;
                RoundTripFloor floor = new RoundTripFloor(
                        clock, threads, floorRate, scenario.events().payloadBytes() + ENVELOPE_BYTES)) {
            for (DeliveryMode mode : modes) {
                trials.add(new LiveTrial(mode, scenario, followed));
            }
            long leadNanos = modes.stream()
                    .mapToLong(mode -> LiveTrial.leadNanos(mode, scenario))
                    .sum();
            long startNanos = clock.nanoTime() + Math.max(START_AHEAD_NANOS, leadNanos);
            EventPump pump = new EventPump(plan, new EventFactory(scenario), trials, clock, startNanos);
            FutureTask<Void> pumped = new FutureTask<>(pump, null);
            Thread pumping = threads.newThread(pumped);
            trials.forEach(trial -> trial.start(startNanos));
            hiccups.start();
            floor.start();
            CpuMeter cpu = new CpuMeter();
            pumping.start();
            try {
                measure(trials, startNanos, pumped);
            } finally {
                pump.stop();
                pumping.interrupt();
                pumping.join();
            }
            failIfFailed(pumped);
            long endNanos =
                    Math.min(clock.nanoTime(), startNanos + scenario.run().durationNanos());
            trials.forEach(trial -> trial.recorder().cutShort(endNanos));
            drain(trials, endNanos);
            Map<String, Double> cpuMillis = cpu.millisByRole();
            long measuredNanos = Math.max(0, endNanos - startNanos);
            Noise noise = new Noise(hiccups.stop(), pump.lateness(), floor.stop(), floorRate);
            List<Outcome> outcomes = new ArrayList<>();
            for (LiveTrial trial : trials) {
                Scenario.Network network = legs.getOrDefault(trial.mode().name(), Scenario.Network.NONE);
                outcomes.add(
                        new Audit(trial, scenario.withNetwork(network), noise, cpuMillis, measuredNanos).outcome());
            }
            List<JournalStep> journal = trials.stream()
                    .flatMap(trial -> trial.recorder().journal(trial.mode().name()).stream())
                    .toList();
            List<Finding> findings =
                    heap.map(meter -> heap(modes, meter.grownBytes())).stream().toList();
            return new Result(outcomes, noise, measuredNanos, journal, findings);
        } finally {
            trials.forEach(LiveTrial::close);
        }
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

    private void measure(List<LiveTrial> trials, long startNanos, FutureTask<Void> pumped) throws InterruptedException {
        long endNanos = startNanos + scenario.run().durationNanos();
        boolean ended = false;
        while (!ended) {
            long now = clock.nanoTime();
            listener.progress(progress(trials, now - startNanos));
            long wait = Math.min(PROGRESS_EVERY_NANOS, endNanos - now);
            ended = wait <= 0 && pumped.isDone() || interruption.await(Math.max(wait, LOOK_EVERY_NANOS));
        }
    }

    private static void failIfFailed(FutureTask<Void> pumped) throws InterruptedException, IOException {
        try {
            pumped.get();
        } catch (ExecutionException e) {
            throw new IOException("the events could not be made to occur: " + e.getCause(), e.getCause());
        }
    }

    private RunListener.Progress progress(List<LiveTrial> trials, long elapsedNanos) {
        long requests = 0;
        long deliveries = 0;
        for (LiveTrial trial : trials) {
            requests += trial.recorder().requestsSoFar();
            deliveries += trial.recorder().deliveredSoFar();
        }
        return new RunListener.Progress(
                Math.max(0, elapsedNanos),
                scenario.run().durationNanos(),
                trials.get(0).occurred(),
                requests,
                deliveries);
    }

    /** Waits for what is still on its way; each trial ends as soon as nothing more can come. */
    private void drain(List<LiveTrial> trials, long endNanos) throws InterruptedException {
        listener.phase("waiting for what is still on its way");
        boolean hurried = interruption.requested();
        long fromNanos = Math.max(endNanos, clock.nanoTime());
        long hurriedUntil = fromNanos
                + Math.min(DRAIN_WHEN_INTERRUPTED_NANOS, scenario.run().drainNanos());
        List<LiveTrial> open = new ArrayList<>(trials);
        while (!open.isEmpty()) {
            for (LiveTrial trial : List.copyOf(open)) {
                long until = fromNanos
                        + trial.mode().longestWaitNanos(scenario)
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
