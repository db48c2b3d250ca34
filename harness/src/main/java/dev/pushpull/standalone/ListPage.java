package dev.pushpull.standalone;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pushpull.event.Timestamps;
import dev.pushpull.host.Interruption;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.TerminalText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import okhttp3.MediaType;

/**
 * Reads an answer that contains a JSON list. Only one item at a time is a tree in memory, since a tree takes many times
 * the space of its text.
 */
final class ListPage {
    /** Numbers are kept as written, and the order of an item's fields does not matter. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .build();

    private final JsonPointer itemsAt;
    private final JsonPointer idAt;
    private final List<Item> items = new ArrayList<>();
    private String cursor;
    private boolean more;
    private String instead = "nothing";

    /** The answer is JSON, but has no list where one was expected. */
    static final class NoList extends IOException {
        private static final long serialVersionUID = 1;

        NoList(String message) {
            super(message);
        }
    }

    /**
     * One item of the list.
     *
     * @param key equal for items that are the same
     * @param id as the other side wrote it, cut to a few hundred characters; must be made safe before printing
     * @param named whether it has its own id; otherwise its content is its id
     * @param occurredEpochNanos when it occurred, if it has an {@code occurred_at} like our provider's
     */
    record Item(Fingerprint key, String id, boolean named, OptionalLong occurredEpochNanos) {}

    private ListPage(JsonPointer itemsAt, JsonPointer idAt) {
        this.itemsAt = itemsAt;
        this.idAt = idAt;
    }

    /**
     * @param stop also ends the reading: a large answer takes long, and much longer when memory is short
     * @throws IOException when it is not JSON, or has no list there; the message says which, in one line
     */
    static ListPage read(Exchange answer, JsonPointer itemsAt, JsonPointer idAt, Interruption stop) throws IOException {
        String packed = answer.headers().get("Content-Encoding");
        if (packed != null && !packed.equalsIgnoreCase("identity")) {
            throw new IOException("the answer is packed (Content-Encoding: " + TerminalText.firstLine(packed) + ")");
        }
        ListPage page = new ListPage(itemsAt, idAt);
        try (JsonParser parser = parser(answer, stop)) {
            if (parser.nextToken() == null) {
                throw new IOException("the answer is empty, no JSON");
            }
            page.descend(parser, itemsAt, true);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "the answer is no JSON that can be read: " + TerminalText.firstLine(e.getOriginalMessage()), e);
        } catch (NumberFormatException e) { // Jackson's own, for an exponent that is too large
            throw new IOException(
                    "the answer has a number that cannot be read: " + TerminalText.value(Failures.sentence(e)), e);
        }
        if (!page.instead.isEmpty()) {
            throw new NoList("the answer has no list at '%s' but %s".formatted(itemsAt, page.instead));
        }
        return page;
    }

    /** The bytes reveal which Unicode encoding it is; only another character set must be declared. */
    private static JsonParser parser(Exchange answer, Interruption stop) throws IOException {
        String type = answer.headers().get("Content-Type");
        MediaType media = type == null ? null : MediaType.parse(type);
        Charset charset = media == null ? null : media.charset();
        boolean unicode = charset == null || charset.name().startsWith("UTF") || charset == StandardCharsets.US_ASCII;
        InputStream body = new BodyUntil(stop, answer.body());
        return unicode ? JSON.createParser(body) : JSON.createParser(new InputStreamReader(body, charset));
    }

    /** A body that breaks off when an end is requested. */
    private static final class BodyUntil extends ByteArrayInputStream {
        private final Interruption stop;

        BodyUntil(Interruption stop, byte[] body) {
            super(body);
            this.stop = stop;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            return stop.requested() ? -1 : super.read(bytes, offset, length);
        }
    }

    private void descend(JsonParser parser, JsonPointer at, boolean top) throws IOException {
        if (at.matches()) {
            take(parser);
        } else if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (at.matchesProperty(name)) {
                    descend(parser, at.tail(), false);
                } else if (top && name.equals("next_cursor")) {
                    cursor = value == JsonToken.VALUE_STRING || value.isNumeric() ? parser.getText() : null;
                } else if (top && name.equals("has_more")) {
                    more = value == JsonToken.VALUE_TRUE;
                }
                parser.skipChildren();
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                if (at.matchesElement(i)) {
                    descend(parser, at.tail(), false);
                }
                parser.skipChildren();
            }
        }
    }

    /**
     * Of two lists at one place the last one counts, as usual in JSON. Some servers write an empty list as an absent
     * one.
     */
    private void take(JsonParser parser) throws IOException {
        items.clear();
        JsonToken token = parser.currentToken();
        instead = token == JsonToken.START_ARRAY || token == JsonToken.VALUE_NULL
                ? ""
                : token == JsonToken.START_OBJECT ? "an object" : "a single value";
        if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(item(JSON.readTree(parser)));
            }
        }
    }

    private Item item(JsonNode item) throws IOException {
        JsonNode id = item.at(idAt);
        boolean named = id.isValueNode() && !id.isNull() && !id.asText().isBlank();
        String text = named ? id.asText() : JSON.writeValueAsString(item);
        return new Item(Fingerprint.of(named, text), TerminalText.shortened(text), named, occurred(item));
    }

    private static OptionalLong occurred(JsonNode item) {
        try {
            JsonNode time = item.path("occurred_at");
            return time.isTextual() ? OptionalLong.of(Timestamps.parse(time.textValue())) : OptionalLong.empty();
        } catch (DateTimeException e) {
            return OptionalLong.empty(); // somebody else's form
        }
    }

    List<Item> items() {
        return items;
    }

    /** Where the next page begins; null when the answer does not say. */
    String cursor() {
        return cursor;
    }

    /** Whether there is a next page now. */
    boolean more() {
        return more && cursor != null;
    }
}
