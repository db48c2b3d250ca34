package dev.pushpull.delivery.webhook;

import dev.pushpull.signing.Message;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** What of a request a signature may cover. */
final class Forms {
    private static final String FORM = "application/x-www-form-urlencoded";

    private Forms() {}

    /** The body, the URL as the client meant it, and the fields where the body is a form. */
    static Message message(HttpServerExchange exchange, byte[] body) {
        String query = exchange.getQueryString();
        String url = exchange.getRequestURL() + (query.isEmpty() ? "" : "?" + query);
        String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        boolean form = type != null && type.strip().regionMatches(true, 0, FORM, 0, FORM.length());
        return new Message(body, url, form ? fields(new String(body, StandardCharsets.UTF_8)) : Map.of());
    }

    /** Of a field that stands there twice the last value counts; what is no encoding is taken as it is. */
    static Map<String, String> fields(String form) {
        Map<String, String> fields = new TreeMap<>();
        for (String pair : form.split("&")) {
            String[] parts = pair.split("=", 2);
            if (!parts[0].isEmpty()) {
                fields.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
