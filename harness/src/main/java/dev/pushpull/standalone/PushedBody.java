package dev.pushpull.standalone;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pushpull.scenario.TerminalText;
import dev.pushpull.signing.FormFields;
import dev.pushpull.signing.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The body of a webhook as a tree. What it is, the body alone tells, since an inbox keeps no headers: JSON, or the
 * fields of a form, or else a text.
 */
final class PushedBody {
    /** As a poller reads an item: an id must be the same text on both sides. */
    private static final ObjectReader JSON =
            ItemReader.JSON.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private PushedBody() {}

    /** Never fails: whatever is neither JSON nor a form is a text. */
    static JsonNode read(byte[] body) {
        return json(body).or(() -> form(body)).orElseGet(() -> TextNode.valueOf(beginning(body)));
    }

    private static Optional<JsonNode> json(byte[] body) {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree.isMissingNode() ? Optional.empty() : Optional.of(tree);
        } catch (IOException | NumberFormatException | ArithmeticException e) { // a number may be too large for Java
            return Optional.empty();
        }
    }

    /** A name that comes several times has a list of values. */
    private static Optional<JsonNode> form(byte[] body) {
        List<Message.Field> fields = FormFields.of(body).orElse(List.of());
        boolean isForm = fields.stream().allMatch(field -> field.name().matches("[!-~]+"))
                && new String(body, StandardCharsets.ISO_8859_1).indexOf('=') > 0;
        if (!isForm) {
            return Optional.empty();
        }
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        for (Message.Field field : fields) {
            JsonNode value = fields.size() == 1 ? wrapped(field.value()) : TextNode.valueOf(field.value());
            JsonNode before = form.get(field.name());
            if (before == null) {
                form.set(field.name(), value);
            } else if (before instanceof ArrayNode several) {
                several.add(value);
            } else {
                form.set(
                        field.name(),
                        JsonNodeFactory.instance.arrayNode().add(before).add(value));
            }
        }
        return Optional.of(form);
    }

    /** Some senders wrap their JSON into a form of one field, as GitHub does unless it is told otherwise. */
    private static JsonNode wrapped(String value) {
        return json(value.getBytes(StandardCharsets.UTF_8))
                .filter(JsonNode::isContainerNode)
                .orElseGet(() -> TextNode.valueOf(value));
    }

    private static String beginning(byte[] body) {
        return TerminalText.shortened(new String(body, 0, Math.min(body.length, 1_000), StandardCharsets.UTF_8));
    }
}
