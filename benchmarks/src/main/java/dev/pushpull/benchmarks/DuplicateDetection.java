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

/**
 * What does it cost to recognise a repeated delivery, in memory and in a database? As many repetitions come at once as
 * a sender with that in-flight limit would send; an operation is one of them. If the figure does not depend on {@code
 * known}, the lookup does not scan. {@link InboxCommits} measures what a new delivery costs a database.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DuplicateDetection {
    private static final int IN_FLIGHT = 64;

    /** Odd, so that consecutive ids are far apart and all come up. */
    private static final int STRIDE = 7_919;

    private static final byte[] BODY = new byte[1024];

    @Param({"memory", "sqlite"})
    private String inbox;

    /** Deliveries that it holds already. */
    @Param({"1000", "100000"})
    private int known;

    private Inbox opened;
    private String[] ids;
    private int next;

    @Setup
    public void fill() throws Exception {
        opened = open();
        ids = new String[known];
        List<CompletableFuture<Saved>> saved = new ArrayList<>(known);
        for (int i = 0; i < known; i++) {
            ids[i] = "evt_" + i;
            saved.add(opened.save(0, ids[i], BODY, System.nanoTime()));
        }
        expect(saved, Saved.ACCEPTED);
    }

    private Inbox open() throws IOException {
        return Inbox.open(
                new StoreAddress(inbox),
                new Inbox.Settings("benchmark", Integer.MAX_VALUE, Inbox.Settings.GROUPED, Effect.NONE),
                Thread::new);
    }

    private static void expect(List<CompletableFuture<Saved>> saved, Saved expected) throws Exception {
        for (CompletableFuture<Saved> each : saved) {
            if (each.get() != expected) {
                throw new IllegalStateException("expected " + expected + ", not " + each.get());
            }
        }
    }

    @TearDown
    public void close() {
        opened.close();
    }

    @Benchmark
    @OperationsPerInvocation(IN_FLIGHT)
    public void repeated() throws Exception {
        List<CompletableFuture<Saved>> saved = new ArrayList<>(IN_FLIGHT);
        for (int i = 0; i < IN_FLIGHT; i++) {
            next = (next + STRIDE) % known;
            saved.add(opened.save(0, ids[next], BODY, System.nanoTime()));
        }
        expect(saved, Saved.DUPLICATE);
    }
}
