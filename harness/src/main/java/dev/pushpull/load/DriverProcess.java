package dev.pushpull.load;

import dev.pushpull.host.ChildJvm;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.ParentLink;
import dev.pushpull.host.PartLink;
import dev.pushpull.host.Spans;
import dev.pushpull.host.StallEar;
import dev.pushpull.scenario.Failures;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A driver in a process of its own, so that its CPU and garbage are not taken for the server's. */
public final class DriverProcess implements LoadDriver {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String READY = "ready";

    private final PartLink process;
    private Spans heard = Spans.NONE;

    /**
     * Starts it.
     *
     * @param ownFlags of its JVM
     * @throws IOException when it cannot connect
     */
    public DriverProcess(Kind kind, URI server, LoadRequest request, int connections, List<String> ownFlags)
            throws IOException, InterruptedException {
        this(new ChildJvm(ownFlags, Driver.class), kind, server, request, connections);
    }

    /**
     * Sets up one that was started.
     *
     * @param process has {@link #serve}; is closed with this
     * @throws IOException when it cannot connect
     */
    public DriverProcess(PartLink process, Kind kind, URI server, LoadRequest request, int connections)
            throws IOException, InterruptedException {
        this.process = process;
        try {
            process.send(Lines.of(new Setup(kind, server, request, connections)));
            String said = process.receive(PATIENCE);
            if (!said.equals(READY)) {
                throw new IOException(said);
            }
        } catch (IOException | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    private record Setup(Kind kind, URI server, LoadRequest request, int connections) {}

    private record Reply(LoadResult result, Spans heard) {}

    /** Starts a step without waiting for its end. */
    public void begin(LoadStep step) throws IOException {
        process.send(Lines.of(step));
    }

    /** Waits for the current step to end. */
    public LoadResult end(LoadStep step) throws IOException, InterruptedException {
        Duration length = Duration.ofNanos(step.warmupNanos() + step.measuredNanos() + step.drainNanos());
        String said = process.receive(length.plus(PATIENCE));
        if (!said.startsWith("{")) {
            throw new IOException(said);
        }
        Reply reply = Lines.read(said, Reply.class);
        heard = reply.heard();
        return reply.result();
    }

    /** When this process did not run, from the beginning of the step that ended last. */
    public Spans heard() {
        return heard;
    }

    @Override
    public LoadResult run(LoadStep step) throws IOException, InterruptedException {
        begin(step);
        return end(step);
    }

    @Override
    public void close() {
        process.close();
    }

    /** The child process. */
    static final class Driver {
        private Driver() {}

        public static void main(String[] arguments) throws InterruptedException {
            serve(ParentLink.open());
        }
    }

    /** The other side: does what its parent says, to the end of the process or to a failure, which it tells. */
    public static void serve(ParentLink parent) throws InterruptedException {
        try {
            Setup setup = Lines.read(parent.receive(), Setup.class);
            try (LoadDriver driver =
                            setup.kind().open(setup.server(), setup.request(), setup.connections(), NanoClock.SYSTEM);
                    StallEar ear = new StallEar(NanoClock.SYSTEM, "stalls")) {
                parent.send(READY);
                while (true) {
                    LoadStep step = Lines.read(parent.receive(), LoadStep.class);
                    LoadResult result = driver.run(step);
                    parent.send(Lines.of(new Reply(result, ear.since(step.startNanos()))));
                }
            }
        } catch (IOException e) {
            parent.send("the driver: " + Failures.sentence(e));
        }
    }
}
