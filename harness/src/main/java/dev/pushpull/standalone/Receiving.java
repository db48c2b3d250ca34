package dev.pushpull.standalone;

import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.delivery.webhook.Exposure;
import dev.pushpull.delivery.webhook.WebhookEndpoint;
import dev.pushpull.host.CpuMeter;
import dev.pushpull.host.EpochClock;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.measure.Recorder;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.signing.SignatureScheme;
import dev.pushpull.store.Effect;
import dev.pushpull.store.Inbox;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A webhook receiver that runs alone, for one of our providers or for any vendor. */
public final class Receiving implements AutoCloseable {
    private static final String OWNER = "receive";
    private static final int PROCESSING_QUEUE = 100_000;
    private static final int MAX_BODY_BYTES = 2 << 20;
    /** How often it asks whether the provider, which may have begun anew meanwhile, still has the subscription. */
    private static final long SUBSCRIPTION_SECONDS = 5;

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Setup setup;
    private final NanoClock clock = NanoClock.SYSTEM;
    private final CpuMeter cpu = new CpuMeter();
    private final EpochClock epoch;
    private final RefusalLines refusals = new RefusalLines();
    private final Consumer<Supplier<String>> told;
    private final Troubles troubles;
    private final Optional<ProviderClient> client;
    private final ReceivedBooks books;
    private final WebhookEndpoint endpoint;
    private final Interruption stopped = new Interruption();
    private final String secret;
    private volatile String subscription = "";

    /**
     * The settings of a receiver.
     *
     * @param secret empty to have the provider make one
     * @param provider to subscribe to; empty for a sender that knows where to send
     * @param stream to subscribe to; empty for all
     * @param callback the address given to the provider; empty for the public URL, or else the address it listens on
     * @param exposure how senders reach it
     * @param pointers where a webhook has its items
     * @param keepNanos how long after its processing a webhook's duplicates are recognised
     */
    public record Setup(
            String host,
            int port,
            SignatureScheme scheme,
            String secret,
            Optional<URI> provider,
            String stream,
            Optional<String> callback,
            StoreAddress inbox,
            Exposure exposure,
            PushPointers pointers,
            long keepNanos) {}

    /** A receiver that nobody watches. */
    public Receiving(Setup setup, Consumer<Supplier<String>> told, Consumer<String> toldOfTroubles) throws IOException {
        this(setup, told, toldOfTroubles, ItemListener.NONE, new EpochClock(NanoClock.SYSTEM));
    }

