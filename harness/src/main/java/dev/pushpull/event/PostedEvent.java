package dev.pushpull.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.TerminalText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An event as a client posted it. What cannot be passed on exactly as it was meant is refused; everything else is kept
 * as written, numbers to the last digit and text with its escapes.
 *
 * @param dataJson as written
 */
public record PostedEvent(String stream, String type, String dataJson) {
    /** Far less than readers of events accept, since an event stands in a page, and the page in an object. */
    private static final int MOST_DEPTH = 500;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).build())
            .build();

    /**
     * Reads a JSON object with {@code stream}, {@code type} and {@code data}, each optional.
     *
     * @throws EventJson.MalformedEventException when it is not such an object; the message names the place
     */
    public static PostedEvent read(byte[] json) throws EventJson.MalformedEventException {
        refuseWhatIsNotUtf8(json);
        try (JsonParser parser = FACTORY.createParser(json)) {
            try {
                return read(parser, json);
            } catch (JsonProcessingException e) {
                JsonLocation place = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
                throw refused(place.getLineNr(), place.getColumnNr(), firstLine(e.getOriginalMessage()));
            }
        } catch (EventJson.MalformedEventException e) {
            throw e;
        } catch (IOException e) {
            throw new EventJson.MalformedEventException(Failures.sentence(e), e);
        }
    }

    private static PostedEvent read(JsonParser parser, byte[] json) throws IOException {
        String stream = "default";
        String type = "event.posted";
        String data = "{}";
        wanted(parser, parser.nextToken(), JsonToken.START_OBJECT, "an object");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken token = parser.nextToken();
            switch (field) {
                case "stream" -> stream = text(parser, token, "text for stream");
                case "type" -> type = text(parser, token, "text for type");
                case "data" -> {
                    wanted(parser, token, JsonToken.START_OBJECT, "an object for data");
                    data = EventJson.asWritten(parser, json);
                }
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw refused(parser, "there is more after the end");
        }
        return new PostedEvent(stream, type, data);
    }

    private static String text(JsonParser parser, JsonToken token, String what) throws IOException {
        wanted(parser, token, JsonToken.VALUE_STRING, what);
        String text = parser.getText();
        Optional<String> fault = fault(text);
        if (fault.isPresent()) {
            throw refused(parser, fault.get() + " where there is to be " + what);
        }
        return text;
    }

    /** Why some databases or UTF-8 cannot hold this text; empty when it can be the name of a stream. */
    public static Optional<String> fault(String text) {
        for (int i = 0; i < text.length(); i++) {
            char one = text.charAt(i);
            if (one == 0) {
                return Optional.of("there is a NUL");
            }
            if (Character.isHighSurrogate(one)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(one)) {
                return Optional.of("there is half of a surrogate pair");
            }
        }
        return Optional.empty();
    }

    private static void wanted(JsonParser parser, JsonToken found, JsonToken wanted, String what)
            throws EventJson.MalformedEventException {
        if (found != wanted) {
            throw refused(parser, "wanted: " + what);
        }
    }

    private static void refuseWhatIsNotUtf8(byte[] json) throws EventJson.MalformedEventException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports what is malformed
        ByteBuffer bytes = ByteBuffer.wrap(json);
        CharBuffer scratch = CharBuffer.allocate(4096);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            scratch.clear();
            result = decoder.decode(bytes, scratch, true);
        }
        if (result.isError()) {
            throw refused(json, bytes.position(), "this is not UTF-8");
        }
        for (int i = 0; i < json.length; i++) {
            if (json[i] == 0) { // Jackson would read it as UTF-16
                throw refused(json, i, "there is a NUL");
            }
        }
        if (json.length >= 3 && json[0] == (byte) 0xef && json[1] == (byte) 0xbb && json[2] == (byte) 0xbf) {
            throw refused(json, 0, "JSON begins with no byte order mark");
        }
    }

    private static EventJson.MalformedEventException refused(byte[] json, int index, String reason) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < index; i++) {
            column = json[i] == '\n' ? 1 : column + 1;
            line += json[i] == '\n' ? 1 : 0;
        }
        return refused(line, column, reason);
    }

    private static EventJson.MalformedEventException refused(JsonParser parser, String reason) {
        JsonLocation place = parser.currentTokenLocation();
        return refused(place.getLineNr(), place.getColumnNr(), reason);
    }

    private static EventJson.MalformedEventException refused(int line, int column, String reason) {
        return new EventJson.MalformedEventException("line " + line + ", column " + column + ": " + reason, null);
    }

    private static String firstLine(String message) {
        return TerminalText.unbounded(message.lines().findFirst().orElse(""));
    }
}
