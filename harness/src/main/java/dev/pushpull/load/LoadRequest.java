package dev.pushpull.load;

import dev.pushpull.signing.Message;
import dev.pushpull.signing.StandardWebhooks;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What a driver sends over and over.
 *
 * @param path with its query
 * @param headers the same in every request
 * @param kind what differs from request to request
 * @param secret signs the requests; empty for none
 */
public record LoadRequest(
        String method, String path, Map<String, String> headers, byte[] body, Kind kind, String secret) {
    private static final StandardWebhooks SCHEME = new StandardWebhooks();

    /** What differs from request to request. */
    public enum Kind {
        /** Nothing. */
        SAME,
        /** Each is a webhook with its own id and time. */
        NUMBERED,
        /** Each is also signed. */
        SIGNED,
        /**
         * Each connection polls the stream {@code c} + its number and is held until there is an event, whose data say
         * when it should have occurred and when it did.
         */
        HELD
    }

    /** A poll, always the same. */
    public static LoadRequest get(String path, Map<String, String> headers) {
        return new LoadRequest("GET", path, headers, new byte[0], Kind.SAME, "");
    }

    /**
     * The headers that only this request has.
     *
     * @param series distinguishes the numbers of one step from those of others
     */
    void distinct(long series, long number, long epochSeconds, BiConsumer<String, String> header) {
        if (kind == Kind.NUMBERED || kind == Kind.SIGNED) {
            String id = "msg_" + Long.toHexString(series) + "_" + number;
            if (kind == Kind.SIGNED) {
                SCHEME.sign(secret, id, epochSeconds, Message.of(body)).forEach(header);
            } else {
                header.accept(StandardWebhooks.ID_HEADER, id);
                header.accept(StandardWebhooks.TIMESTAMP_HEADER, Long.toString(epochSeconds));
            }
        }
    }
}
