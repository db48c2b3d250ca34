package dev.pushpull.delivery.webhook;

import dev.pushpull.measure.MeteredHttpServer;
import dev.pushpull.measure.NanoClock;
import dev.pushpull.measure.RoleThreads;
import dev.pushpull.measure.WireTotals;
import dev.pushpull.signing.Message;
import dev.pushpull.signing.SignatureScheme;
import dev.pushpull.signing.SignatureScheme.Verdict;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The endpoint a consumer exposes: reads the body up to a limit, verifies signature and timestamp, drops what it has
 * seen, queues the event for processing and answers 200 at once.
 */
final class WebhookReceiver implements AutoCloseable {
    private static final String PATH = "/webhooks/";

    /** The founding document's own route; it belongs to the first consumer. */
    private static final String DOCUMENT_PATH = "/api/webhooks/stripe-payment";

    private static final Pattern CONSUMER_NUMBER = Pattern.compile("\\d{1,9}");
    private static final long TOLERANCE_SECONDS = 300;
    private static final int REMEMBERED_IDS = 100_000;
    private static final String RETRY_AFTER_SECONDS = "1";

    /**
     * A genuine webhook, accepted.
     *
     * @param verifiedNanos when its signature had been verified
     */
    record Accepted(int consumer, byte[] body, long verifiedNanos) {}

    /**
     * What a receiver needs to know.
     *
     * @param secrets by consumer; null for a consumer there is none of
     * @param maxBodyBytes what is larger is refused
     */
    record Settings(SignatureScheme scheme, IntFunction<String> secrets, int maxBodyBytes, int processingQueue) {}

    private final Settings settings;
    private final NanoClock clock;
    private final Clock wallClock;
    private final Runnable duplicates;
    private final BlockingQueue<Accepted> queue;
    private final SeenIds seen = new SeenIds(REMEMBERED_IDS);
    private final Map<String, Long> refused = new TreeMap<>();
    private final MeteredHttpServer server;
    private long acknowledged;

    /** @param duplicates told of every repetition that was recognised */
    WebhookReceiver(Settings settings, RoleThreads threads, NanoClock clock, Clock wallClock, Runnable duplicates) {
        this.settings = settings;
        this.clock = clock;
        this.wallClock = wallClock;
        this.duplicates = duplicates;
        this.queue = new ArrayBlockingQueue<>(settings.processingQueue());
        this.server = new MeteredHttpServer("127.0.0.1", 0, threads, MeteredHttpServer.ANY_BODY, this::handle);
    }

    /** What is accepted and not yet processed. */
    BlockingQueue<Accepted> queue() {
        return queue;
    }

    /** The callback URL of a consumer. */
    URI endpoint(int consumer) {
        return server.address().resolve(PATH + consumer);
    }

    private void handle(HttpServerExchange exchange) {
        BodyReader.bound(exchange, settings.maxBodyBytes());
        int consumer = consumerOf(exchange.getRequestPath());
        String secret = consumer < 0 ? null : settings.secrets().apply(consumer);
        if (secret == null) {
            refuse(exchange, StatusCodes.NOT_FOUND, "no such endpoint");
        } else if (!exchange.getRequestMethod().equals(Methods.POST)) {
            exchange.getResponseHeaders().put(Headers.ALLOW, Methods.POST_STRING);
            refuse(exchange, StatusCodes.METHOD_NOT_ALLOWED, "only POST");
        } else {
            BodyReader.read(exchange, settings.maxBodyBytes(), new BodyReader.Taker() {
                @Override
                public void complete(HttpServerExchange ready, byte[] body) {
                    take(ready, consumer, secret, body);
                }

                @Override
                public void tooLarge(HttpServerExchange refused) {
                    refuse(refused, StatusCodes.REQUEST_ENTITY_TOO_LARGE, "too large");
                }

                @Override
                public void cutOff(HttpServerExchange broken) {
                    refuse(broken, StatusCodes.BAD_REQUEST, "cut off");
                }
            });
        }
    }

    private static int consumerOf(String path) {
        if (path.equals(DOCUMENT_PATH)) {
            return 0;
        }
        String number = path.startsWith(PATH) ? path.substring(PATH.length()) : "";
        return CONSUMER_NUMBER.matcher(number).matches() ? Integer.parseInt(number) : -1;
    }

    private void take(HttpServerExchange exchange, int consumer, String secret, byte[] body) {
        long nowSeconds = wallClock.instant().getEpochSecond();
        UnaryOperator<String> headers = name -> exchange.getRequestHeaders().getFirst(name);
        Message message = Forms.message(exchange, body);
        Verdict verdict = settings.scheme().verify(secret, headers, message, nowSeconds, TOLERANCE_SECONDS);
        long verifiedNanos = clock.nanoTime();
        if (verdict != Verdict.GENUINE) {
            refuse(exchange, StatusCodes.BAD_REQUEST, verdict.reason());
            return;
        }
        // an id is unique within its sender's endpoint only
        String named = settings.scheme().deliveryId(headers, body);
        String id = consumer + "/" + (named == null ? "sha256:" + Forms.sha256(body) : named);
        if (seen.contains(id)) {
            duplicates.run();
            acknowledge(exchange);
        } else if (queue.offer(new Accepted(consumer, body, verifiedNanos))) {
            seen.add(id);
            acknowledge(exchange);
        } else {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, RETRY_AFTER_SECONDS);
            refuse(exchange, StatusCodes.SERVICE_UNAVAILABLE, "queue full");
        }
    }

    private void acknowledge(HttpServerExchange exchange) {
        synchronized (refused) {
            acknowledged++;
        }
        exchange.endExchange();
    }

    private void refuse(HttpServerExchange exchange, int status, String reason) {
        synchronized (refused) {
            refused.merge(reason, 1L, Long::sum);
        }
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
        exchange.getResponseSender().send(reason + "\n");
    }

    long acknowledged() {
        synchronized (refused) {
            return acknowledged;
        }
    }

    Map<String, Long> refused() {
        synchronized (refused) {
            return Map.copyOf(refused);
        }
    }

    WireTotals totals() {
        return server.totals();
    }

    @Override
    public void close() {
        server.close();
    }
}
