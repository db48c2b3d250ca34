package dev.pushpull.standalone;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * What an item must be to count.
 *
 * @param value as text: of a number as it is written, of a truth value {@code true} or {@code false}
 */
public record ItemMatch(JsonPointer at, String value) {
    /** Whether the item has exactly this value there. */
    boolean matches(JsonNode item) {
        JsonNode found = item.at(at);
        return found.isValueNode() && found.asText().equals(value);
    }

    @Override
    public String toString() {
        return at + "=" + value;
    }
}
