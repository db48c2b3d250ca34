package dev.pushpull.experiment.run;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.event.EventDraft;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.Place;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.measure.Recorder;
import dev.pushpull.provider.ProviderServer;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.store.FirstFailure;
import dev.pushpull.store.Outbox;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.surface.ProviderSettings;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** A mode's provider, with a record of the events that occur there and of what it sends. */
public final class ProviderSide implements EventSink, AutoCloseable {
    /** Connections besides those that are held: for clocks and subscriptions. */
    private static final int OTHER_CONNECTIONS = 10;

    private final Scenario scenario;
    private final Recorder recorder;
    private final ProviderServer provider;
    private final Place place;
    private final SentByPart sent;
    private volatile Map<String, Integer> endpoints = Map.of();
    private final AtomicLong occurred = new AtomicLong();
    private final AtomicLong underWay = new AtomicLong();
    private final LongAdder lentCpuNanos = new LongAdder();
    private volatile Throwable failed;
    private final FirstFailure outboxFailure = new FirstFailure();
    private final Map<String, Long> lastSequences = new ConcurrentHashMap<>();

    public ProviderSide(DeliveryMode mode, Scenario scenario, Recorder recorder) throws IOException {
        this(mode, scenario, recorder, Place.WHOLE, List.of());
    }

    /**
     * @param place where it listens
     * @param others the parts with consumers, where those are on other hosts
     */
    public ProviderSide(DeliveryMode mode, Scenario scenario, Recorder recorder, Place place, List<Place> others)
            throws IOException {
        this.scenario = scenario;
        this.recorder = recorder;
        this.place = place;
        this.sent = new SentByPart(others);
        RoleThreads threads = new RoleThreads(mode.name(), RoleThreads.PROVIDER);
        // under a name of its own: what an earlier trial left open does not concern this one
        String scope = mode.name() + " " + UUID.randomUUID();
        this.provider = new ProviderServer(
                mode.live()
                        .provider(settings(scenario, place, others), scenario)
                        .withHeldConnections(mode.live().demand(scenario).connections() + OTHER_CONNECTIONS),
                Outbox.open(
                        scenario.webhooks().outbox(),
                        new Outbox.Settings(scope, Outbox.FOREVER, outboxFailure),
                        threads),
                threads,
                NanoClock.SYSTEM,
                new Attempts(),
                mode.live().surfaces(scenario));
    }

