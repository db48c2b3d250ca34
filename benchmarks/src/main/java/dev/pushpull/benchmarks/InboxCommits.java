package dev.pushpull.benchmarks;

import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.store.Effect;
import dev.pushpull.store.Inbox;
import dev.pushpull.store.Inbox.Saved;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How many deliveries a second can a durable inbox acknowledge, committed together or each alone? */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class InboxCommits {
    private static final int IN_FLIGHT = 64;
    private static final byte[] BODY = new byte[1024];

    /** Most deliveries in one commit. */
    @Param({"1", "1000"})
    private int mostPerCommit;

    private Inbox inbox;
    private long number;

    @Setup
    public void open() throws IOException {
        inbox = Inbox.open(
                new StoreAddress("sqlite"),
                new Inbox.Settings("benchmark", Integer.MAX_VALUE, mostPerCommit, Effect.NONE),
                Thread::new);
    }

    @TearDown
    public void close() {
        inbox.close();
    }

    /**
     * As many deliveries come at once as a sender with that in-flight limit would send, and all wait for their answer.
     */
    @Benchmark
    @OperationsPerInvocation(IN_FLIGHT)
    public void acknowledge() throws Exception {
        List<CompletableFuture<Saved>> saved = new ArrayList<>(IN_FLIGHT);
        for (int i = 0; i < IN_FLIGHT; i++) {
            saved.add(inbox.save(0, "evt_" + number++, BODY, System.nanoTime()));
        }
        for (CompletableFuture<Saved> each : saved) {
            if (each.get() != Saved.ACCEPTED) {
                throw new IllegalStateException("not accepted: " + each.get());
            }
        }
    }
}
