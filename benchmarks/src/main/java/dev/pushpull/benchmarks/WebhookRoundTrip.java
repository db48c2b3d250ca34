package dev.pushpull.benchmarks;

import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.measure.Recorder;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.StoreAddress;
import java.io.IOException;
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
 * How long does a webhook take, from the event to its acknowledgement by a receiver that has verified and saved it?
 * {@link #oneAtATime} is a round trip including the thread hand-overs to the emitter and back; {@link #manyAtOnce} is
 * what one delivery costs the machine when as many as allowed are in flight. The receiver processes on a thread of its
 * own.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 8, time = 1)
public class WebhookRoundTrip {
    private static final int ENDPOINTS = 8;
    private static final int IN_FLIGHT = 64;
    private static final long LONGEST_NANOS = 3_600 * Scenarios.SECOND_NANOS;

    /** Where the receiver saves what it acknowledges. */
    @Param({"memory", "sqlite"})
    private String inbox;

    private EventSource source;
    private LiveConsumers receiver;

    @Setup
    public void open() throws IOException {
        Scenario scenario = Scenarios.live(ENDPOINTS, new StoreAddress(inbox));
        Recorder recorder = new Recorder(ENDPOINTS);
        recorder.start(System.nanoTime(), LONGEST_NANOS);
        source = new EventSource(scenario);
        receiver = Scenarios.mode("webhook").live().connect(source.address(), scenario, recorder);
    }

    @TearDown
    public void close() {
        source.close();
        receiver.close();
    }

    @Benchmark
    public void oneAtATime() throws InterruptedException {
        source.occur(0);
        source.awaitAcknowledged(1);
    }

    @Benchmark
    @OperationsPerInvocation(IN_FLIGHT)
    public void manyAtOnce() throws InterruptedException {
        for (int i = 0; i < IN_FLIGHT; i++) {
            source.occur(i % ENDPOINTS);
        }
        source.awaitAcknowledged(IN_FLIGHT);
    }
}
