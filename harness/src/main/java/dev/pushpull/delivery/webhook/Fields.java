package dev.pushpull.delivery.webhook;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;

/** The header fields of a request. */
final class Fields {
    private Fields() {}

    /**
     * Fields of the same name form one list (RFC 9110, section 5.3): whoever reads only one can be deceived by another.
     */
    static String joined(HttpServerExchange exchange, String name) {
        HeaderValues values = exchange.getRequestHeaders().get(name);
        return values == null ? null : values.size() == 1 ? values.getFirst() : String.join(", ", values);
    }
}
