package dev.pushpull.delivery.webhook;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.event.Event;
import dev.pushpull.event.EventJson;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.RunCertificate;
import dev.pushpull.http.Transport;
import dev.pushpull.measure.Recorder;
import dev.pushpull.scenario.Counted;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.signing.SignatureSchemes;
import dev.pushpull.store.Effect;
import dev.pushpull.store.FirstFailure;
import dev.pushpull.store.Inbox;
import dev.pushpull.surface.Counter;
import dev.pushpull.surface.Counter.Side;
import dev.pushpull.surface.Exchanges;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;

/** Consumers that subscribed: one receiver with an endpoint for each, and a thread that processes accepted webhooks. */
public final class WebhookConsumers implements LiveConsumers {
    /** Room for the envelope around an event's data. */
    private static final int ENVELOPE_BYTES = 16 << 10;

    private static final int LEAST_BODY_LIMIT_BYTES = 256 << 10;
    private static final int MOST_BODY_LIMIT_BYTES = 1 << 30;

    private final Recorder recorder;
    private final NanoClock clock;
    private final Transport transport;
    private final ProviderClient client;
    private final long epochOffsetNanos;
    private final AtomicReferenceArray<String> secrets;
    private final Inbox inbox;
    private final FirstFailure inboxFailure = new FirstFailure();
    private final WebhookReceiver receiver;
    private final Doors doors;
    private final Thread processor;
    private final Map<String, Integer> endpoints = new HashMap<>();
    private final WebhookTaker taker;

    /**
     * Ready to take webhooks, each of which brings its event.
     *
     * @param mode the mode of these consumers; their threads carry its name
     * @throws IOException when the provider cannot be reached or refuses a subscription
     */
    public static WebhookConsumers subscribe(
            String mode, URI provider, Scenario scenario, Recorder recorder, NanoClock clock) throws IOException {
        return subscribe(mode, provider, scenario, recorder, clock, WebhookManner.EVENTS);
    }

    /** The same in another manner. */
    public static WebhookConsumers subscribe(
            String mode, URI provider, Scenario scenario, Recorder recorder, NanoClock clock, WebhookManner manner)
            throws IOException {
        WebhookConsumers consumers = new WebhookConsumers(mode, provider, scenario, recorder, clock, manner);
        try {
            consumers.subscribeAll(scenario);
            return consumers;
        } catch (IOException | RuntimeException e) {
            consumers.close();
            throw e;
        }
    }

    private WebhookConsumers(
            String mode, URI provider, Scenario scenario, Recorder recorder, NanoClock clock, WebhookManner manner)
            throws IOException {
        this.recorder = recorder;
        this.clock = clock;
        this.taker = manner.taker().orElse(this::deliver);
        Runnable repeated = manner.taker().isPresent() ? () -> {} : () -> recorder.repeated(Recorder.Via.PUSH);
        RoleThreads threads = new RoleThreads(mode, RoleThreads.CONSUMER);
        this.transport = Transport.over(scenario.wire());
        this.client = new ProviderClient(provider, clock, recorder, 1, 0, scenario);
        this.epochOffsetNanos = client.epochOffsetNanos();
        this.secrets = new AtomicReferenceArray<>(scenario.events().consumers());
        this.inbox = SlowInbox.of(open(scenario.webhooks(), mode, threads), scenario);
        this.receiver = new WebhookReceiver(
                new WebhookReceiver.Settings(
                        recorder.place().bind(),
                        0,
                        SignatureSchemes.named(scenario.webhooks().scheme()).orElseThrow(),
                        consumer -> consumer < secrets.length() ? secrets.get(consumer) : null,
                        bodyLimitBytes(scenario, manner.mostEvents()),
                        transport,
                        Exposure.DIRECT,
                        manner.refusal(),
                        Mishaps.of(scenario, taker)),
                inbox,
                threads,
                clock,
                Clock.systemUTC(),
                repeated);
        this.doors = doors(scenario, mode);
        this.processor = threads.newThread(this::process);
        processor.start();
    }

    private static int bodyLimitBytes(Scenario scenario, int events) {
        long bytes = (long) events * (scenario.events().payloadBytes() + ENVELOPE_BYTES);
        return (int) Math.max(LEAST_BODY_LIMIT_BYTES, Math.min(MOST_BODY_LIMIT_BYTES, bytes));
    }

