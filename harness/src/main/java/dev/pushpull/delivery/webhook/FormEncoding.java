package dev.pushpull.delivery.webhook;

import dev.pushpull.signing.FormFields;
import dev.pushpull.signing.Message;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/** The parts of a request that a signature may cover. */
final class FormEncoding {
    private static final String FORM = "application/x-www-form-urlencoded";

    private FormEncoding() {}

    /**
     * The body, the URL as the client meant it, and the fields if the body is a form.
     *
     * @return empty for a form whose text is ambiguous, since two such forms would read alike and share a signature;
     *     and for one with a field without a name, which most readers drop and no sender signs
     */
    static Optional<Message> message(HttpServerExchange exchange, String url, byte[] body) {
        String type = exchange.getRequestHeaders().getFirst(Headers.CONTENT_TYPE);
        boolean form = type != null && type.strip().regionMatches(true, 0, FORM, 0, FORM.length());
        return form
                ? FormFields.of(body)
                        .filter(fields ->
                                fields.stream().noneMatch(field -> field.name().isEmpty()))
                        .map(fields -> new Message(body, url, fields))
                : Optional.of(Message.of(body, url));
    }

    static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
