package dev.pushpull.provider.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.event.PostedEvent;
import dev.pushpull.event.Timestamps;
import dev.pushpull.http.LaterAnswer;
import dev.pushpull.provider.webhook.Subscription.LoggedAttempt;
import dev.pushpull.signing.Message;
import dev.pushpull.signing.SignatureScheme;
import dev.pushpull.signing.SignatureSchemes;
import dev.pushpull.surface.Json;
import dev.pushpull.surface.PostedBody;
import dev.pushpull.surface.Problem;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * {@code /subscriptions}: register, list, show and end subscriptions; show the delivery log; send an event again by
 * hand.
 */
final class SubscriptionsHandler implements HttpHandler {
    private static final int UNPROCESSABLE = 422;
    private static final int MOST_BODY_BYTES = 64 << 10;

    private final Subscriptions subscriptions;
    private final CallbackHosts hosts;
    private final BiFunction<Subscription, LoggedAttempt, Optional<CompletableFuture<Void>>> redeliver;

    /** @param redeliver sends the event of an attempt again; empty when the event is no longer kept */
    SubscriptionsHandler(
            Subscriptions subscriptions,
            CallbackHosts hosts,
            BiFunction<Subscription, LoggedAttempt, Optional<CompletableFuture<Void>>> redeliver) {
        this.subscriptions = subscriptions;
        this.hosts = hosts;
        this.redeliver = redeliver;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        // relative path: "", "/ID", "/ID/deliveries" or "/ID/deliveries/DELIVERY/redeliver"
        List<String> path = List.of(exchange.getRelativePath().split("/", -1));
        HttpString method = exchange.getRequestMethod();
        if (path.size() == 1 || path.size() == 2 && path.get(1).isEmpty()) {
            if (method.equals(Methods.POST)) {
                PostedBody.read(
                        exchange,
                        MOST_BODY_BYTES,
                        (ready, body) -> onWorker(ready, working -> subscribe(working, body)));
            } else if (method.equals(Methods.GET)) {
                answer(
                        exchange,
                        StatusCodes.OK,
                        Map.of(
                                "data",
                                subscriptions.all().stream()
                                        .map(SubscriptionsHandler::shown)
                                        .toList()));
            } else {
                Problem.notAllowed(exchange, "GET, POST", "GET or POST /subscriptions");
            }
            return;
        }
        Optional<Subscription> found = subscriptions.find(path.get(1));
        if (found.isEmpty()) {
            new Problem(StatusCodes.NOT_FOUND, "Not found", "there is no subscription '" + path.get(1) + "'")
                    .answer(exchange);
        } else if (path.size() == 2) {
            showOrEnd(exchange, found.get());
        } else if (path.get(2).equals("deliveries")) {
            deliveries(exchange, found.get(), path.subList(3, path.size()));
        } else {
            new Problem(StatusCodes.NOT_FOUND, "Not found", "a subscription has deliveries, nothing else")
                    .answer(exchange);
        }
    }

    /** Failures of the work are answered like failures of the handler itself. */
    private static void onWorker(HttpServerExchange exchange, HttpHandler work) {
        exchange.dispatch(work);
    }

    private void subscribe(HttpServerExchange exchange, byte[] body) {
        Optional<JsonNode> request = Json.readObject(body);
        if (request.isEmpty()) {
            new Problem(StatusCodes.BAD_REQUEST, "Bad request", "a JSON object with url and scheme is wanted")
                    .answer(exchange);
            return;
        }
        JsonNode wanted = request.get();
        String url = wanted.path("url").asText("");
        String asked = wanted.path("scheme").asText(SignatureSchemes.DEFAULT.name());
        Optional<SignatureScheme> scheme = SignatureSchemes.named(asked);
        JsonNode given = wanted.path("secret");
        String secret = given.isTextual()
                ? given.asText()
                : scheme.map(SignatureScheme::newSecret).orElse("");
        JsonNode stream = wanted.path("stream");
        Optional<String> refusal = scheme.isPresent()
                ? hosts.refusal(url)
                : Optional.of("scheme: '" + asked + "' is not accepted; accepted: "
                        + String.join(", ", SignatureSchemes.names()));
        if (refusal.isEmpty() && !given.isTextual() && !given.isMissingNode() && !given.isNull()) {
            refusal = Optional.of("secret: it is no text; accepted: a text, or none for a new one");
        }
        if (refusal.isEmpty()) {
            refusal = refusedSigning(scheme.get(), url, secret);
        }
        if (refusal.isEmpty() && !stream.isTextual() && !stream.isMissingNode() && !stream.isNull()) {
            refusal = Optional.of("stream: " + stream + " is not accepted; accepted: a name, or none for all streams");
        }
        if (refusal.isEmpty() && stream.isTextual()) {
            refusal = PostedEvent.fault(stream.asText())
                    .map(fault -> "stream: " + fault + " in it; no event can have it");
        }
        if (refusal.isPresent()) {
            new Problem(UNPROCESSABLE, "Subscription refused", refusal.get()).answer(exchange);
            return;
        }
        Subscription subscription = new Subscription(
                "sub_" + UUID.randomUUID().toString().replace("-", ""),
                url,
                scheme.orElseThrow(),
                stream.isTextual() ? stream.asText() : null,
                secret);
        Map<String, Object> created = shown(subscription);
        created.put("secret", secret);
        whenKept(
                subscriptions.add(subscription),
                exchange,
                "the subscription could not be kept",
                () -> answer(exchange, StatusCodes.CREATED, created));
    }

