package dev.pushpull.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is sent and whatever is pointed to, a webhook is split into items that can be shown. */
class PushedItemsPropertyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] NAMES = {"id", "a", "b", "data", "0", "", "~/", "occurred_at", "é"};
    private static final String[] TEXTS = {"", " ", "x", "2026-11-27T01:00:00Z", "\u0000\u001b[31m", "long ".repeat(99)
    };

    private final Random random = new Random(21);

    private JsonNode value(int depth) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (random.nextInt(depth > 4 ? 5 : 9)) {
            case 0 -> json.nullNode();
            case 1 -> json.booleanNode(random.nextBoolean());
            case 2 -> json.numberNode(random.nextLong());
            case 3 -> json.numberNode(random.nextGaussian() * Math.pow(10, random.nextInt(600) - 300));
            case 4 -> json.textNode(TEXTS[random.nextInt(TEXTS.length)]);
            case 5, 6 -> {
                ArrayNode list = json.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(depth + 1));
                }
                yield list;
            }
            default -> {
                ObjectNode object = json.objectNode();
                for (int i = random.nextInt(5); i > 0; i--) {
                    object.set(NAMES[random.nextInt(NAMES.length)], value(depth + 1));
                }
                yield object;
            }
        };
    }

    private JsonPointer pointer() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append('/')
                    .append(NAMES[random.nextInt(NAMES.length)]
                            .replace("~", "~0")
                            .replace("/", "~1"));
        }
        return JsonPointer.compile(text.toString());
    }

    private Optional<JsonPointer> maybe() {
        return random.nextBoolean() ? Optional.of(pointer()) : Optional.empty();
    }

    /** Some are cut off or have other bytes in them. */
    private byte[] body(JsonNode whole) throws IOException {
        byte[] body = JSON.writeValueAsBytes(whole);
        if (random.nextInt(4) == 0 && body.length > 0) {
            body[random.nextInt(body.length)] = (byte) random.nextInt();
        }
        return random.nextInt(8) == 0 ? java.util.Arrays.copyOf(body, random.nextInt(body.length + 1)) : body;
    }

    @Test
    void everyBodyIsSplitIntoAsManyItemsAsThePointerFinds() throws IOException {
        for (int round = 0; round < 3_000; round++) {
            List<String> told = new ArrayList<>();
            List<ItemMatch> where = random.nextInt(4) == 0
                    ? List.of(new ItemMatch(pointer(), TEXTS[random.nextInt(3)], random.nextBoolean()))
                    : List.of();
            PushPointers pointers = new PushPointers(maybe(), maybe(), maybe(), where, maybe());
            PushedItems items = new PushedItems(pointers, told::add);
            long seen = 0;
            for (int i = 0; i < 12; i++) {
                JsonNode whole = value(0);
                JsonNode at = pointers.items().map(whole::at).orElse(whole);
                long expected = pointers.items().isEmpty()
                        ? 1
                        : at.isArray() ? at.size() : at.isMissingNode() || at.isNull() ? 0 : 1;
                long leftOutBefore = items.leftOut();
                List<PushedItems.Item> found = items.of("d" + i, JSON.writeValueAsBytes(whole));
                assertThat(found.size() + items.leftOut() - leftOutBefore)
                        .as("%s in %s", pointers, whole)
                        .isEqualTo(expected);
                seen += found.size();
                for (PushedItems.Item item : found) {
                    assertThat(item.id()).isNotBlank().hasSizeLessThan(300);
                    assertThat(item.version()).hasSizeLessThan(300);
                }
                items.of("spoiled", body(whole));
            }
            assertThat(seen).isNotNegative();
            told.forEach(line -> assertThat(line).doesNotContain("\n", "\u001b").hasSizeLessThan(500));
        }
    }

    @Test
    void theSameBytesAlwaysHaveTheSameItems() throws IOException {
        for (int round = 0; round < 500; round++) {
            PushPointers pointers = new PushPointers(maybe(), maybe(), maybe(), List.of(), maybe());
            byte[] body = body(value(0));
            assertThat(new PushedItems(pointers, line -> {}).of("d", body))
                    .as(new String(body, StandardCharsets.UTF_8))
                    .isEqualTo(new PushedItems(pointers, line -> {}).of("d", body));
        }
    }
}
