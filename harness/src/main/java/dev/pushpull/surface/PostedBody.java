package dev.pushpull.surface;

import dev.pushpull.http.BodyReader;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.function.BiConsumer;

/** Reads the whole body of a request; if that is impossible, tells the client why. */
public final class PostedBody implements BodyReader.Taker {
    private static final String RETRY_AFTER_SECONDS = "1";

    private final int mostBytes;
    private final BiConsumer<HttpServerExchange, byte[]> whole;

    private PostedBody(int mostBytes, BiConsumer<HttpServerExchange, byte[]> whole) {
        this.mostBytes = mostBytes;
        this.whole = whole;
    }

    /** @param whole called with the body once all of it has arrived */
    public static void read(HttpServerExchange exchange, int mostBytes, BiConsumer<HttpServerExchange, byte[]> whole) {
        BodyReader.read(exchange, mostBytes, new PostedBody(mostBytes, whole));
    }

    @Override
    public void complete(HttpServerExchange exchange, byte[] body) {
        whole.accept(exchange, body);
    }

    @Override
    public void tooLarge(HttpServerExchange exchange) {
        new Problem(
                        StatusCodes.REQUEST_ENTITY_TOO_LARGE,
                        "Too large",
                        "a body of more than " + mostBytes + " bytes is not read here")
                .answer(exchange);
    }

    @Override
    public void cutOff(HttpServerExchange exchange) {
        new Problem(StatusCodes.BAD_REQUEST, "Cut off", "the body ended before its end").answer(exchange);
    }

    @Override
    public void noRoom(HttpServerExchange exchange) {
        exchange.getResponseHeaders().put(Headers.RETRY_AFTER, RETRY_AFTER_SECONDS);
        new Problem(StatusCodes.SERVICE_UNAVAILABLE, "No room", "too much is being sent at once; send it again")
                .answer(exchange);
    }

    @Override
    public void tooSlow() {
        // there is nobody to tell
    }
}
