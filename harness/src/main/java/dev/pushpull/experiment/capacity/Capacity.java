package dev.pushpull.experiment.capacity;

import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.hosts.HostPlan;
import dev.pushpull.load.LoadDriver;
import dev.pushpull.scenario.CapacityFinding;
import dev.pushpull.scenario.CapacityMeans;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Slo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Searches one path after another for the highest rate it carries. */
public final class Capacity {
    private static final double MORE_THAN_NEEDED = 1.05;

    private final Setting setting;
    private final Interruption interruption;
    private final RunListener listener;
    private final List<String> invalid = new ArrayList<>();
    private Optional<HostPlan> hosts = Optional.empty();
    private CapacityMeans means = CapacityMeans.DOUBLING;

    /**
     * What to search for, and how.
     *
     * @param stepNanos measured time of a step
     * @param workFolder where the durable inbox is kept while it is needed
     * @param quick by the best of three, without an interval
     * @param nominalPerSecond what the reference reaches at speed 1; when empty, what it reaches at the beginning
     */
    public record Setting(
            Slo slo,
            LoadDriver.Kind driver,
            int connections,
            long stepNanos,
            int payloadBytes,
            Path workFolder,
            boolean quick,
            OptionalDouble nominalPerSecond) {
        /** The first rate to try: enough requests in a step to judge the bound and the p99. */
        double lowestPerSecond() {
            long samples = Math.max(slo.samplesNeeded(), Distribution.samplesNeeded(0.99));
            double needed = samples * MORE_THAN_NEEDED * 1e9 / stepNanos;
            double digit = Math.pow(10, Math.floor(Math.log10(needed)));
            return Math.max(10, Math.ceil(needed / digit) * digit);
        }
    }

    public Capacity(Setting setting, Interruption interruption, RunListener listener) {
        this.setting = setting;
        this.interruption = interruption;
        this.listener = listener;
    }

    /** Makes its load on these hosts, and on their servers. */
    public Capacity over(HostPlan plan) {
        hosts = Optional.of(plan);
        return this;
    }

    /**
     * Finds what each path carries. For an interrupted path, reports what is known so far.
     *
     * @throws InterruptedException when an interruption was requested
     */
    public void run(List<CapacityPath> paths, Consumer<CapacityFinding> found)
            throws IOException, InterruptedException {
        Thread caller = Thread.currentThread();
        Thread watcher = new Thread(() -> interruptWhenAsked(caller), "interruption");
        watcher.setDaemon(true);
        watcher.start();
        if (hosts.isEmpty()) {
            listener.phase("how fast this machine is");
        }
        try (LoadPlace place = hosts.isPresent() ? new SeveralHosts(setting, hosts.get()) : new OneMachine(setting)) {
            means = new CapacityMeans(
                    setting.quick() ? CapacityMeans.BEST_OF_THREE : CapacityMeans.POSTERIOR,
                    place.nominalPerSecond(),
                    place.listening());
            for (CapacityPath path : paths) {
                PathSearch search = new PathSearch(path, setting, place, listener);
                try {
                    search.run();
                } finally {
                    invalid.addAll(search.invalid());
                    search.finding().ifPresent(found);
                }
            }
        } finally {
            watcher.interrupt();
        }
    }

    /** By which means; before it has run, unknown. */
    public CapacityMeans means() {
        return means;
    }

    private void interruptWhenAsked(Thread caller) {
        try {
            while (!interruption.await(TimeUnit.HOURS.toNanos(1))) {
                // keep waiting
            }
            caller.interrupt();
        } catch (InterruptedException e) {
            // the search is over
        }
    }

    /** Why the figures cannot be relied on; empty when they can. */
    public List<String> invalid() {
        return List.copyOf(invalid);
    }
}
