package dev.pushpull.surface;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.Map;

/**
 * A request that cannot be served, answered as problem details (RFC 9457).
 *
 * @param title what is wrong, in a word or two
 * @param detail for the person who sent it
 */
public record Problem(int status, String title, String detail) {
    private static final String RETRY_AFTER_SECONDS = "1";

    /** Answers 403. */
    public static void forbidden(HttpServerExchange exchange, String detail) {
        new Problem(StatusCodes.FORBIDDEN, "Forbidden", detail).answer(exchange);
    }

    /** Answers 404: the provider has nothing at this path. */
    public static void notFound(HttpServerExchange exchange) {
        new Problem(StatusCodes.NOT_FOUND, "Not found", "there is nothing at " + exchange.getRequestPath())
                .answer(exchange);
    }

    /**
     * Answers 405.
     *
     * @param methods those that are allowed, for {@code Allow} (RFC 9110, 15.5.6)
     */
    public static void notAllowed(HttpServerExchange exchange, String methods, String detail) {
        exchange.getResponseHeaders().put(Headers.ALLOW, methods);
        new Problem(StatusCodes.METHOD_NOT_ALLOWED, "Method not allowed", detail).answer(exchange);
    }

    /** Answers 503: the outbox failed, so the request had no effect. */
    public static void notKept(HttpServerExchange exchange, String detail) {
        exchange.getResponseHeaders().put(Headers.RETRY_AFTER, RETRY_AFTER_SECONDS);
        new Problem(StatusCodes.SERVICE_UNAVAILABLE, "Not kept", detail + "; send it again").answer(exchange);
    }

    /** Answers with this status. */
    public void answer(HttpServerExchange exchange) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/problem+json");
        exchange.getResponseSender()
                .send(Json.write(Map.of("type", "about:blank", "title", title, "status", status, "detail", detail)));
    }
}