    /**
     * Starts listening and subscribes.
     *
     * @param told receives a line about each webhook and about refusals, which costs more than the webhook
     * @param toldOfTroubles receives a line about each problem with the inbox, and about a pointer that matches nothing
     * @param listener is told of every item of every webhook, in the order of acceptance, by one thread: of those that
     *     come again too, and first of what an earlier run with this inbox had acknowledged but not processed
     * @param epoch the origin of all times
     * @throws IOException when it cannot listen or the provider refuses
     */
    public Receiving(
            Setup setup,
            Consumer<Supplier<String>> told,
            Consumer<String> toldOfTroubles,
            ItemListener listener,
            EpochClock epoch)
            throws IOException {
        this.setup = setup;
        this.epoch = epoch;
        this.told = told;
        this.troubles = new Troubles(toldOfTroubles);
        RoleThreads threads = new RoleThreads(OWNER, RoleThreads.CONSUMER);
        this.secret = setup.secret().isEmpty() ? setup.scheme().newSecret() : setup.secret();
        this.client = setup.provider().map(uri -> new ProviderClient(uri, clock, new Recorder(1), 1, 0));
        Inbox inbox = null;
        try {
            this.books = new ReceivedBooks(
                    epoch,
                    client.isPresent() ? Optional.of(client.get().clocks()) : Optional.empty(),
                    setup.pointers().any(),
                    new PushedItems(setup.pointers(), toldOfTroubles),
                    listener);
            inbox = Inbox.open(
                    setup.inbox(),
                    new Inbox.Settings(
                            OWNER,
                            PROCESSING_QUEUE,
                            Inbox.Settings.GROUPED,
                            Effect.NONE,
                            setup.keepNanos(),
                            troubles::ofTheDatabase,
                            true),
                    threads);
            this.endpoint = new WebhookEndpoint(
                    new WebhookEndpoint.Settings(
                            setup.host(), setup.port(), setup.scheme(), secret, MAX_BODY_BYTES, setup.exposure()),
                    inbox,
                    threads,
                    this::process);
        } catch (IOException | RuntimeException e) {
            client.ifPresent(ProviderClient::close);
            if (inbox != null) {
                inbox.close();
            }
            throw e;
        }
        try {
            if (client.isPresent()) {
                subscription = subscribed(client.get());
                threads.newThread(() -> staySubscribed(client.get())).start();
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private String subscribed(ProviderClient provider) throws IOException {
        return provider.subscribeAs(
                        setup.callback().orElseGet(this::publicAddress),
                        setup.scheme().name(),
                        setup.stream(),
                        secret)
                .id();
    }

    private void staySubscribed(ProviderClient provider) {
        try {
            while (!stopped.await(TimeUnit.SECONDS.toNanos(SUBSCRIPTION_SECONDS))) {
                try {
                    if (provider.lost(subscription)) {
                        subscription = subscribed(provider);
                        if (stopped.requested()) {
                            provider.unsubscribe(subscription);
                        }
                        told.accept(() -> "subscribed again: the provider had lost the subscription");
                    }
                } catch (IOException e) {
                    continue; // it is away; later it answers again
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The address for webhooks. */
    public URI address() {
        return endpoint.address(0);
    }

    private String publicAddress() {
        return setup.exposure()
                .publicUrl()
                .map(front -> front + address().getRawPath())
                .orElse(address().toString());
    }

    /** When it started: the origin of the deliveries' times. */
    public Instant startedAt() {
        return epoch.startedAt();
    }

    private void process(Inbox.Message message) {
        books.take(message).ifPresent(told);
    }

    /** Waits until an end is requested, a time is over, or this many webhooks have arrived. */
    public void await(Interruption interruption, long mostNanos, long mostEvents) throws InterruptedException {
        long untilNanos = clock.nanoTime() + mostNanos;
        while (clock.nanoTime() - untilNanos < 0 && endpoint.processed() < mostEvents) {
            if (interruption.await(Math.min(LOOK_EVERY_NANOS, Math.max(1, untilNanos - clock.nanoTime())))) {
                return;
            }
            tellRefusals(false);
        }
    }

    /** Ends the subscription and processes what was acknowledged, for at most this long. */
    public void stop(long mostNanos) throws InterruptedException {
        stopped.request();
        if (!subscription.isEmpty()) {
            client.orElseThrow().unsubscribe(subscription);
            subscription = "";
        }
        long untilNanos = clock.nanoTime() + mostNanos;
        while (endpoint.unprocessed() > 0 && clock.nanoTime() < untilNanos) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        tellRefusals(true);
    }

    /** Called by the waiting thread: the answering one must not wait for a terminal. */
    private void tellRefusals(boolean last) {
        refusals.due(endpoint.refused(), epoch.sinceStartNanos(), last).forEach(line -> told.accept(() -> line));
    }

    /** Everything counted so far, by column. */
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("mode", OWNER);
        figures.put("duration_s", epoch.sinceStartNanos() / 1e9);
        figures.put("delivered", books.processed());
        figures.put("duplicates", endpoint.duplicates());
        figures.put("requests", endpoint.totals().requests());
        figures.put("acknowledged", endpoint.acknowledged());
        new TreeMap<>(endpoint.refused())
                .forEach((reason, count) -> figures.merge(refusedColumn(reason), count, (a, b) -> (Long) a + (Long) b));
        figures.put("bytes_to_provider", endpoint.totals().bytesSent());
        figures.put("bytes_to_consumer", endpoint.totals().bytesReceived());
        figures.putAll(books.latencies());
        figures.put("consumer_cpu_ms", cpu.millisByRole().getOrDefault(OWNER + ":" + RoleThreads.CONSUMER, 0.0));
        figures.put("challenges", endpoint.challenges());
        figures.putAll(books.counts());
        return figures;
    }

    /** {@code refused_only_post}: the name keeps every letter and digit of the reason. */
    private static String refusedColumn(String reason) {
        return "refused_" + reason.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    }

    /** What went wrong with the inbox, to be reported at the end; empty when nothing did. */
    public Optional<String> trouble() {
        return troubles.summary();
    }

    /**
     * The first webhooks processed, up to ten thousand or so; the figure {@code not_listed} counts those after them.
     */
    public EvidenceTable deliveries() {
        return books.deliveries();
    }

    /** The first items of the webhooks, and those that came again, up to ten thousand or so. */
    public EvidenceTable items() {
        return books.items();
    }

    /** What to say at the end about pointers that matched nothing. */
    public List<String> warnings() {
        return books.warnings();
    }

    @Override
    public void close() {
        stopped.request();
        endpoint.close();
        client.ifPresent(ProviderClient::close);
    }
}