    /** Callbacks may go to the hosts of its consumers, and to no other. */
    private static ProviderSettings settings(Scenario scenario, Place place, List<Place> others) {
        return ProviderSettings.onLoopback(scenario)
                .withHost(place.bind())
                .withAllowedHosts(others.stream()
                        .map(other -> other.advertised().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** A recorder for the consumers of a scenario. */
    public static Recorder recorder(Scenario scenario, int followed) {
        return recorder(scenario, followed, Place.WHOLE);
    }

    /** The same for those of a part. */
    public static Recorder recorder(Scenario scenario, int followed, Place place) {
        return new Recorder(
                scenario.events().consumers(),
                followed,
                consumer -> scenario.events().streamName(scenario.events().streamOf(consumer)),
                place);
    }

    private final class Attempts implements AttemptListener {
        @Override
        public void attempted(String url, long dueNanos, long sentNanos, long doneNanos, Exchange exchange) {
            int consumer = endpoints.getOrDefault(url, 0);
            sent.attempted(consumer, exchange);
            recorder.begin(Exchanges.ATTEMPT, consumer, dueNanos).over(sentNanos, doneNanos, exchange);
        }

        @Override
        public void attempted(
                String url,
                List<StoredEvent> events,
                int attempt,
                long dueNanos,
                long sentNanos,
                long doneNanos,
                Exchange exchange) {
            attempted(url, dueNanos, sentNanos, doneNanos, exchange);
            int consumer = endpoints.getOrDefault(url, 0);
            for (StoredEvent event : events) {
                recorder.attempted(consumer, event.event().sequence(), attempt, sentNanos, doneNanos, exchange);
            }
        }
    }

    /** @param byUrl the consumer of each callback URL */
    public void endpoints(Map<String, Integer> byUrl) {
        endpoints = Map.copyOf(byUrl);
    }

    /** Where its consumers reach it. */
    public URI address() {
        URI here = provider.address();
        return place.equals(Place.WHOLE)
                ? here
                : URI.create(here.getScheme() + "://" + place.advertised() + ":" + here.getPort());
    }

    /** How many requests came from each address. */
    public Map<String, Long> requestsByAddress() {
        Map<String, Long> byAddress = new HashMap<>();
        provider.servedByAddress().forEach((address, served) -> byAddress.put(address, served.requests()));
        return byAddress;
    }

    /** What it sent to the consumers of each part, in their order. */
    public List<SentByPart.Sent> sentByPart() {
        return sent.all();
    }

    public Recorder recorder() {
        return recorder;
    }

    public ProviderServer provider() {
        return provider;
    }

    /**
     * An event occurs, now or once the outbox has stored it. Called by one thread.
     *
     * @throws java.util.concurrent.CompletionException when an earlier event failed to occur
     */
    @Override
    public void occur(EventDraft draft, int stream, long intendedNanos) {
        if (failed != null) {
            String why = failures().stream().findFirst().orElse("the outbox failed: " + Failures.sentence(failed));
            throw new CompletionException(why, failed);
        }
        underWay.incrementAndGet();
        long begunNanos = NanoClock.SYSTEM.nanoTime(); // read first: a webhook may arrive before this returns
        CompletableFuture<StoredEvent> occurring = provider.occur(draft, intendedNanos);
        Thread.yield(); // a receiver just woken on this processor goes before the books
        occurring.whenComplete((stored, failure) -> {
            if (failure == null) {
                // a stream has the same number as its first consumer, shared or not
                boolean followed = recorder.follows(stream);
                recorder.occurred(
                        intendedNanos,
                        draft.stream(),
                        stored.event().sequence(),
                        stored.event().id(),
                        begunNanos,
                        followed);
                lastSequences.put(draft.stream(), stored.event().sequence());
                occurred.incrementAndGet();
            } else {
                failed = failure;
            }
            underWay.decrementAndGet();
        });
    }

    @Override
    public void lend(long cpuNanos) {
        lentCpuNanos.add(cpuNanos);
    }

    /** CPU time that the event pump's thread has spent as the provider. */
    public double lentCpuMillis() {
        return lentCpuNanos.sum() / 1e6;
    }

    /** How the outbox's database failed, in one line; empty when it did not. */
    public List<String> failures() {
        return outboxFailure.lines();
    }

    /**
     * Why consumers and provider could not connect: if the outbox's database failed, the provider does not answer as it
     * should.
     */
    public static IOException cause(List<String> failures, IOException otherwise) {
        return failures.isEmpty() ? otherwise : new IOException(failures.get(0), otherwise);
    }

    /** The newest sequence of each stream. */
    public Map<Integer, Long> lastSequences() {
        Map<Integer, Long> byNumber = new HashMap<>();
        for (int stream = 0; stream < scenario.events().streamCount(); stream++) {
            byNumber.put(stream, lastSequences.getOrDefault(scenario.events().streamName(stream), 0L));
        }
        return byNumber;
    }

    /** Events so far. */
    public long occurred() {
        return occurred.get();
    }

    /** Whether no event is about to occur and no webhook is on its way, or will be again by chance. */
    public boolean idle() {
        Scenario.Faults faults = scenario.faults();
        boolean again = (faults.failureRate() > 0 || faults.duplicateRate() > 0) && provider.retriesLater();
        return underWay.get() == 0 && provider.idle() && !again;
    }

    @Override
    public void close() {
        provider.close();
    }
}
