package dev.pushpull.standalone;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.MediaType;

/**
 * Reads an answer that contains a JSON list. Only one item at a time is a tree in memory, since a tree takes many times
 * the space of its text.
 */
final class ListPage {
    private static final JsonMapper JSON = ItemReader.JSON;

    /** A page may have any number of items; some of them tell whether it is the same as another. */
    private static final int MOST_KEYS = 10_000;

    private final ItemReader reader;
    private final List<ItemReader.Item> items = new ArrayList<>();
    private final Set<Fingerprint> keys = new HashSet<>();
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

    private ListPage(ItemReader reader) {
        this.reader = reader;
    }

    /**
     * @param cursorAt where the answer may tell the cursor
     * @param stop also ends the reading: a large answer takes long, and much longer when memory is short
     * @throws IOException when it is not JSON, or has no list there; the message says which, in one line
     */
    static ListPage read(
            Exchange answer, JsonPointer itemsAt, JsonPointer cursorAt, ItemReader reader, Interruption stop)
            throws IOException {
        String packed = answer.headers().get("Content-Encoding");
        if (packed != null && !packed.equalsIgnoreCase("identity")) {
            throw new IOException("the answer is packed (Content-Encoding: " + TerminalText.firstLine(packed) + ")");
        }
        ListPage page = new ListPage(reader);
        try (JsonParser parser = parser(answer, stop)) {
            if (parser.nextToken() == null) {
                throw new IOException("the answer is empty, no JSON");
            }
            page.descend(parser, Optional.of(itemsAt), Optional.of(cursorAt).filter(at -> !at.matches()), true);
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

    /** @param itemsAt empty outside of its path, as is {@code cursorAt} */
    private void descend(JsonParser parser, Optional<JsonPointer> itemsAt, Optional<JsonPointer> cursorAt, boolean top)
            throws IOException {
        if (itemsAt.isPresent() && itemsAt.get().matches()) {
            take(parser);
        } else if (cursorAt.isPresent() && cursorAt.get().matches()) {
            JsonToken value = parser.currentToken();
            String text = value == JsonToken.VALUE_STRING || value.isNumeric() ? parser.getText() : "";
            cursor = text.isBlank() ? null : text;
        } else if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                Optional<JsonPointer> items =
                        itemsAt.filter(at -> at.matchesProperty(name)).map(JsonPointer::tail);
                Optional<JsonPointer> to =
                        cursorAt.filter(at -> at.matchesProperty(name)).map(JsonPointer::tail);
                if (items.isPresent() || to.isPresent()) {
                    descend(parser, items, to, false);
                } else if (top && name.equals("has_more")) {
                    more = value == JsonToken.VALUE_TRUE;
                }
                parser.skipChildren();
            }
        } else if (parser.currentToken() == JsonToken.START_ARRAY) {
            for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
                int index = i;
                Optional<JsonPointer> items =
                        itemsAt.filter(at -> at.matchesElement(index)).map(JsonPointer::tail);
                Optional<JsonPointer> to =
                        cursorAt.filter(at -> at.matchesElement(index)).map(JsonPointer::tail);
                if (items.isPresent() || to.isPresent()) {
                    descend(parser, items, to, false);
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
        keys.clear();
        JsonToken token = parser.currentToken();
        instead = token == JsonToken.START_ARRAY || token == JsonToken.VALUE_NULL
                ? ""
                : token == JsonToken.START_OBJECT ? "an object" : "a single value";
        if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                item(JSON.readTree(parser));
            }
        }
    }

    private void item(JsonNode node) throws IOException {
        ItemReader.Item item = reader.read(node, "");
        if (item.counts()) {
            items.add(item);
        }
        if (keys.size() < MOST_KEYS) {
            keys.add(item.key());
        }
    }

    /** Those that count. */
    List<ItemReader.Item> items() {
        return items;
    }

    /** Which items it has, counted or not; of very many, the first ones. */
    Set<Fingerprint> keys() {
        return keys;
    }

    /** Whether the list has no item, counted or not. */
    boolean isEmpty() {
        return keys.isEmpty();
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
