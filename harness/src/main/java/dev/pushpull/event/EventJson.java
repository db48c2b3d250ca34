package dev.pushpull.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.pushpull.scenario.Failures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;

/** Events and pages of events as JSON. */
public final class EventJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private EventJson() {}

    /** Thrown for text that is not an event. */
    public static final class MalformedEventException extends IOException {
        private static final long serialVersionUID = 1;

        MalformedEventException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** UTF-8. */
    public static byte[] encode(Event event) {
        return new EventDraft(event.id(), event.stream(), event.type(), event.occurredAtEpochNanos(), event.dataJson())
                .json(event.sequence());
    }

    /** @throws MalformedEventException when the bytes are not an event */
    public static Event decode(byte[] json) throws MalformedEventException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            Event event = readEvent(parser, json);
            expectEnd(parser);
            return event;
        } catch (IOException | DateTimeException e) {
            throw e instanceof MalformedEventException malformed ? malformed : malformed(e);
        }
    }

    /**
     * The events of a webhook: one, or an array of them.
     *
     * @throws MalformedEventException when the bytes are neither
     */
    public static List<Event> decodeOneOrMore(byte[] json) throws MalformedEventException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return List.of(decode(json));
            }
            List<Event> events = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                events.add(readEvent(parser, json));
            }
            expect(parser.nextToken(), null);
            return events;
        } catch (IOException | DateTimeException e) {
            throw e instanceof MalformedEventException malformed ? malformed : malformed(e);
        }
    }

    /** @throws MalformedEventException when the bytes are not a page of events */
    public static EventPage decodePage(byte[] json) throws MalformedEventException {
        List<Event> events = null;
        String nextCursor = null;
        boolean hasMore = false;
        try (JsonParser parser = FACTORY.createParser(json)) {
            expect(parser.nextToken(), JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "data" -> {
                        expect(parser.currentToken(), JsonToken.START_ARRAY);
                        events = new ArrayList<>();
                        while (parser.nextToken() != JsonToken.END_ARRAY) {
                            events.add(readEvent(parser, json));
                        }
                    }
                    case "next_cursor" -> nextCursor = scalar(parser);
                    case "has_more" -> hasMore = parser.getBooleanValue();
                    default -> parser.skipChildren();
                }
            }
            expectEnd(parser);
        } catch (IOException | DateTimeException e) {
            throw malformed(e);
        }
        if (events == null || nextCursor == null) {
            throw new MalformedEventException("a page needs data and next_cursor", null);
        }
        return new EventPage(events, nextCursor, hasMore);
    }

    private static Event readEvent(JsonParser parser, byte[] json) throws IOException {
        expect(parser.currentToken(), JsonToken.START_OBJECT);
        String id = null;
        String stream = null;
        String type = null;
        String occurredAt = null;
        String data = "{}";
        long sequence = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "id" -> id = scalar(parser);
                case "stream" -> stream = scalar(parser);
                case "sequence" -> {
                    expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT);
                    sequence = parser.getLongValue();
                }
                case "type" -> type = scalar(parser);
                case "occurred_at" -> occurredAt = scalar(parser);
                case "data" -> data = asWritten(parser, json);
                default -> parser.skipChildren();
            }
        }
        if (id == null || stream == null || type == null || occurredAt == null || sequence < 1) {
            throw new MalformedEventException("an event needs id, stream, sequence, type and occurred_at", null);
        }
        return new Event(id, stream, sequence, type, Timestamps.parse(occurredAt), data);
    }

    /** Null for null. */
    private static String scalar(JsonParser parser) throws IOException {
        if (!parser.currentToken().isScalarValue()) {
            throw new MalformedEventException(parser.currentName() + " is neither text nor number", null);
        }
        return parser.getValueAsString();
    }

    /** A value exactly as it stands in the bytes: in a tree, numbers would lose digits and text its escapes. */
    static String asWritten(JsonParser parser, byte[] json) throws IOException {
        long start = parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        long end = parser.currentLocation().getByteOffset();
        if (start < 0 || end < start) { // the parser also accepts UTF-16 and UTF-32, but then counts no bytes
            throw new MalformedEventException("an event is written in UTF-8", null);
        }
        return new String(json, (int) start, (int) (end - start), StandardCharsets.UTF_8);
    }

    private static void expectEnd(JsonParser parser) throws IOException {
        expect(parser.currentToken(), JsonToken.END_OBJECT);
        if (parser.nextToken() != null) {
            throw new MalformedEventException("there is more after the end", null);
        }
    }

    private static void expect(JsonToken found, JsonToken wanted) throws MalformedEventException {
        if (found != wanted) {
            throw new MalformedEventException("expected " + wanted + ", found " + found, null);
        }
    }

    private static MalformedEventException malformed(Exception cause) {
        return new MalformedEventException(Failures.sentence(cause), cause);
    }
}
