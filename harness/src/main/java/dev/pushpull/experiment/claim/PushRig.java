package dev.pushpull.experiment.claim;

import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.delivery.webhook.WebhookEndpoint;
import dev.pushpull.event.Event;
import dev.pushpull.event.EventDraft;
import dev.pushpull.event.EventJson;
import dev.pushpull.event.EventPage;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.PreciseWaiter;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.measure.LatencyHistogram;
import dev.pushpull.measure.Recorder;
import dev.pushpull.provider.ProviderServer;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.signing.SignatureSchemes;
import dev.pushpull.store.Inbox;
import dev.pushpull.surface.ProviderSettings;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import okhttp3.Request;

/** A provider that pushes Poisson events to one receiver, whose inbox may be troubled on purpose. */
final class PushRig implements AutoCloseable {
    static final int MAX_BODY_BYTES = 256 << 10;

    /** Divides a delivery id from what made it a new one to an inbox that forgets. */
    static final String AGAIN = "#";

    private static final int PROCESSING_QUEUE = 100_000;
    private static final long LEAD_NANOS = 50_000_000;
    private static final long LOOK_EVERY_NANOS = 2_000_000;
    private static final String DATA = "{\"filler\":\"" + "x".repeat(1000) + "\"}";

    private final Setup setup;
    private final NanoClock clock = NanoClock.SYSTEM;
    private final String secret = SignatureSchemes.DEFAULT.newSecret();
    private final ConcurrentHashMap<String, Long> intended = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, AtomicInteger> effects = new ConcurrentHashMap<>();
    private final LatencyHistogram latency = new LatencyHistogram();
    private final LatencyHistogram answers = new LatencyHistogram();
    private final AtomicLong attempts = new AtomicLong();
    private final AtomicLong timeouts = new AtomicLong();
    private final AtomicLong outOfOrder = new AtomicLong();
    private final AtomicLong strangers = new AtomicLong();
    private final RoleThreads threads = new RoleThreads("rig", RoleThreads.CONSUMER);
    private final Inbox inbox;
    private volatile WebhookEndpoint endpoint;
    private volatile Inbox.Message recorded;
    private final ConcurrentHashMap<String, Long> receivedNanos = new ConcurrentHashMap<>();
    private volatile long startNanos;
    private long duplicatesBefore;
    private final ProviderServer provider;
    private long newestNanos = Long.MIN_VALUE;
    private int played;

    /**
     * @param trouble makes the receiver's inbox behave otherwise
     * @param processingNanos how long processing a message takes, after it was acknowledged
     */
    record Setup(
            double ratePerSecond,
            Scenario.Webhooks webhooks,
            UnaryOperator<Inbox> trouble,
            long processingNanos,
            long seed) {}

    /**
     * What came of a time.
     *
     * @param latency from the intended time to received and verified, of first arrivals that were processed
     * @param answers how long the sender waited for each answer that came
     * @param timeouts attempts without an answer in time
     * @param effects events processed at least once
     * @param repeatedEffects events processed more than once
     * @param strangers messages processed that were no events of this time
     */
    record Result(
            long events,
            long attempts,
            long timeouts,
            long duplicates,
            long outOfOrder,
            long effects,
            long repeatedEffects,
            long strangers,
            Distribution latency,
            Distribution answers) {}

