package dev.pushpull.standalone;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * What an item must be to count.
 *
 * @param value as text: of a number as it is written, of a truth value {@code true} or {@code false}
 * @param equal whether it must have this value there; otherwise it must not, and one that has none counts
 */
public record ItemMatch(JsonPointer at, String value, boolean equal) {
    /** Whether the item has exactly this value there, or has not. */
    boolean matches(JsonNode item) {
        JsonNode found = item.at(at);
        return (found.isValueNode() && found.asText().equals(value)) == equal;
    }

    @Override
    public String toString() {
        return at + (equal ? "=" : "!=") + value;
    }
}
