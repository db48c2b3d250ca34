package dev.pushpull.trace;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.InvalidInputException;
import java.io.IOException;
import java.io.Reader;
import java.util.List;

/**
 * A field of JSON objects, in a list or one after another. The text is read value by value, so that its size does not
 * matter.
 *
 * @param source the file's name, for messages
 * @param path to the field; {@link JsonSample#EACH} stands for every element of a list
 * @param kind the form of its times
 * @param pointer the field as people call it
 */
record FieldTimes(Forms forms, String source, List<String> path, TraceForm kind, String pointer) implements Layout {
    static final JsonFactory JSON = new JsonFactory();

    @Override
    public TraceTimes read(Reader text) throws IOException {
        TimesTaken times = new TimesTaken(forms, forms.made(kind, false), source);
        Walk walk = new Walk(times);
        try (JsonParser json = JSON.createParser(text)) {
            walk.json = json;
            while (json.nextToken() != null) {
                walk.value(0);
            }
        } catch (JsonProcessingException e) {
            throw new InvalidInputException("%s is no whole JSON at line %d: %s"
                    .formatted(
                            source,
                            e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                            TimesTaken.shown(Failures.withoutClassNames(e.getOriginalMessage()))));
        }
        return times.finish("field " + TimesTaken.shown(pointer));
    }

    private final class Walk {
        private final TimesTaken times;
        private final Scan scan = new Scan();

        /** The last list on the way has the records; a record without the field is counted. */
        private final int recordDepth = path.lastIndexOf(JsonSample.EACH) + 1;

        private JsonParser json;
        private boolean isFound;

        Walk(TimesTaken times) {
            this.times = times;
        }

        /** Goes through the value at hand, of which the first steps of the path have led here. */
        void value(int depth) throws IOException {
            if (depth == recordDepth) {
                isFound = false;
                follow(depth);
                if (!isFound) {
                    times.hasNone();
                }
            } else {
                follow(depth);
            }
        }

        private void follow(int depth) throws IOException {
            JsonToken token = json.currentToken();
            if (depth == path.size()) {
                take(token);
            } else if (token == JsonToken.START_ARRAY && path.get(depth).equals(JsonSample.EACH)) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    value(depth + 1);
                }
            } else if (token == JsonToken.START_OBJECT && !path.get(depth).equals(JsonSample.EACH)) {
                String wanted = path.get(depth);
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    boolean isWanted = json.currentName().equals(wanted);
                    json.nextToken();
                    if (isWanted) {
                        value(depth + 1);
                    } else {
                        json.skipChildren();
                    }
                }
            } else {
                json.skipChildren();
            }
        }

        private void take(JsonToken token) throws IOException {
            if (token == JsonToken.VALUE_STRING || token.isNumeric()) {
                int from = json.getTextOffset();
                scan.on(json.getTextCharacters(), from, from + json.getTextLength());
                scan.strip();
                if (!scan.isAtEnd()) {
                    isFound = true;
                    if (!times.takesWhole(scan)) {
                        int line = json.currentTokenLocation().getLineNr();
                        times.refuse(scan.rest(), "line " + line + ", field " + pointer);
                    }
                }
                return;
            }
            json.skipChildren();
            if (token != JsonToken.VALUE_NULL) {
                isFound = true;
                times.refuse(token.asString() == null ? "a list or an object" : token.asString(), "field " + pointer);
            }
        }
    }
}
