package dev.pushpull.experiment.capacity;

import dev.pushpull.host.ChildJvm;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.ParentLink;
import dev.pushpull.host.PartLink;
import dev.pushpull.host.Spans;
import dev.pushpull.host.StallEar;
import dev.pushpull.load.Lines;
import dev.pushpull.load.LoadStep;
import dev.pushpull.scenario.Failures;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The server under test, in a process of its own. */
final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PartLink process;
    private final URI address;

    /**
     * What it should serve.
     *
     * @param host the address at which it listens
     * @param streams how many streams long polls may wait on
     * @param database the durable inbox
     */
    record Setup(CapacityPath path, String host, int payloadBytes, int streams, String secret, String database) {}

    /**
     * What the server received.
     *
     * @param cpuNanos CPU its process used in the measured time
     * @param requests received since it started
     * @param heard when its process did not run, from the beginning of the step
     */
    record Reading(long cpuNanos, long requests, Spans heard) {}

    /** @param ownFlags of its JVM */
    ServerProcess(Setup setup, List<String> ownFlags) throws IOException, InterruptedException {
        this(new ChildJvm(ownFlags, Server.class), setup);
    }

    /** @param process has {@link #serve}; is closed with this */
    ServerProcess(PartLink process, Setup setup) throws IOException, InterruptedException {
        this.process = process;
        try {
            process.send(Lines.of(setup));
            String said = process.receive(PATIENCE);
            if (!said.startsWith("http://")) {
                throw new IOException(said);
            }
            address = URI.create(said);
        } catch (IOException | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    URI address() {
        return address;
    }

    /** Tells it to measure a step, and to make the events occur that held polls wait for. */
    void begin(LoadStep step) throws IOException {
        process.send(Lines.of(step));
    }

    /** Waits for the current step to end, once the driver is done with it. */
    Reading end() throws IOException, InterruptedException {
        process.send("end");
        return Lines.read(process.receive(PATIENCE), Reading.class);
    }

    @Override
    public void close() {
        process.close();
    }

    /** The child process. */
    static final class Server {
        private Server() {}

        public static void main(String[] arguments) throws InterruptedException {
            serve(ParentLink.open());
        }
    }

    /** The other side: does what its parent says, to the end of the process or to a failure, which it tells. */
    static void serve(ParentLink parent) throws InterruptedException {
        try {
            Setup setup = Lines.read(parent.receive(), Setup.class);
            try (TestedServer server = TestedServer.started(setup, NanoClock.SYSTEM);
                    StallEar ear = new StallEar(NanoClock.SYSTEM, "stalls")) {
                parent.send(server.address().toString());
                while (true) {
                    LoadStep step = Lines.read(parent.receive(), LoadStep.class);
                    long cpuNanos = server.serve(step);
                    parent.receive(); // "end"
                    server.settle();
                    parent.send(Lines.of(new Reading(cpuNanos, server.requests(), ear.since(step.startNanos()))));
                }
            }
        } catch (IOException e) {
            parent.send("the server: " + Failures.sentence(e));
        }
    }
}
