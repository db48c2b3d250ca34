package dev.pushpull.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pushpull.measure.HostClocks;
import dev.pushpull.measure.MeteredHttpClient;
import dev.pushpull.measure.MeteredHttpClient.Exchange;
import dev.pushpull.measure.NanoClock;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.Recorder.Purpose;
import dev.pushpull.measure.WireTotals;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
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
    private final AtomicLong requests = new AtomicLong();

    /**
     * @param connections most connections kept open while idle
     * @param heldSeconds how much longer than usual an answer may take because the provider was asked to hold it
     */
    public ProviderClient(URI provider, NanoClock clock, Recorder recorder, int connections, long heldSeconds) {
        this.provider = HttpUrl.get(provider);
        this.clock = clock;
        this.recorder = recorder;
        this.http = new MeteredHttpClient(TIMEOUT, TIMEOUT.plusSeconds(heldSeconds), connections, Dns.SYSTEM);
    }

    /** The address of a resource of the provider. */
    public HttpUrl.Builder at(String path) {
        return provider.newBuilder().addPathSegments(path);
    }

    /** Sends a request; whoever sends it records it. */
    public Exchange execute(Request request) {
        requests.incrementAndGet();
        return http.execute(request);
    }

    /**
     * What to subtract from nanoseconds since 1970 on the provider's clock to get this host's monotonic time.
     *
     * @throws IOException when the provider cannot be reached or runs on another clock
     */
    public long epochOffsetNanos() throws IOException {
        JsonNode health = setUp(new Request.Builder().url(at("healthz").build()).build(), 200);
        HostClocks theirs = new HostClocks(
                health.path("boot_id").asText(),
                health.path("monotonic_nanos").asLong(),
                health.path("epoch_nanos").asLong());
        if (!theirs.sameClockAs(HostClocks.now(clock))) {
            throw new IOException("the provider at " + provider + " runs on another host's clock");
        }
        return theirs.offsetNanos();
    }

    /** Registers a callback URL for one stream and returns the secret. */
    public String subscribe(String callbackUrl, String scheme, String stream) throws IOException {
        return subscribe(Map.of("url", callbackUrl, "scheme", scheme, "stream", stream));
    }

    /** The same with a secret of one's own. */
    public String subscribe(String callbackUrl, String scheme, String stream, String secret) throws IOException {
        return subscribe(Map.of("url", callbackUrl, "scheme", scheme, "stream", stream, "secret", secret));
    }

    private String subscribe(Map<String, String> subscription) throws IOException {
        byte[] wanted = MAPPER.writeValueAsBytes(subscription);
        Request request = new Request.Builder()
                .url(at("subscriptions").build())
                .post(RequestBody.create(wanted, JSON))
                .build();
        return setUp(request, 201).path("secret").asText();
    }

    private JsonNode setUp(Request request, int expectedStatus) throws IOException {
        long sentNanos = clock.nanoTime();
        Exchange exchange = execute(request);
        recorder.request(Purpose.SETUP, 0, sentNanos, sentNanos, clock.nanoTime(), 0, exchange, true);
        if (exchange.status() != expectedStatus) {
            String reason = exchange.status() == 0 ? exchange.error() : "status " + exchange.status();
            throw new IOException("the provider did not answer " + request.url() + " as it should: " + reason);
        }
        return MAPPER.readTree(exchange.body());
    }

    /** What went through its sockets so far. */
    public WireTotals totals() {
        return new WireTotals(requests.get(), http.bytesSent(), http.bytesReceived(), http.connectionsOpened());
    }

    /** Breaks off whatever is under way. */
    public void cancelAll() {
        http.cancelAll();
    }

    @Override
    public void close() {
        http.close();
    }
}
