package dev.pushpull.signing;

import java.util.Map;

/**
 * What a signature may cover.
 *
 * @param url the whole URL the message is sent to, query included; empty where the scheme does not sign it
 * @param parameters the fields of a form, where the body is one
 */
public record Message(byte[] body, String url, Map<String, String> parameters) {
    /** A body alone. */
    public static Message of(byte[] body) {
        return new Message(body, "", Map.of());
    }

    /** A body that is no form, sent to a URL. */
    public static Message of(byte[] body, String url) {
        return new Message(body, url, Map.of());
    }
}
