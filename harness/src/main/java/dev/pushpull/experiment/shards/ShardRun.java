package dev.pushpull.experiment.shards;

import dev.pushpull.experiment.Simulation;
import dev.pushpull.experiment.VirtualTrial;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.experiment.shards.ShardPlan.Stretch;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Slots;
import dev.pushpull.virtual.TallyBytes;
import dev.pushpull.virtual.VirtualTally;
import dev.pushpull.virtual.VirtualTime;
import dev.pushpull.virtual.VirtualTime.Simulated;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Simulates one shard into its file, on all processors that this process may use. */
public final class ShardRun {
    private static final long LOOK_EVERY_MILLIS = 20;

    private final ShardPlan plan;
    private final ShardOrigin origin;
    private final ShardFolder folder;

    public ShardRun(ShardPlan plan, ShardOrigin origin, ShardFolder folder) {
        this.plan = plan;
        this.origin = origin;
        this.folder = folder;
    }

    /** What came of it. */
    public enum End {
        WRITTEN,
        ALREADY_THERE,
        INTERRUPTED
    }

    /** Tallies of some units; the first ones of a mode are added up already, as one host would. */
    private record Done(Stretch stretch, List<VirtualTally> tallies, Slots slots) {}

    /**
     * Simulates the shard, unless it is there and whole. One that is there and damaged is written again.
     *
     * @param says what a reader of standard error should know
     * @throws InvalidInputException when the folder has a shard of something else
     */
    public End run(Shard shard, Interruption interruption, RunListener listener, Consumer<String> says)
            throws IOException, InterruptedException {
        if (isThere(shard, says)) {
            return End.ALREADY_THERE;
        }
        for (Path other : folder.files()) {
            checkOther(other, shard);
        }
        listener.phase("simulating shard " + shard);
        ForkJoinPool pool = new ForkJoinPool(Runtime.getRuntime().availableProcessors());
        try {
            ShardFile.write(folder.file(shard), out -> {
                origin.write(out);
                out.writeInt(shard.number());
                out.writeInt(shard.of());
                try {
                    simulate(plan.of(shard), out, pool, interruption, listener);
                } catch (InterruptedException e) {
                    throw new CancellationException();
                }
                out.writeLong(cpuNanos());
            });
            return End.WRITTEN;
        } catch (CancellationException e) {
            return End.INTERRUPTED;
        } finally {
            pool.shutdownNow();
        }
    }

    private boolean isThere(Shard shard, Consumer<String> says) throws IOException {
        Path file = folder.file(shard);
        if (!Files.exists(file)) {
            return false;
        }
        try {
            ShardFolder.check(file, origin, ShardFile.read(file, ShardOrigin::read));
            return true;
        } catch (ShardFile.DamagedException e) {
            says.accept(e.getMessage() + ", so it is simulated again");
            Files.deleteIfExists(file);
            return false;
        }
    }

    private void checkOther(Path file, Shard shard) throws IOException {
        try {
            ShardFolder.check(file, origin, ShardFile.begin(file, ShardOrigin::read));
        } catch (ShardFile.DamagedException | NoSuchFileException e) {
            // the run of that shard, or the merge, says so
        }
        if (!file.getFileName()
                .toString()
                .endsWith(new Shard(1, shard.of()).file().substring(6))) {
            throw new InvalidInputException(
                    "--shard: '%s' does not go with %s; accepted: the same N for all shards in a folder"
                            .formatted(shard, file.getFileName()));
        }
    }

    private void simulate(
            List<Stretch> stretches,
            DataOutputStream out,
            ForkJoinPool pool,
            Interruption interruption,
            RunListener listener)
            throws IOException, InterruptedException {
        int all = stretches.stream()
                .mapToInt(stretch -> stretch.to() - stretch.from())
                .sum();
        int ended = 0;
        Deque<ForkJoinTask<Done>> underWay = new ArrayDeque<>();
        int next = 0;
        out.writeInt(stretches.size());
        while (next < stretches.size() || !underWay.isEmpty()) {
            while (next < stretches.size() && underWay.size() < 2 * pool.getParallelism()) {
                Stretch stretch = stretches.get(next++);
                underWay.add(pool.submit(() -> done(stretch)));
            }
            Done done = await(underWay.remove(), interruption, listener, ended, all);
            write(done, out);
            ended += done.stretch().to() - done.stretch().from();
        }
    }

    private static Done await(
            ForkJoinTask<Done> task, Interruption interruption, RunListener listener, int ended, int all)
            throws InterruptedException {
        while (!interruption.requested()) {
            try {
                return task.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                listener.progress(new RunListener.Progress(
                        TimeUnit.SECONDS.toNanos(ended), TimeUnit.SECONDS.toNanos(all), 0, 0, 0));
            } catch (ExecutionException e) {
                throw Simulation.unwrapped(e);
            }
        }
        throw new CancellationException();
    }

    private Done done(Stretch stretch) {
        VirtualTrial trial = plan.trial(stretch);
        Simulated simulated = trial.simulated();
        boolean divided = ShardPlan.divisible(trial.scenario());
        List<VirtualTally> tallies = VirtualTime.tallies(
                simulated,
                trial.scenario(),
                trial.events(),
                stretch.from(),
                divided ? stretch.to() : VirtualTime.parts(trial.scenario()));
        return new Done(
                stretch,
                stretch.from() == 0 ? List.of(VirtualTime.sum(tallies)) : tallies,
                divided ? Slots.NONE : simulated.slots());
    }

    private static void write(Done done, DataOutputStream out) throws IOException {
        Slots slots = done.slots();
        out.writeLong(slots.attempts());
        out.writeDouble(slots.seconds());
        out.writeLong(slots.most());
        out.writeDouble(slots.waitSeconds());
        out.writeInt(done.tallies().size());
        for (VirtualTally tally : done.tallies()) {
            TallyBytes.write(tally, out);
        }
    }

    /** What this process has cost its processors so far, the start of the JVM included; -1 where nobody counts it. */
    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : -1;
    }
}
