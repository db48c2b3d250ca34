package dev.pushpull.http;

import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** Answers a request when something is done that its I/O thread must not wait for. */
public final class LaterAnswer {
    private LaterAnswer() {}

    /**
     * Answers at once when it is done already, and else on the I/O thread when it is. Called by a handler as the last it
     * does.
     *
     * @param answer gets the value, or null and what went wrong
     */
    public static <T> void when(
            CompletableFuture<T> done, HttpServerExchange exchange, BiConsumer<T, Throwable> answer) {
        if (done.isDone()) {
            done.whenComplete(answer);
            return;
        }
        // only once the handler has returned may another thread end the exchange
        exchange.dispatch(
                SameThreadExecutor.INSTANCE,
                () -> done.whenComplete((value, failure) -> exchange.getIoThread()
                        .execute(() ->
                                Connectors.executeRootHandler(ready -> answer.accept(value, failure), exchange))));
    }
}
