package dev.pushpull.experiment.capacity;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.SafepointLog;
import dev.pushpull.host.Spans;
import dev.pushpull.load.DriverProcess;
import dev.pushpull.load.LoadResult;
import dev.pushpull.load.LoadStep;
import dev.pushpull.scenario.Failures;
import dev.pushpull.signing.StandardWebhooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A path's server and its driver, each in its own process. They make one step at a time. */
final class PathProcesses implements AutoCloseable {
    /** The time from announcing a step to both sides until it begins. */
    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** A heap that was made smaller than this on purpose is left alone. */
    private static final long ENOUGH_BYTES = 512L << 20;

    private final NanoClock clock = NanoClock.SYSTEM;
    private final Path database;
    private final Path logs;
    private final SafepointLog serversPauses;
    private final SafepointLog driversPauses;
    private final ServerProcess server;
    private final DriverProcess driver;

    /**
     * A step that was made.
     *
     * @param heard stalls that both processes heard at once, so that neither caused them
     * @param ownPauses pauses that either JVM made itself
     */
    record Made(LoadStep step, LoadResult result, ServerProcess.Reading reading, Spans heard, Spans ownPauses) {
        /** The stalls that the machine caused: all that were heard, without our own pauses. */
        Spans stalls(Spans byMeter) {
            return byMeter.or(heard).without(ownPauses);
        }
    }

    PathProcesses(CapacityPath path, Capacity.Setting setting) throws IOException, InterruptedException {
        String secret = new StandardWebhooks().newSecret();
        database = setting.workFolder().resolve("inbox.db");
        logs = Files.createTempDirectory("pushpull-capacity");
        serversPauses = new SafepointLog(logs.resolve("server.log"));
        driversPauses = new SafepointLog(logs.resolve("driver.log"));
        ServerProcess opened = null;
        try {
            opened = new ServerProcess(
                    new ServerProcess.Setup(
                            path, setting.payloadBytes(), setting.connections(), secret, database.toString()),
                    List.of(serversPauses.flag()));
            driver = new DriverProcess(
                    setting.driver(),
                    opened.address(),
                    path.request(TestedServer.body(setting.payloadBytes()), secret),
                    setting.connections(),
                    driversFlags());
            server = opened;
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (opened != null) {
                opened.close();
            }
            deleteFiles();
            throw e;
        }
    }

    /** The driver keeps nothing, so it collects a small young generation within a millisecond. */
    private List<String> driversFlags() {
        return Runtime.getRuntime().maxMemory() < ENOUGH_BYTES
                ? List.of(driversPauses.flag())
                : List.of(driversPauses.flag(), "-XX:NewSize=16m", "-XX:MaxNewSize=64m");
    }

    /**
     * Makes a step and waits for its end.
     *
     * @param warmupNanos before the measured time
     */
    Made step(double ratePerSecond, long warmupNanos, long measuredNanos) throws IOException, InterruptedException {
        LoadStep step = new LoadStep(clock.nanoTime() + LEAD_NANOS, ratePerSecond, warmupNanos, measuredNanos);
        server.begin(step);
        driver.begin(step);
        LoadResult result = driver.end(step);
        ServerProcess.Reading reading = server.end();
        return new Made(
                step,
                result,
                reading,
                reading.heard().and(driver.heard()),
                serversPauses.read().or(driversPauses.read()));
    }

    @Override
    public void close() throws IOException {
        driver.close();
        server.close();
        deleteFiles();
    }

    private void deleteFiles() throws IOException {
        for (String file : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(database.resolveSibling(database.getFileName() + file));
        }
        try (Stream<Path> files = Files.walk(logs)) {
            files.sorted(Comparator.reverseOrder()).forEach(PathProcesses::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(Failures.sentence(e), e);
        }
    }
}
