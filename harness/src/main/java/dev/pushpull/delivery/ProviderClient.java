package dev.pushpull.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.http.MeteredHttpClient;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.StreamedAnswer;
import dev.pushpull.http.Transport;
import dev.pushpull.http.WireTotals;
import dev.pushpull.measure.Recorder;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.Exchanges;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** A consumer's client of its provider's HTTP surface. */
public final class ProviderClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final MediaType JSON = MediaType.get("application/json");

    private final HttpUrl provider;
    private final NanoClock clock;
    private final Recorder recorder;
    private final MeteredHttpClient http;
    private final Optional<Outages> outages;
    private final AtomicLong requests = new AtomicLong();

    /**
     * @param connections most idle connections to keep
     * @param heldSeconds how much longer than usual an answer may take because the provider was asked to hold it
     */
    public ProviderClient(URI provider, NanoClock clock, Recorder recorder, int connections, long heldSeconds) {
        this(provider, clock, recorder, connections, heldSeconds, Transport.PLAIN);
    }

    /** The same over any transport. */
    public ProviderClient(
            URI provider, NanoClock clock, Recorder recorder, int connections, long heldSeconds, Transport transport) {
        this(provider, clock, recorder, connections, heldSeconds, transport, Optional.empty());
    }

    /** The same over the wire of a scenario, by consumers that are down at times. */
    public ProviderClient(
            URI provider, NanoClock clock, Recorder recorder, int connections, long heldSeconds, Scenario scenario) {
        this(
                provider,
                clock,
                recorder,
                connections,
                heldSeconds,
                Transport.over(scenario.wire()),
                Optional.of(new Outages(scenario, clock)));
    }

    private ProviderClient(
            URI provider,
            NanoClock clock,
            Recorder recorder,
            int connections,
            long heldSeconds,
            Transport transport,
            Optional<Outages> outages) {
        this.outages = outages.filter(some -> some.groups() > 0);
        this.provider = HttpUrl.get(provider);
        this.clock = clock;
        this.recorder = recorder;
        this.http =
                new MeteredHttpClient(TIMEOUT, TIMEOUT.plusSeconds(heldSeconds), connections, Dns.SYSTEM, transport);
    }

    /** The address of one of the provider's resources. */
    public HttpUrl.Builder at(String path) {
        return provider.newBuilder().addPathSegments(path);
    }

    /** Sends a request; the caller records it. */
    public Exchange execute(Request request) {
        return execute(request, 0);
    }

    /**
     * The same for one of the consumers, over its own connection if each has one. While the consumer is down, the
     * request waits; when it goes down, what it has under way breaks.
     */
    public Exchange execute(Request request, int consumer) {
        return whenUp(consumer, () -> http.execute(request, consumer));
    }

    /** Sends a request whose answer goes on, and reads the answer line by line; the caller records it. */
    public Exchange stream(Request request, int consumer, StreamedAnswer.LineReader reader) {
        return stream(request, consumer, StreamedAnswer.lines(reader));
    }

    /** The same, reading the answer as the caller likes. */
    public Exchange stream(Request request, int consumer, StreamedAnswer answer) {
        return whenUp(consumer, () -> http.stream(request, consumer, answer));
    }

    private Exchange whenUp(int consumer, Supplier<Exchange> sending) {
        requests.incrementAndGet();
        if (outages.isEmpty() || recorder.endNanos() == Long.MAX_VALUE) { // it may be down only once the run has begun
            return sending.get();
        }
        Outages some = outages.get();
        some.start(recorder.startNanos(), group -> http.cutOff(anyone -> some.has(group, anyone)), group -> {});
        return some.awaitUp(consumer) ? sending.get() : Exchange.refused(new IOException("the consumer is down"));
    }

    /**
     * Subtract this from nanoseconds since 1970 on the provider's clock to get this host's monotonic time.
     *
     * A recorder that knows the provider's clock makes it one of that clock's times.
     *
     * @throws IOException when the provider cannot be reached or uses a clock that nobody knows; this client is then
     *     closed
     */
    public long epochOffsetNanos() throws IOException {
        try {
            return offsetOfTheSameClock();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private long offsetOfTheSameClock() throws IOException {
        HostClocks theirs = health();
        if (recorder.place().provider().isEmpty() && !theirs.sameClockAs(HostClocks.now(clock))) {
            throw new IOException("the provider at " + provider + " runs on another host's clock");
        }
        return theirs.offsetNanos();
    }

    /** The provider's answer to a subscription. */
    public record Subscribed(String id, String secret) {}

    /**
     * Registers a callback URL for one stream, or for all streams.
     *
     * @param stream empty for all
     */
    public Subscribed subscribeAs(String callbackUrl, String scheme, String stream, String secret) throws IOException {
        Map<String, String> wanted =
                new LinkedHashMap<>(Map.of("url", callbackUrl, "scheme", scheme, "secret", secret));
        if (!stream.isEmpty()) {
            wanted.put("stream", stream);
        }
        JsonNode made = setUp(posted(wanted), 201);
        return new Subscribed(made.path("id").asText(), made.path("secret").asText());
    }

    /** Whether the provider answers, and has no such subscription any more: it lost it. */
    public boolean lost(String id) {
        return execute(new Request.Builder()
                                .url(at("subscriptions").addPathSegment(id).build())
                                .build())
                        .status()
                == 404;
    }

    /** Ends a subscription; does nothing if that fails. */
    public void unsubscribe(String id) {
        execute(new Request.Builder()
                .url(at("subscriptions").addPathSegment(id).build())
                .delete()
                .build());
    }

    /**
     * The provider's clocks.
     *
     * @param roundTripNanos how long the reading took to arrive: it was taken at some moment within that time
     */
    public record Clocks(HostClocks theirs, HostClocks ours, long roundTripNanos) {}

    /** Reads the provider's clocks, whichever host it is on. */
    public Clocks clocks() throws IOException {
        long before = clock.nanoTime();
        HostClocks theirs = health();
        HostClocks ours = HostClocks.now(clock);
        return new Clocks(theirs, ours, ours.monotonicNanos() - before);
    }

    private HostClocks health() throws IOException {
        JsonNode health = setUp(new Request.Builder().url(at("healthz").build()).build(), 200);
        return new HostClocks(
                health.path("boot_id").asText(),
                health.path("time_namespace").asText(),
                health.path("monotonic_nanos").asLong(),
                health.path("epoch_nanos").asLong());
    }

    /** Registers a callback URL for one stream and returns the secret. */
    public String subscribe(String callbackUrl, String scheme, String stream) throws IOException {
        return subscribe(Map.of("url", callbackUrl, "scheme", scheme, "stream", stream));
    }

    /** The same with a given secret. */
    public String subscribe(String callbackUrl, String scheme, String stream, String secret) throws IOException {
        return subscribe(Map.of("url", callbackUrl, "scheme", scheme, "stream", stream, "secret", secret));
    }

    private String subscribe(Map<String, String> subscription) throws IOException {
        return setUp(posted(subscription), 201).path("secret").asText();
    }

    private Request posted(Map<String, String> subscription) throws IOException {
        return new Request.Builder()
                .url(at("subscriptions").build())
                .post(RequestBody.create(MAPPER.writeValueAsBytes(subscription), JSON))
                .build();
    }

    private JsonNode setUp(Request request, int expectedStatus) throws IOException {
        long sentNanos = clock.nanoTime();
        Exchange exchange = execute(request);
        recorder.begin(Exchanges.SET_UP, 0, sentNanos).over(sentNanos, clock.nanoTime(), exchange);
        if (exchange.status() != expectedStatus) {
            String reason = exchange.status() == 0 ? exchange.error() : "status " + exchange.status();
            throw new IOException("the provider did not answer " + request.url() + " as it should: " + reason);
        }
        return MAPPER.readTree(exchange.body());
    }

    /** What went through its sockets so far. */
    public WireTotals totals() {
        return http.totals(requests.get());
    }

    /** Breaks off all unfinished requests. */
    public void cancelAll() {
        outages.ifPresent(Outages::close);
        http.cancelAll();
    }

    @Override
    public void close() {
        outages.ifPresent(Outages::close);
        http.close();
    }
}
