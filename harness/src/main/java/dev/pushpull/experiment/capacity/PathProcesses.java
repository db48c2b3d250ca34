package dev.pushpull.experiment.capacity;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.SafepointLog;
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
final class PathProcesses implements PathSteps {
    /** The time from announcing a step to both sides until it begins. */
    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** A heap that was made smaller than this on purpose is left alone. */
    private static final long ENOUGH_BYTES = 512L << 20;

    private static final String HERE = "127.0.0.1";

    private final NanoClock clock = NanoClock.SYSTEM;
    private final Path database;
    private final Path logs;
    private final SafepointLog serversPauses;
    private final SafepointLog driversPauses;
    private final ServerProcess server;
    private final DriverProcess driver;

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
                            path, HERE, setting.payloadBytes(), setting.connections(), secret, database.toString()),
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

    @Override
    public Made step(double ratePerSecond, long warmupNanos, long measuredNanos)
            throws IOException, InterruptedException {
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
    public int cores() {
        return Runtime.getRuntime().availableProcessors();
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
