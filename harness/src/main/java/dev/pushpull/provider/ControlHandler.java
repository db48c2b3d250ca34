package dev.pushpull.provider;

import dev.pushpull.http.WebPages;
import dev.pushpull.scenario.Failures;
import dev.pushpull.surface.Json;
import dev.pushpull.surface.Problem;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.util.Map;
import java.util.Set;

/** Answers {@code /control}, to loopback only; there is nothing here until something controls the events. */
final class ControlHandler implements HttpHandler {
    private static final Set<String> ACTIONS = Set.of("/arm", "/start", "/stop");

    private volatile EventControl control;

    /** From now on requests reach this control. */
    void handTo(EventControl driver) {
        control = driver;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        EventControl driver = control;
        String action = exchange.getRelativePath();
        if (driver == null) {
            Problem.notFound(exchange);
        } else if (!exchange.getSourceAddress().getAddress().isLoopbackAddress()) {
            Problem.forbidden(exchange, "only loopback controls this provider");
        } else if (WebPages.sent(exchange) || !WebPages.isToLoopback(exchange)) {
            // a page's host name, resolved to our address
            Problem.forbidden(
                    exchange, "no web page controls this provider; address it as localhost, 127.0.0.1 or [::1]");
        } else if (action.equals("/books")) {
            books(exchange, driver);
        } else if (ACTIONS.contains(action)) {
            act(exchange, driver, action);
        } else {
            Problem.notFound(exchange);
        }
    }

    private static void books(HttpServerExchange exchange, EventControl driver) {
        if (exchange.getRequestMethod().equals(Methods.GET)) {
            answer(exchange, driver.books());
        } else {
            Problem.notAllowed(exchange, "GET", "GET /control/books");
        }
    }

    private static void act(HttpServerExchange exchange, EventControl driver, String action) {
        if (!exchange.getRequestMethod().equals(Methods.POST)) {
            Problem.notAllowed(exchange, "POST", "POST /control" + action);
            return;
        }
        try {
            switch (action) {
                case "/arm" -> driver.arm();
                case "/start" -> driver.start();
                default -> driver.stop();
            }
            answer(exchange, Map.of("control", action.substring(1)));
        } catch (IllegalStateException e) {
            new Problem(StatusCodes.CONFLICT, "Not possible any more", Failures.sentence(e)).answer(exchange);
        }
    }

    private static void answer(HttpServerExchange exchange, Map<String, Object> document) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender().send(Json.write(document));
    }
}
