package dev.pushpull.experiment;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.event.EventDraft;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.measure.CpuMeter;
import dev.pushpull.measure.DelayRelay;
import dev.pushpull.measure.MeteredHttpClient.Exchange;
import dev.pushpull.measure.NanoClock;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.RoleThreads;
import dev.pushpull.provider.AttemptListener;
import dev.pushpull.provider.ProviderServer;
import dev.pushpull.provider.ProviderSettings;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.store.Outbox;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** One mode with a provider and consumers of its own, on sockets of its own. */
final class LiveTrial implements AutoCloseable {
    /** For a thread and a connection, on a busy machine. */
    private static final long LEAD_A_CONSUMER_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final DeliveryMode mode;
    private final Scenario scenario;
    private final Recorder recorder;
    private final ProviderServer provider;
    private final DelayRelay relay;
    private final LiveConsumers consumers;
    private volatile Map<String, Integer> endpoints = Map.of();
    private final AtomicLong occurred = new AtomicLong();
    private final AtomicLong underWay = new AtomicLong();
    private final LongAdder lentCpuNanos = new LongAdder();
    private volatile Throwable failed;
    private final Map<String, Long> lastSequences = new ConcurrentHashMap<>();
    private boolean stopped;

    /** How long before the measured time consumers have to be started so that all of them are there when it begins. */
    static long leadNanos(Scenario scenario) {
        return LEAD_A_CONSUMER_NANOS * scenario.events().consumers();
    }

    /** @throws IOException when consumers and provider do not come together */
    LiveTrial(DeliveryMode mode, Scenario scenario) throws IOException {
        this(mode, scenario, 0);
    }

    /** @param followed of the first so many consumers a journal is kept */
    LiveTrial(DeliveryMode mode, Scenario scenario, int followed) throws IOException {
        this.mode = mode;
        this.scenario = scenario;
        this.recorder = new Recorder(
                scenario.events().consumers(),
                followed,
                consumer -> scenario.events().streamName(scenario.events().streamOf(consumer)));
        RoleThreads threads = new RoleThreads(mode.name(), RoleThreads.PROVIDER);
        // under a name of its own: what an earlier trial left open is none of this one's business
        String scope = mode.name() + " " + UUID.randomUUID();
        this.provider = new ProviderServer(
                ProviderSettings.onLoopback(scenario),
                Outbox.open(scenario.webhooks().outbox(), scope, threads),
                threads,
                NanoClock.SYSTEM,
                new Attempts());
        try {
            this.relay = DelayRelay.before(
                    provider.address(),
                    scenario.wire().rttNanos(),
                    NanoClock.SYSTEM,
                    new RoleThreads(mode.name(), RoleThreads.HARNESS));
        } catch (IOException e) {
            provider.close();
            throw e;
        }
        try {
            this.consumers = mode.connect(relay.address(), scenario, recorder);
        } catch (IOException | RuntimeException e) {
            relay.close();
            provider.close();
            throw e;
        }
        this.endpoints = consumers.books().endpoints();
    }

    private final class Attempts implements AttemptListener {
        @Override
        public void attempted(String url, long dueNanos, long sentNanos, long doneNanos, Exchange exchange) {
            int consumer = endpoints.getOrDefault(url, 0);
            recorder.request(Recorder.Purpose.ATTEMPT, consumer, dueNanos, sentNanos, doneNanos, 0, exchange, false);
        }

        @Override
        public void attempted(
                String url,
                StoredEvent event,
                int attempt,
                long dueNanos,
                long sentNanos,
                long doneNanos,
                Exchange exchange) {
            attempted(url, dueNanos, sentNanos, doneNanos, exchange);
            int consumer = endpoints.getOrDefault(url, 0);
            recorder.attempted(consumer, event.event().sequence(), attempt, sentNanos, doneNanos, exchange);
        }
    }

    DeliveryMode mode() {
        return mode;
    }

    Recorder recorder() {
        return recorder;
    }

    ProviderServer provider() {
        return provider;
    }

    LiveConsumers consumers() {
        return consumers;
    }

    /** The measured time begins. */
    void start(long startNanos) {
        recorder.start(startNanos, scenario.run().durationNanos());
        consumers.start(startNanos);
    }

    /**
     * An event occurs, now or when the outbox has it. Called by one thread.
     *
     * @throws java.util.concurrent.CompletionException when an earlier one could not
     */
    void occur(EventDraft draft, int stream, long intendedNanos) {
        if (failed != null) {
            throw new CompletionException("the outbox failed: " + failed.getMessage(), failed);
        }
        underWay.incrementAndGet();
        long cpuNanos = CpuMeter.ofThisThreadNanos();
        provider.occur(draft, intendedNanos).whenComplete((stored, failure) -> {
            if (failure == null) {
                // stream and first consumer have the same number, shared or not
                boolean followed = recorder.follows(stream);
                recorder.occurred(
                        intendedNanos,
                        draft.stream(),
                        stored.event().sequence(),
                        stored.event().id(),
                        NanoClock.SYSTEM.nanoTime(),
                        followed);
                lastSequences.put(draft.stream(), stored.event().sequence());
                occurred.incrementAndGet();
            } else {
                failed = failure;
            }
            underWay.decrementAndGet();
        });
        lentCpuNanos.add(CpuMeter.ofThisThreadNanos() - cpuNanos);
    }

    /** CPU time that the thread which lets events occur has spent as the provider. */
    double lentCpuMillis() {
        return lentCpuNanos.sum() / 1e6;
    }

    /** The newest sequence of each stream. */
    Map<Integer, Long> lastSequences() {
        Map<Integer, Long> byNumber = new HashMap<>();
        for (int stream = 0; stream < scenario.events().streamCount(); stream++) {
            byNumber.put(stream, lastSequences.getOrDefault(scenario.events().streamName(stream), 0L));
        }
        return byNumber;
    }

    /** Events so far. */
    long occurred() {
        return occurred.get();
    }

    /** Deliveries that are due, given the events so far. */
    long expected() {
        return occurred.get() * scenario.events().consumersPerStream();
    }

    /** Whether every delivery that is due has arrived and nothing is on its way. */
    boolean complete() {
        return underWay.get() == 0 && recorder.deliveredSoFar() >= expected() && provider.emitterIdle();
    }

    /** Ends the traffic; what is under way may finish. */
    void stop() throws InterruptedException {
        if (!stopped) {
            stopped = true;
            consumers.askNoMore();
            provider.letHeldPollsGo();
            provider.stopEmitting(TimeUnit.SECONDS.toNanos(1));
            consumers.stop(TimeUnit.SECONDS.toNanos(1));
        }
    }

    @Override
    public void close() {
        consumers.close();
        relay.close();
        provider.close();
    }
}
