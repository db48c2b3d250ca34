package dev.pushpull.signing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Delivery ids taken from the body. */
final class BodyIds {
    private static final JsonFactory JSON = new JsonFactory();

    private BodyIds() {}

    /** The first of these fields of a JSON object that is text and not blank; null when none is. */
    static String first(byte[] body, String... fields) {
        Map<String, String> found = new HashMap<>();
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME && !found.containsKey(fields[0])) {
                String field = json.currentName();
                if (json.nextToken() != JsonToken.VALUE_STRING) {
                    json.skipChildren();
                } else if (unlessBlank(json.getText()) != null) {
                    found.put(field, json.getText());
                }
            }
        } catch (IOException e) {
            // not JSON, or cut off: use what was found so far
        }
        for (String field : fields) {
            if (found.containsKey(field)) {
                return found.get(field);
            }
        }
        return null;
    }

    /**
     * The id, or null when it is blank: a blank id would make all deliveries that have one look the same. Blank
     * includes a list of blanks, as several blank headers make it, and invisible characters.
     */
    static String unlessBlank(String id) {
        if (id == null) {
            return null;
        }
        int at = 0;
        while (at < id.length()) { // a stream would take microseconds of each webhook
            int character = id.codePointAt(at);
            if (!isBlank(character)) {
                return id;
            }
            at += Character.charCount(character);
        }
        return null;
    }

    private static boolean isBlank(int character) {
        return character == ','
                || switch (Character.getType(character)) {
                    case Character.SPACE_SEPARATOR,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.CONTROL,
                            Character.FORMAT -> true;
                    default -> false;
                };
    }
}
