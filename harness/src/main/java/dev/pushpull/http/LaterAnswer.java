package dev.pushpull.http;

import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** Answers a request once something is done that its I/O thread must not wait for. */
public final class LaterAnswer {
    private LaterAnswer() {}

    /**
     * Answers at once if it is done already, otherwise on the I/O thread when it is. A handler calls this last.
     *
     * @param answer called with the value, or with null and the failure
     */
    public static <T> void when(
            CompletableFuture<T> done, HttpServerExchange exchange, BiConsumer<T, Throwable> answer) {
        if (done.isDone()) {
            done.whenComplete(answer);
            return;
        }
        // another thread may end the exchange only after the handler has returned
        exchange.dispatch(
                SameThreadExecutor.INSTANCE,
                () -> done.whenComplete((value, failure) -> exchange.getIoThread()
                        .execute(() ->
                                Connectors.executeRootHandler(ready -> answer.accept(value, failure), exchange))));
    }
}