    /**
     * Checks not only that the secret is well formed, but that it can sign and that a receiver accepts the signature.
     */
    private static Optional<String> refusedSigning(SignatureScheme scheme, String url, String secret) {
        byte[] body = {'{', '}'};
        Message probe = Message.of(body, scheme.target(url, body));
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        try {
            headers.putAll(scheme.sign(secret, "probe", 0, probe));
            return scheme.verify(secret, headers::get, probe, 0, 0) == SignatureScheme.Verdict.GENUINE
                    ? Optional.empty()
                    : Optional.of("url or secret: what " + scheme.name()
                            + " signs for them would be refused as forged; a key must be whole, and bodySHA256 must not"
                            + " stand in the query");
        } catch (IllegalArgumentException e) {
            return Optional.of("secret: " + e.getMessage());
        }
    }

    private void showOrEnd(HttpServerExchange exchange, Subscription subscription) {
        if (exchange.getRequestMethod().equals(Methods.GET)) {
            answer(exchange, StatusCodes.OK, shown(subscription));
        } else if (exchange.getRequestMethod().equals(Methods.DELETE)) {
            whenKept(
                    subscriptions.remove(subscription),
                    exchange,
                    "that the subscription has ended could not be kept, so it goes on",
                    () -> {
                        exchange.setStatusCode(StatusCodes.NO_CONTENT);
                        exchange.endExchange();
                    });
        } else {
            Problem.notAllowed(exchange, "GET, DELETE", "GET or DELETE a subscription");
        }
    }

    private void deliveries(HttpServerExchange exchange, Subscription subscription, List<String> rest) {
        HttpString method = exchange.getRequestMethod();
        if (rest.isEmpty()) {
            if (method.equals(Methods.GET)) {
                List<Map<String, Object>> attempts = subscription.attempts().stream()
                        .map(SubscriptionsHandler::shown)
                        .toList();
                answer(exchange, StatusCodes.OK, Map.of("data", attempts));
            } else {
                Problem.notAllowed(exchange, "GET", "GET the deliveries of a subscription");
            }
        } else if (rest.size() == 2 && rest.get(1).equals("redeliver")) {
            if (method.equals(Methods.POST)) {
                onWorker(exchange, working -> sendAgain(working, subscription, rest.get(0)));
            } else {
                Problem.notAllowed(exchange, "POST", "POST deliveries/ID/redeliver");
            }
        } else {
            new Problem(StatusCodes.NOT_FOUND, "Not found", "there are deliveries and deliveries/ID/redeliver")
                    .answer(exchange);
        }
    }

    private void sendAgain(HttpServerExchange exchange, Subscription subscription, String delivery) {
        Optional<LoggedAttempt> attempt = subscription.attempts().stream()
                .filter(logged -> logged.id().equals(delivery))
                .findFirst();
        if (attempt.isPresent()) {
            String eventId = attempt.get().eventId();
            Optional<CompletableFuture<Void>> kept = redeliver.apply(subscription, attempt.get());
            if (kept.isPresent()) {
                whenKept(
                        kept.get(),
                        exchange,
                        "that it is to be sent again could not be kept",
                        () -> answer(exchange, StatusCodes.ACCEPTED, Map.of("event_id", eventId)));
            } else {
                new Problem(StatusCodes.GONE, "Gone", "event '" + eventId + "' is not kept any more").answer(exchange);
            }
        } else {
            new Problem(StatusCodes.NOT_FOUND, "Not found", "there is no delivery '" + delivery + "'").answer(exchange);
        }
    }

    /** Answers when the outbox has finished or failed; no thread waits meanwhile. */
    private static void whenKept(
            CompletableFuture<Void> kept, HttpServerExchange exchange, String otherwise, Runnable answer) {
        LaterAnswer.when(kept, exchange, (done, failure) -> {
            if (failure == null) {
                answer.run();
            } else {
                Problem.notKept(exchange, otherwise);
            }
        });
    }

    private static Map<String, Object> shown(Subscription subscription) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", subscription.id());
        shown.put("url", subscription.url());
        shown.put("scheme", subscription.scheme().name());
        shown.put("stream", subscription.stream().orElse(null));
        shown.put("active", subscription.active());
        return shown;
    }

    private static Map<String, Object> shown(LoggedAttempt attempt) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", attempt.id());
        shown.put("event_id", attempt.eventId());
        shown.put("attempt", attempt.attempt());
        shown.put("started_at", Timestamps.format(attempt.startedAtEpochNanos()));
        shown.put("duration_ms", attempt.durationMillis());
        shown.put("status", attempt.status() == 0 ? null : attempt.status());
        shown.put("error", attempt.error().isEmpty() ? null : attempt.error());
        return shown;
    }

    private static void answer(HttpServerExchange exchange, int status, Object document) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(Json.write(document));
    }
}
