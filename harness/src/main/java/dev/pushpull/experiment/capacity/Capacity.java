package dev.pushpull.experiment.capacity;

import dev.pushpull.experiment.capacity.RateSearch.Judgement;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.experiment.run.WarmUp;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.load.DriverProcess;
import dev.pushpull.load.LoadDriver;
import dev.pushpull.load.LoadResult;
import dev.pushpull.load.LoadStep;
import dev.pushpull.scenario.CapacityFinding;
import dev.pushpull.scenario.CapacityStep;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.RateUnit;
import dev.pushpull.scenario.Slo;
import dev.pushpull.signing.StandardWebhooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Searches one path after another for the highest rate it carries. */
public final class Capacity {
    /** Time between announcing a step to both sides and its start. */
    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Both sides are warm after this much work, done in several rounds. */
    private static final long WARM_REQUESTS = 50_000;

    private static final long WARM_EVENTS = 4_000;
    private static final int MOST_WARMUPS = 10;
    private static final long ONE_WARMUP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long LONGEST_WARMUP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final double WARMUP_EVENTS_PER_SECOND = 2000;
    private static final double HIGHEST_PER_SECOND = 2_000_000;
    private static final double MORE_THAN_NEEDED = 1.05;

    private final Setting setting;
    private final Interruption interruption;
    private final RunListener listener;
    private final NanoClock clock = NanoClock.SYSTEM;
    private final String secret = new StandardWebhooks().newSecret();
    private final List<String> invalid = new ArrayList<>();

    /**
     * What to search for, and how.
     *
     * @param stepNanos measured time of a step
     * @param workFolder where the durable inbox is kept while it is needed
     */
    public record Setting(
            Slo slo, LoadDriver.Kind driver, int connections, long stepNanos, int payloadBytes, Path workFolder) {
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
        try {
            for (CapacityPath path : paths) {
                search(path, found);
            }
        } finally {
            watcher.interrupt();
        }
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

    private void search(CapacityPath path, Consumer<CapacityFinding> found) throws IOException, InterruptedException {
        RateSearch search = new RateSearch(setting.lowestPerSecond(), HIGHEST_PER_SECOND);
        List<CapacityStep> steps = new ArrayList<>();
        Path database = setting.workFolder().resolve("inbox.db");
        try (ServerProcess server = new ServerProcess(new ServerProcess.Setup(
                        path, setting.payloadBytes(), setting.connections(), secret, database.toString()));
                DriverProcess driver = new DriverProcess(
                        setting.driver(),
                        server.address(),
                        path.request(TestedServer.body(setting.payloadBytes()), secret),
                        setting.connections())) {
            listener.phase(path.id() + ": warming up");
            boolean held = path == CapacityPath.LONG_POLL;
            boolean settled = warmedUp(server, driver, held) && !held;
            for (OptionalDouble rate = search.next(); rate.isPresent(); rate = search.next()) {
                listener.phase(path.id() + ": " + RateUnit.ANY.readable(rate.getAsDouble()));
                Made made = made(
                        server,
                        driver,
                        rate.getAsDouble(),
                        Math.min(LONGEST_WARMUP_NANOS, setting.stepNanos() / 4),
                        setting.stepNanos());
                Judgement judgement = new StepRules(
                                setting.slo(), Runtime.getRuntime().availableProcessors())
                        .judge(made.step(), made.result(), made.reading().cpuNanos());
                search.tried(judgement);
                steps.add(row(path, made, judgement));
                settled &= made.result().errors() == 0;
                audit(path, made, settled);
            }
        } finally {
            for (String file : List.of("", "-wal", "-shm")) {
                Files.deleteIfExists(database.resolveSibling(database.getFileName() + file));
            }
            if (!steps.isEmpty()) {
                found.accept(new CapacityFinding(path.id(), path.about(), search.limit(), steps));
            }
        }
    }

    /** Works until warm, at full speed where the path allows it; returns whether every request was answered. */
    private boolean warmedUp(ServerProcess server, DriverProcess driver, boolean held)
            throws IOException, InterruptedException {
        double rate = held ? WARMUP_EVENTS_PER_SECOND : LoadStep.SATURATING;
        long errors = 0;
        long done = 0;
        long roundNanos = Math.min(ONE_WARMUP_NANOS, WarmUp.longestNanos());
        for (int round = 0; round < MOST_WARMUPS && done < (held ? WARM_EVENTS : WARM_REQUESTS); round++) {
            LoadResult result = made(server, driver, rate, 0, roundNanos).result();
            done += result.completed();
            errors += result.errors();
        }
        return errors == 0;
    }

    private record Made(LoadStep step, LoadResult result, ServerProcess.Reading reading) {}

    private Made made(
            ServerProcess server, DriverProcess driver, double ratePerSecond, long warmupNanos, long measuredNanos)
            throws IOException, InterruptedException {
        LoadStep step = new LoadStep(clock.nanoTime() + LEAD_NANOS, ratePerSecond, warmupNanos, measuredNanos);
        server.begin(step);
        driver.begin(step);
        LoadResult result = driver.end(step);
        return new Made(step, result, server.end());
    }

    /**
     * Both sides count requests. A held poll is always on its way, and may still be once nobody waits for it; after one
     * like that the path's books stay open.
     *
     * @param settled whether all of this path's requests so far were answered
     */
    private void audit(CapacityPath path, Made made, boolean settled) {
        if (settled && made.reading().requests() != made.result().sent()) {
            invalid.add("%s at %s: %d requests sent, %d received"
                    .formatted(
                            path.id(),
                            RateUnit.ANY.readable(made.step().ratePerSecond()),
                            made.result().sent(),
                            made.reading().requests()));
        }
    }

    private CapacityStep row(CapacityPath path, Made made, Judgement judgement) {
        LoadResult result = made.result();
        return new CapacityStep(
                path.id(),
                setting.driver().id(),
                made.step().ratePerSecond(),
                result.achievedPerSecond(),
                result.response().quantileMillis(0.5),
                result.response().quantileMillis(0.99),
                result.late().quantileMillis(0.99),
                result.errors(),
                judgement == Judgement.SUSTAINED,
                result.service().quantileMillis(0.5),
                result.service().quantileMillis(0.99),
                micros(result.cpuNanos(), result.completed()),
                micros(made.reading().cpuNanos(), result.completed()),
                judgement == Judgement.DRIVER_LATE);
    }

    private static OptionalDouble micros(long nanos, long requests) {
        return requests == 0 ? OptionalDouble.empty() : OptionalDouble.of(nanos / 1e3 / requests);
    }
}