    /** Uses a name of its own, since these endpoints live no longer than these consumers. */
    private Inbox open(Scenario.Webhooks webhooks, String mode, RoleThreads threads) throws IOException {
        try {
            String scope = mode + " " + UUID.randomUUID();
            return Inbox.open(
                    webhooks.inbox(),
                    new Inbox.Settings(
                            scope,
                            webhooks.processingQueue(),
                            Inbox.Settings.GROUPED,
                            Effect.NONE,
                            Inbox.FOREVER,
                            inboxFailure),
                    threads);
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    private void subscribeAll(Scenario scenario) throws IOException {
        for (int consumer : recorder.place().numbers(secrets.length()).toArray()) {
            String url = endpoint(consumer);
            String stream = scenario.events().streamName(scenario.events().streamOf(consumer));
            secrets.set(consumer, client.subscribe(url, scenario.webhooks().scheme(), stream));
            endpoints.put(url, consumer);
        }
    }

    private Doors doors(Scenario scenario, String mode) throws IOException {
        try {
            return new Doors(receiver.listening(), scenario, mode, clock, recorder.place());
        } catch (IOException e) {
            receiver.close();
            inbox.close();
            client.close();
            throw e;
        }
    }

    /**
     * The callback URL of a consumer. A consumer with its own connections has its own host. The host is a name, as in
     * real callbacks: the server would match a numeric address against a pattern for each request.
     */
    private String endpoint(int consumer) throws IOException {
        URI here = receiver.endpoint(consumer);
        String host = transport.ownConnections()
                ? "c" + consumer + "." + RunCertificate.RECEIVER_DOMAIN
                : recorder.place().advertised();
        return here.getScheme() + "://" + host + ":" + doors.port(consumer) + here.getPath();
    }

    private void process() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                process(inbox.take());
            }
        } catch (InterruptedException e) {
            // closed: whatever is queued stays unprocessed
        }
    }

    private void process(Inbox.Message message) {
        List<Event> events = taker.take(message.consumer(), message.body(), message.receivedNanos());
        inbox.processed(message)
                .thenRun(() -> events.forEach(done -> recorder.processed(
                        message.consumer(), done.sequence(), intendedNanos(done), clock.nanoTime())));
    }

    private long intendedNanos(Event event) {
        return event.occurredAtEpochNanos() - epochOffsetNanos;
    }

    /** The events that are not repeated; nothing when the body is none. */
    private List<Event> deliver(int consumer, byte[] body, long receivedNanos) {
        try {
            return EventJson.decodeOneOrMore(body).stream()
                    .filter(event -> recorder.delivered(
                            consumer, event.sequence(), intendedNanos(event), receivedNanos, Recorder.Via.PUSH))
                    .toList();
        } catch (EventJson.MalformedEventException e) {
            recorder.malformed();
            return List.of();
        }
    }

    @Override
    public void start(long startNanos) {
        doors.start(startNanos); // webhooks arrive by themselves
    }

    @Override
    public void askNoMore() {
        // it never asks
    }

    @Override
    public void stop(long mostNanos) throws InterruptedException {
        long deadline = clock.nanoTime() + mostNanos;
        while (inbox.unprocessed() > 0 && clock.nanoTime() < deadline) {
            Thread.sleep(1);
        }
        processor.interrupt();
        processor.join();
    }

    @Override
    public ConsumerBooks books() {
        Map<String, Long> setup =
                ConsumerBooks.setup(doors.count(), receiver.totals().connections(), endpoints.size(), endpoints.size());
        Counter acknowledged = new Counter(
                Exchanges.ACKNOWLEDGED,
                Side.SENT,
                "by the receiver",
                receiver.acknowledged(),
                Begins.PROVIDER,
                1,
                false);
        List<String> warnings = new TreeMap<>(receiver.refused())
                .entrySet().stream()
                        .map(refused -> "the receiver refused %s: %s"
                                .formatted(Counted.of(refused.getValue(), "webhook"), refused.getKey()))
                        .toList();
        return new ConsumerBooks(
                client.totals(),
                receiver.totals(),
                List.of(acknowledged),
                endpoints,
                setup,
                warnings,
                Stream.concat(inboxFailure.lines().stream(), doors.failures().stream())
                        .toList());
    }

    @Override
    public void close() {
        processor.interrupt();
        doors.close();
        receiver.close();
        inbox.close();
        client.close();
    }
}
