package dev.pushpull.benchmarks;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.EventStreams;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.schedule.Seeds;
import java.util.List;
import java.util.Map;
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
 * How many deliveries does one core simulate in a second? Drawing the events and recording the latencies are in it. An
 * operation is a delivery.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 8, time = 1)
public class SimulatedDeliveries {
    private static final long SECOND_NANOS = 1_000_000_000L;
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
        simulated = DeliveryModes.all().stream()
                .filter(known -> known.name().equals(mode))
                .findFirst()
                .orElseThrow();
        scenario = new Scenario(
                new Scenario.Events(
                        new PoissonArrivals(loadFactor),
                        Scenario.Streams.PER_CONSUMER,
                        CONSUMERS,
                        1024,
                        "payment.succeeded",
                        10_000),
                new Scenario.Polling(SECOND_NANOS, 100, Phase.RANDOM),
                new Scenario.Webhooks(
                        "standard-webhooks",
                        RetrySchedule.STANDARD_WEBHOOKS,
                        64,
                        8,
                        5 * SECOND_NANOS,
                        15 * SECOND_NANOS,
                        10_000),
                Scenario.Network.NONE,
                Scenario.Faults.NONE,
                new Scenario.Run(
                        List.of(mode),
                        Math.round(EVENTS_A_CONSUMER / loadFactor * SECOND_NANOS),
                        5 * SECOND_NANOS,
                        1,
                        false),
                Map.of());
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
        EventStreams events = EventStreams.drawn(scenario.events().arrivals(), CONSUMERS, seeds);
        return oneCore.submit(() -> simulated.simulate(scenario, events, seeds)).join();
    }
}
