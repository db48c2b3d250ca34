package dev.pushpull.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pushpull.scenario.Secrets;
import dev.pushpull.scenario.TerminalText;
import java.util.Map;

/**
 * A short sample of an item, so that a person can see where it has what: its beginning, with every long text cut, and
 * without the values of fields whose names say that they are secret.
 */
final class ItemSample {
    private static final int MOST_FIELDS = 20;
    private static final int MOST_DEPTH = 3;
    private static final int MOST_TEXT = 24;

    private ItemSample() {}

    /** One printable line of at most 200 characters or so. */
    static String of(JsonNode item) {
        return TerminalText.value(Secrets.masked(outline(item, 0).toString()));
    }

    private static JsonNode outline(JsonNode node, int depth) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (node.isObject()) {
            ObjectNode shown = json.objectNode();
            int fields = 0;
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (depth == MOST_DEPTH || ++fields > MOST_FIELDS) {
                    return shown.put("...", "...");
                }
                String name = Secrets.masked(field.getKey());
                boolean secret = Secrets.isNamedSecret(field.getKey())
                        && !field.getValue().isBoolean();
                shown.set(name, secret ? json.textNode(Secrets.MASK) : outline(field.getValue(), depth + 1));
            }
            return shown;
        }
        if (node.isArray()) {
            return node.isEmpty()
                    ? json.arrayNode()
                    : json.arrayNode()
                            .add(depth == MOST_DEPTH ? json.textNode("...") : outline(node.get(0), depth + 1));
        }
        if (node.isTextual() || node.isNumber()) {
            String text = Secrets.masked(node.asText());
            boolean isLong = text.length() > MOST_TEXT;
            return isLong
                    ? json.textNode(text.substring(0, MOST_TEXT) + "...")
                    : node.isTextual() ? json.textNode(text) : node;
        }
        return node;
    }
}
