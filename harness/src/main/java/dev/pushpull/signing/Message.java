package dev.pushpull.signing;

import java.util.List;
import java.util.Map;

/**
 * The parts of a request that a signature may cover.
 *
 * @param url the whole URL that the message is sent to, including the query; empty where the scheme does not sign it
 * @param parameters the fields of a form in their order, if the body is a form
 */
public record Message(byte[] body, String url, List<Field> parameters) {
    /** A field of a form; a form may have several with the same name. */
    public record Field(String name, String value) {}

    /** A form without repeated names. */
    public Message(byte[] body, String url, Map<String, String> parameters) {
        this(
                body,
                url,
                parameters.entrySet().stream()
                        .map(field -> new Field(field.getKey(), field.getValue()))
                        .toList());
    }

    /** A body alone. */
    public static Message of(byte[] body) {
        return of(body, "");
    }

    /** A body that is not a form, sent to a URL. */
    public static Message of(byte[] body, String url) {
        return new Message(body, url, List.of());
    }
}
