package dev.pushpull.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;

/**
 * Checks the head of a request for what Undertow accepts although another server or proxy might read it differently.
 */
final class RequestHead {
    private static final int MOST_DIGITS = 18;

    private RequestHead() {}

    /** @return what is wrong; null when nothing is */
    static String fault(HttpServerExchange exchange, ServedConnection connection) {
        if (connection.head().isOfAnotherProtocol()) {
            return "only HTTP/1.1 and HTTP/1.0 are spoken here";
        }
        if (connection.head().isFolded()) {
            return "a header goes on in another line";
        }
        HeaderMap headers = exchange.getRequestHeaders();
        String length = headers.getFirst(Headers.CONTENT_LENGTH);
        if (length != null && WholeNumber.in(length, MOST_DIGITS) < 0) {
            return "Content-Length is no length";
        }
        String coding = headers.getFirst(Headers.TRANSFER_ENCODING);
        if (coding != null && !(exchange.isHttp11() && coding.equalsIgnoreCase("chunked"))) {
            return "Transfer-Encoding can only be chunked, in HTTP/1.1";
        }
        return null;
    }
}