    /** @throws IOException when provider and receiver do not come together */
    PushRig(Setup setup) throws IOException {
        this.setup = setup;
        inbox = setup.trouble()
                .apply(Inbox.open(StoreAddress.MEMORY, new Inbox.Settings("rig", PROCESSING_QUEUE), threads));
        endpoint = listening(0);
        provider = new ProviderServer(
                new ProviderSettings("127.0.0.1", 0, PROCESSING_QUEUE, setup.webhooks(), setup.seed(), Set.of()),
                "rig",
                clock,
                this::attempted);
        try (ProviderClient client = new ProviderClient(provider.address(), clock, new Recorder(1), 1, 0)) {
            client.subscribe(endpoint.address(0).toString(), SignatureSchemes.DEFAULT.name(), "c0", secret);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private WebhookEndpoint listening(int port) {
        return new WebhookEndpoint(
                new WebhookEndpoint.Settings("127.0.0.1", port, SignatureSchemes.DEFAULT, secret, MAX_BODY_BYTES),
                inbox,
                threads,
                this::process);
    }

    /** Nobody listens for a time, as when the receiver's server is down; what it keeps in memory it still has. */
    void down(long nanos) {
        int port = endpoint.address(0).getPort();
        duplicatesBefore -= endpoint.duplicates(); // the next one begins to count anew
        endpoint.close();
        new PreciseWaiter(clock).parkUntil(clock.nanoTime() + nanos);
        endpoint = listening(port);
    }

    /** Waits that long after the beginning of what is played. */
    void waitFor(long nanos) {
        new PreciseWaiter(clock).parkUntil(startNanos + nanos);
    }

    /** Events intended in a part of what was played last, in nanoseconds after its beginning. */
    long occurredBetween(long fromNanos, long toNanos) {
        return intended.values().stream()
                .filter(due -> due >= startNanos + fromNanos && due < startNanos + toNanos)
                .count();
    }

    /** When the last of these events was received, seconds after the beginning; NaN when none was. */
    double lastEffectOf(long fromNanos, long toNanos) {
        return receivedNanos.entrySet().stream()
                .filter(entry -> {
                    long due = intended.getOrDefault(entry.getKey(), Long.MIN_VALUE);
                    return due >= startNanos + fromNanos && due < startNanos + toNanos;
                })
                .mapToDouble(entry -> (entry.getValue() - startNanos) / 1e9)
                .max()
                .orElse(Double.NaN);
    }

    /** Asks the provider for all events, as a reconciling poll does, and processes what no webhook has brought. */
    void reconcile() throws IOException {
        try (ProviderClient client = new ProviderClient(provider.address(), clock, new Recorder(1), 1, 0)) {
            String cursor = "0";
            boolean more = true;
            while (more) {
                EventPage page = EventJson.decodePage(client.execute(new Request.Builder()
                                .url(client.at("events")
                                        .addQueryParameter("stream", "c0")
                                        .addQueryParameter("after", cursor)
                                        .build())
                                .build())
                        .body());
                long now = clock.nanoTime();
                for (Event event : page.events()) {
                    if (!effects.containsKey(event.id())) {
                        process(new Inbox.Message(0, 0, event.id(), now, new byte[0]));
                    }
                }
                cursor = page.nextCursor();
                more = page.hasMore();
            }
        }
    }

    /** Requests that the receiver itself has refused. */
    long refusedByReceiver() {
        return endpoint.refused().values().stream().mapToLong(Long::longValue).sum();
    }

    /** A genuine message that was processed. */
    Inbox.Message recorded() {
        return recorded;
    }

    /** Where the webhooks go. */
    URI endpoint() {
        return endpoint.address(0);
    }

    String secret() {
        return secret;
    }

    private void attempted(String url, long dueNanos, long sentNanos, long doneNanos, Exchange exchange) {
        attempts.incrementAndGet();
        if (exchange.ending() == Ending.ANSWERED) {
            synchronized (answers) {
                answers.record(doneNanos - sentNanos);
            }
        } else {
            timeouts.incrementAndGet();
        }
    }

    private void process(Inbox.Message message) {
        if (setup.processingNanos() > 0) {
            new PreciseWaiter(clock).parkUntil(clock.nanoTime() + setup.processingNanos());
        }
        recorded = message;
        String id = message.deliveryId().split(AGAIN)[0];
        Long due = intended.get(id);
        if (due == null) {
            strangers.incrementAndGet();
            return;
        }
        if (effects.computeIfAbsent(id, key -> new AtomicInteger()).incrementAndGet() == 1) {
            receivedNanos.put(id, message.receivedNanos());
            synchronized (latency) {
                latency.record(message.receivedNanos() - due);
                outOfOrder.addAndGet(due < newestNanos ? 1 : 0);
                newestNanos = Math.max(newestNanos, due);
            }
        }
    }

    /**
     * Lets events occur for a time and waits for what is on its way, at most for another.
     *
     * @return figures of this time alone
     */
    Result play(long durationNanos, long drainNanos) throws InterruptedException, IOException {
        return play(durationNanos, drainNanos, () -> {});
    }

    /** @param meanwhile done by the calling thread while events occur */
    Result play(long durationNanos, long drainNanos, Meanwhile meanwhile) throws InterruptedException, IOException {
        reset();
        List<Long> offsets = new ArrayList<>();
        ArrivalTimes times =
                new PoissonArrivals(setup.ratePerSecond()).times(new SplittableRandom(setup.seed() + played));
        for (long at = times.nextNanos(); at < durationNanos; at = times.nextNanos()) {
            offsets.add(at);
        }
        startNanos = clock.nanoTime() + LEAD_NANOS;
        Thread pump = new Thread(() -> pump(offsets), "rig:pump");
        pump.start();
        try {
            meanwhile.run();
            pump.join();
            long untilNanos = clock.nanoTime() + drainNanos;
            while (effects.size() < offsets.size() && clock.nanoTime() < untilNanos) {
                clockPause();
            }
        } finally {
            pump.interrupt();
            pump.join();
        }
        synchronized (latency) {
            synchronized (answers) {
                return new Result(
                        offsets.size(),
                        attempts.get(),
                        timeouts.get(),
                        endpoint.duplicates() - duplicatesBefore,
                        outOfOrder.get(),
                        effects.size(),
                        effects.values().stream()
                                .filter(count -> count.get() > 1)
                                .count(),
                        strangers.get(),
                        latency.distribution(),
                        answers.distribution());
            }
        }
    }

    /** Something that may be interrupted. */
    interface Meanwhile {
        void run() throws InterruptedException, IOException;
    }

    private void clockPause() {
        new PreciseWaiter(clock).parkUntil(clock.nanoTime() + LOOK_EVERY_NANOS);
    }

    private void reset() {
        played++;
        attempts.set(0);
        timeouts.set(0);
        strangers.set(0);
        duplicatesBefore = endpoint.duplicates();
        outOfOrder.set(0);
        intended.clear();
        effects.clear();
        receivedNanos.clear();
        synchronized (latency) {
            latency.reset();
        }
        synchronized (answers) {
            answers.reset();
        }
    }

    private void pump(List<Long> offsets) {
        PreciseWaiter waiter = new PreciseWaiter(clock);
        long epochOffsetNanos = HostClocks.now(clock).offsetNanos();
        for (int number = 0; number < offsets.size() && !Thread.currentThread().isInterrupted(); number++) {
            long intendedNanos = startNanos + offsets.get(number);
            String id = "evt_" + played + "_" + number;
            intended.put(id, intendedNanos);
            EventDraft draft = new EventDraft(id, "c0", "payment.succeeded", intendedNanos + epochOffsetNanos, DATA);
            waiter.awaitUntil(intendedNanos);
            provider.append(draft, intendedNanos);
        }
    }

    @Override
    public void close() {
        provider.close();
        endpoint.close();
    }
}
