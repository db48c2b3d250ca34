package dev.pushpull.benchmarks;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.Seeds;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
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
 * How many deliveries does one core simulate in a second, by mode and load? This includes drawing the events and
 * recording the latencies. An operation is a delivery.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 8, time = 1)
public class SimulatedDeliveries {
    private static final int CONSUMERS = 20;
    private static final int EVENTS_A_CONSUMER = 200_000;
    private static final int DELIVERIES = CONSUMERS * EVENTS_A_CONSUMER;

    @Param({"polling", "conditional-polling", "adaptive-polling", "long-polling", "webhook", "hybrid"})
    private String mode;

    /** Mean events per poll interval. */
    @Param({"0.0155", "0.5", "5"})
    private double loadFactor;

    private final ForkJoinPool oneCore = new ForkJoinPool(1);
    private DeliveryMode simulated;
    private Scenario scenario;

    @Setup
    public void find() {
        simulated = Scenarios.mode(mode);
        scenario = Scenarios.of(
                List.of(mode),
                CONSUMERS,
                loadFactor,
                Scenarios.SECOND_NANOS,
                Math.round(EVENTS_A_CONSUMER / loadFactor * Scenarios.SECOND_NANOS));
        long delivered = deliver().counts().delivered();
        if (Math.abs(delivered - DELIVERIES) > DELIVERIES / 100) {
            throw new IllegalStateException("%,d deliveries instead of %,d".formatted(delivered, DELIVERIES));
        }
    }

    @TearDown
    public void stop() {
        oneCore.shutdown();
    }

    @Benchmark
    @OperationsPerInvocation(DELIVERIES)
    public Outcome deliver() {
        Seeds seeds = new Seeds(1);
        ArrivalStreams events = ArrivalStreams.drawn(scenario.events().arrivals(), CONSUMERS, seeds);
        return oneCore.submit(() -> simulated.virtual().simulate(scenario, events, seeds))
                .join();
    }
}
