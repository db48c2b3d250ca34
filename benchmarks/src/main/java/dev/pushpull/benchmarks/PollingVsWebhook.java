package dev.pushpull.benchmarks;

import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.event.EventPage;
import dev.pushpull.measure.Recorder;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.Seeds;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * What does a poll interval of one stream cost, by polling and by webhooks, and how much of the polling is wasted? An
 * operation is one interval T: the events of that interval occur, then the consumer polls, or each event is pushed,
 * verified and acknowledged. Real HTTP over loopback, without the waiting in between, so that seconds hold thousands of
 * intervals. The events are drawn from the seed and every iteration has the same number of intervals, so the counters
 * are the same on every machine; the time is this machine's. Only λT = rate x interval matters: the same λT with
 * another interval gives the same figures.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
public class PollingVsWebhook {
    private static final int INTERVALS = 1_000;
    private static final int PAGE_LIMIT = 100;
    private static final long LONGEST_NANOS = 3_600 * Scenarios.SECOND_NANOS;

    /** T, the poll interval. */
    @Param({"500ms", "5s"})
    private String interval;

    /** λ, events of the stream. */
    @Param({"6/m", "1/s"})
    private String rate;

    private long intervalNanos;
    private ArrivalTimes times;
    private long nextEventNanos;
    private long tickNanos;
    private EventSource source;
    private LiveConsumers receiver;
    private PollingClient client;
    private String cursor = "0";

    /** What went over the wire; JMH adds it up over the measured iterations. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Traffic {
        public long requests;
        public long emptyPolls;
        public long deliveries;
        private int iterations;

        /** JMH adds up what iterations report, which is right for counts but not for a ratio. */
        @Setup(Level.Iteration)
        public void begin(BenchmarkParams benchmark, IterationParams iteration) {
            boolean measured = iteration.getType() == IterationType.MEASUREMENT;
            iterations = measured ? iteration.getCount() * Math.max(1, benchmark.getForks()) : 1;
        }

        /**
         * This iteration's empty polls divided by the polls of all measured iterations. All iterations have the same
         * number of polls, so the sum is the wasted ratio of all.
         */
        public double wastedRatio() {
            return (double) emptyPolls / INTERVALS / iterations;
        }
    }

    /** The same for webhooks, which have no polls. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class PushTraffic {
        public long requests;
        public long deliveries;
    }

    @Setup
    public void open(BenchmarkParams benchmark) throws IOException {
        intervalNanos = Quantity.durationNanos("interval", interval);
        times = new PoissonArrivals(Quantity.ratePerSecond("rate", rate))
                .times(new Seeds(1).generator(Seeds.Purpose.EVENTS, 0));
        nextEventNanos = times.nextNanos();
        Scenario scenario = Scenarios.live(1, StoreAddress.MEMORY);
        source = new EventSource(scenario);
        if (benchmark.getBenchmark().endsWith(".webhook")) {
            Recorder recorder = new Recorder(1);
            recorder.start(System.nanoTime(), LONGEST_NANOS);
            receiver = Scenarios.mode("webhook").live().connect(source.address(), scenario, recorder);
        } else {
            client = new PollingClient(source.address(), "c0", PAGE_LIMIT);
        }
    }

    @TearDown
    public void close() {
        source.close();
        if (receiver != null) {
            receiver.close();
        } else {
            client.close();
        }
    }

    /** Makes the events up to the next tick occur; returns their number. */
    private int occur() {
        tickNanos += intervalNanos;
        int events = 0;
        while (nextEventNanos < tickNanos) {
            source.occur(0);
            events++;
            nextEventNanos = times.nextNanos();
        }
        return events;
    }

    @Benchmark
    @OperationsPerInvocation(INTERVALS)
    public void polling(Traffic traffic) throws IOException {
        for (int tick = 0; tick < INTERVALS; tick++) {
            int events = occur();
            int fetched = 0;
            EventPage page;
            do {
                page = client.poll(cursor, null);
                cursor = page.nextCursor();
                fetched += page.events().size();
                traffic.requests++;
            } while (page.hasMore());
            if (fetched != events) {
                throw new IllegalStateException("a poll brought %d events of %d".formatted(fetched, events));
            }
            traffic.deliveries += fetched;
            traffic.emptyPolls += fetched == 0 ? 1 : 0;
        }
    }

    @Benchmark
    @OperationsPerInvocation(INTERVALS)
    public void webhook(PushTraffic traffic) throws InterruptedException {
        for (int tick = 0; tick < INTERVALS; tick++) {
            int events = occur();
            source.awaitAcknowledged(events);
            traffic.requests += events;
            traffic.deliveries += events;
        }
    }
}
