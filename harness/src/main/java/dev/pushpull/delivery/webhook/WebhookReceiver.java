package dev.pushpull.delivery.webhook;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.BodyReader;
import dev.pushpull.http.LaterAnswer;
import dev.pushpull.http.ListeningPorts;
import dev.pushpull.http.MeteredHttpServer;
import dev.pushpull.http.Transport;
import dev.pushpull.http.WebPages;
import dev.pushpull.http.WholeNumber;
import dev.pushpull.http.WireTotals;
import dev.pushpull.signing.Message;
import dev.pushpull.signing.SignatureScheme;
import dev.pushpull.signing.SignatureScheme.Verdict;
import dev.pushpull.store.Inbox;
import dev.pushpull.store.Inbox.Saved;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * The endpoint that a consumer exposes. It reads the body up to a limit, verifies signature and timestamp, saves what
 * it has not seen, and answers 200 as soon as that is safe; processing comes afterwards.
 */
final class WebhookReceiver implements AutoCloseable {
    private static final String PATH = "/webhooks/";

    /** The route that many tutorials use; it belongs to the first consumer. */
    private static final String DOCUMENT_PATH = "/api/webhooks/stripe-payment";

    private static final int MOST_DIGITS = 9;
    private static final long TOLERANCE_SECONDS = 300;
    private static final String RETRY_AFTER_SECONDS = "1";

    /**
     * The settings of a receiver.
     *
     * @param host to listen on
     * @param port 0 for any free one
     * @param secrets by consumer; null for a number without a consumer
     * @param maxBodyBytes larger bodies are refused
     * @param exposure how senders reach it
     * @param refusal what it refuses of what it could take
     * @param mishaps what goes wrong by chance
     */
    record Settings(
            String host,
            int port,
            SignatureScheme scheme,
            IntFunction<String> secrets,
            int maxBodyBytes,
            Transport transport,
            Exposure exposure,
            Refusal refusal,
            Mishaps mishaps) {
        /** It takes all that is genuine. */
        Settings(
                String host,
                int port,
                SignatureScheme scheme,
                IntFunction<String> secrets,
                int maxBodyBytes,
                Transport transport,
                Exposure exposure) {
            this(host, port, scheme, secrets, maxBodyBytes, transport, exposure, Refusal.NONE, Mishaps.NONE);
        }

        /** On loopback, on any free port, without encryption. */
        Settings(SignatureScheme scheme, IntFunction<String> secrets, int maxBodyBytes) {
            this("127.0.0.1", 0, scheme, secrets, maxBodyBytes, Transport.PLAIN, Exposure.DIRECT);
        }
    }

    private final Settings settings;
    private final NanoClock clock;
    private final Clock wallClock;
    private final Runnable duplicates;
    private final Inbox inbox;
    private final Map<String, Long> refused = new TreeMap<>();
    private final MeteredHttpServer server;
    private long acknowledged;
    private long challenges;

    /**
     * @param inbox keeps accepted messages; not closed with this receiver
     * @param duplicates called for every repetition that was recognised
     */
    WebhookReceiver(
            Settings settings,
            Inbox inbox,
            RoleThreads threads,
            NanoClock clock,
            Clock wallClock,
            Runnable duplicates) {
        this.settings = settings;
        this.inbox = inbox;
        this.clock = clock;
        this.wallClock = wallClock;
        this.duplicates = duplicates;
        this.server = new MeteredHttpServer(
                settings.host(), settings.port(), threads, settings.transport(), settings.maxBodyBytes(), this::handle);
    }

    URI address() {
        return server.address();
    }

    ListeningPorts listening() {
        return server.listening();
    }

    /** The callback URL of a consumer. */
    URI endpoint(int consumer) {
        return server.address().resolve(settings.exposure().pathOf(consumer).orElse(PATH + consumer));
    }

