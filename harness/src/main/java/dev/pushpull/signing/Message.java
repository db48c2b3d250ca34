package dev.pushpull.signing;

import java.util.List;
import java.util.Map;

/**
 * What a signature may cover.
 *
 * @param url the whole URL the message is sent to, query included; empty where the scheme does not sign it
 * @param parameters the fields of a form in the order in which they stand there, where the body is one
 */
public record Message(byte[] body, String url, List<Field> parameters) {
    /** A field of a form; a form may have several of one name. */
    public record Field(String name, String value) {}

    /** A form that has no name twice. */
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

    /** A body that is no form, sent to a URL. */
    public static Message of(byte[] body, String url) {
        return new Message(body, url, List.of());
    }
}
