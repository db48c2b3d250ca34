package dev.pushpull.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;

/** Events and pages of events as JSON. */
public final class EventJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final JsonFactory FACTORY = MAPPER.getFactory();

    private EventJson() {}

    /** What does not hold an event. */
    public static final class MalformedEventException extends IOException {
        private static final long serialVersionUID = 1;

        MalformedEventException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** UTF-8. */
    public static byte[] encode(Event event) {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(256 + event.dataJson().length());
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("id", event.id());
            json.writeStringField("stream", event.stream());
            json.writeNumberField("sequence", event.sequence());
            json.writeStringField("type", event.type());
            json.writeStringField("occurred_at", Timestamps.format(event.occurredAtEpochNanos()));
            json.writeFieldName("data");
            json.writeRawValue(event.dataJson());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** @throws MalformedEventException when the bytes are no event */
    public static Event decode(byte[] json) throws MalformedEventException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            Event event = readEvent(parser);
            if (parser.nextToken() != null) {
                throw new MalformedEventException("there is more after the event", null);
            }
            return event;
        } catch (IOException | DateTimeException | ArithmeticException e) {
            throw e instanceof MalformedEventException malformed ? malformed : malformed(e);
        }
    }

    /** @throws MalformedEventException when the bytes are no page of events */
    public static EventPage decodePage(byte[] json) throws MalformedEventException {
        List<Event> events = new ArrayList<>();
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
                        while (parser.nextToken() == JsonToken.START_OBJECT) {
                            events.add(readEvent(parser));
                        }
                    }
                    case "next_cursor" -> nextCursor = parser.getValueAsString();
                    case "has_more" -> hasMore = parser.getBooleanValue();
                    default -> parser.skipChildren();
                }
            }
        } catch (IOException | DateTimeException | ArithmeticException e) {
            throw malformed(e);
        }
        if (nextCursor == null) {
            throw new MalformedEventException("a page without next_cursor", null);
        }
        return new EventPage(events, nextCursor, hasMore);
    }

    private static Event readEvent(JsonParser parser) throws IOException {
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
                case "id" -> id = parser.getValueAsString();
                case "stream" -> stream = parser.getValueAsString();
                case "sequence" -> sequence = parser.getLongValue();
                case "type" -> type = parser.getValueAsString();
                case "occurred_at" -> occurredAt = parser.getValueAsString();
                case "data" -> {
                    JsonNode node = MAPPER.readTree(parser);
                    data = node.toString();
                }
                default -> parser.skipChildren();
            }
        }
        if (id == null || stream == null || type == null || occurredAt == null || sequence < 1) {
            throw new MalformedEventException("an event needs id, stream, sequence, type and occurred_at", null);
        }
        return new Event(id, stream, sequence, type, Timestamps.parse(occurredAt), data);
    }

    private static void expect(JsonToken found, JsonToken wanted) throws MalformedEventException {
        if (found != wanted) {
            throw new MalformedEventException("expected " + wanted + ", found " + found, null);
        }
    }

    private static MalformedEventException malformed(Exception cause) {
        return new MalformedEventException(
                String.valueOf(cause.getMessage()).lines().findFirst().orElse(""), cause);
    }
}
