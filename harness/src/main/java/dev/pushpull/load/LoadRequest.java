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
 * @param secret signs, where that is wanted; else empty
 */
public record LoadRequest(
        String method, String path, Map<String, String> headers, byte[] body, Kind kind, String secret) {
    private static final StandardWebhooks SCHEME = new StandardWebhooks();

    /** What differs from request to request. */
    public enum Kind {
        /** Nothing. */
        SAME,
        /** Each is a webhook with an id and a time of its own. */
        NUMBERED,
        /** And signed. */
        SIGNED,
        /**
         * Each connection polls the stream {@code c} + its number and is held until there is an event, which says in its
         * data when it was to occur and when it did.
         */
        HELD
    }

    /** A poll, the same each time. */
    public static LoadRequest get(String path, Map<String, String> headers) {
        return new LoadRequest("GET", path, headers, new byte[0], Kind.SAME, "");
    }

    /**
     * The headers of one request that no other has.
     *
     * @param series tells the numbers of one step from those of others
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