    private void handle(HttpServerExchange exchange) {
        int consumer = consumerOf(exchange.getRequestPath());
        Optional<Credential> credential = settings.exposure().credential();
        String secret = consumer < 0 ? null : settings.secrets().apply(consumer);
        if (secret == null) {
            refuse(exchange, StatusCodes.NOT_FOUND, "no such endpoint");
        } else if (!exchange.getRequestMethod().equals(Methods.POST)) {
            exchange.getResponseHeaders().put(Headers.ALLOW, Methods.POST_STRING);
            refuse(exchange, StatusCodes.METHOD_NOT_ALLOWED, "only POST");
        } else if (credential.isPresent() && !credential.get().isShownIn(name -> Fields.joined(exchange, name))) {
            credential
                    .get()
                    .asked()
                    .ifPresent(asked -> exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, asked));
            refuse(exchange, StatusCodes.UNAUTHORIZED, "no valid credentials");
        } else if (!settings.scheme().provesSender() && WebPages.sent(exchange)) {
            // a web page knows no secret; where a secret proves the sender, a proxy may have added Origin to a genuine
            // webhook
            refuse(exchange, StatusCodes.FORBIDDEN, "from a web page");
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

                @Override
                public void noRoom(HttpServerExchange crowded) {
                    refuseForNow(crowded, "no room");
                }

                @Override
                public void tooSlow() {
                    count("too slow");
                }
            });
        }
    }

    private int consumerOf(String path) {
        if (!settings.exposure().paths().isEmpty()) {
            return settings.exposure().paths().indexOf(path);
        }
        if (path.equals(DOCUMENT_PATH)) {
            return 0;
        }
        return path.startsWith(PATH) ? (int) WholeNumber.in(path.substring(PATH.length()), MOST_DIGITS) : -1;
    }

    private void take(HttpServerExchange exchange, int consumer, String secret, byte[] body) {
        long nowSeconds = wallClock.instant().getEpochSecond();
        UnaryOperator<String> headers = name -> Fields.joined(exchange, name);
        SignatureScheme scheme = settings.scheme();
        Optional<Message> message = scheme.coversUrl()
                ? FormEncoding.message(exchange, settings.exposure().urlOf(exchange), body)
                : Optional.of(Message.of(body));
        if (message.isEmpty()) {
            refuse(exchange, StatusCodes.BAD_REQUEST, "the form is malformed");
            return;
        }
        Verdict verdict = scheme.verify(secret, headers, message.get(), nowSeconds, TOLERANCE_SECONDS);
        long verifiedNanos = clock.nanoTime();
        if (verdict != Verdict.GENUINE) {
            refuse(exchange, StatusCodes.BAD_REQUEST, verdict.reason());
            return;
        }
        Optional<String> challenge = scheme.challenge(body);
        if (challenge.isPresent()) {
            meet(exchange, challenge.get());
            return;
        }
        String named = scheme.deliveryId(headers, body);
        String id = named == null ? "sha256:" + FormEncoding.sha256(body) : named;
        Mishaps.Mishap mishap = settings.mishaps().next(consumer, id, body);
        if (mishap == Mishaps.Mishap.FAILS) {
            refuse(exchange, StatusCodes.INTERNAL_SERVER_ERROR, "failed by chance");
            return;
        }
        if (settings.refusal().refusesAny(consumer, body)) {
            refuse(exchange, StatusCodes.UNPROCESSABLE_ENTITY, "refused by its consumer");
            return;
        }
        LaterAnswer.when(
                inbox.save(consumer, id, body, verifiedNanos),
                exchange,
                (saved, failure) -> answer(exchange, failure == null ? saved : null, mishap));
    }

    private void meet(HttpServerExchange exchange, String challenge) {
        synchronized (refused) {
            challenges++;
        }
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
        exchange.getResponseSender().send(challenge);
    }

    /** @param saved null when the inbox failed */
    private void answer(HttpServerExchange exchange, Saved saved, Mishaps.Mishap mishap) {
        if (saved == null || saved == Saved.FULL) {
            refuseForNow(exchange, saved == null ? "inbox failed" : "queue full");
            return;
        }
        if (saved == Saved.DUPLICATE) {
            duplicates.run();
        }
        if (mishap == Mishaps.Mishap.TAKEN_IN_VAIN) {
            refuse(exchange, StatusCodes.INTERNAL_SERVER_ERROR, "taken, but answered as failed by chance");
            return;
        }
        synchronized (refused) {
            acknowledged++;
        }
        exchange.endExchange();
    }

    private void refuseForNow(HttpServerExchange exchange, String reason) {
        exchange.getResponseHeaders().put(Headers.RETRY_AFTER, RETRY_AFTER_SECONDS);
        refuse(exchange, StatusCodes.SERVICE_UNAVAILABLE, reason);
    }

    private void refuse(HttpServerExchange exchange, int status, String reason) {
        count(reason);
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
        exchange.getResponseSender().send(reason + "\n");
    }

    private void count(String reason) {
        synchronized (refused) {
            refused.merge(reason, 1L, Long::sum);
        }
    }

    long acknowledged() {
        synchronized (refused) {
            return acknowledged;
        }
    }

    /** Challenges answered; none of them is an event. */
    long challenges() {
        synchronized (refused) {
            return challenges;
        }
    }

    /** Requests refused so far, by reason. */
    Map<String, Long> refused() {
        Map<String, Long> all = new TreeMap<>(server.faulty());
        synchronized (refused) {
            refused.forEach((reason, count) -> all.merge(reason, count, Long::sum));
        }
        return all;
    }

    WireTotals totals() {
        return server.totals();
    }

    @Override
    public void close() {
        server.close();
    }
}
