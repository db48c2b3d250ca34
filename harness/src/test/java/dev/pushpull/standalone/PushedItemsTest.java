package dev.pushpull.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushedItemsTest {
    private static final String ALERTS = """
            {"status": "firing", "alerts": [
                {"fingerprint": "a1", "status": "firing", "startsAt": "2026-11-27T01:00:00Z", "n": 1.50},
                {"fingerprint": "b2", "status": "resolved", "startsAt": "2026-11-27T02:00:00Z"}]}
            """;

    private final List<String> told = new ArrayList<>();

    private static PushPointers pointers(String items, String id, String version, String time, String... where) {
        return new PushPointers(
                pointer(items),
                pointer(id),
                pointer(version),
                List.of(where).stream()
                        .map(text -> text.split("=", 2))
                        .map(parts -> new ItemMatch(JsonPointer.compile(parts[0]), parts[1], true))
                        .toList(),
                pointer(time));
    }

    private static Optional<JsonPointer> pointer(String text) {
        return Optional.ofNullable(text).map(JsonPointer::compile);
    }

    private PushedItems items(PushPointers pointers) {
        return new PushedItems(pointers, told::add);
    }

    private static List<String> shown(PushedItems items, String body) {
        return items.of("d", body.getBytes(StandardCharsets.UTF_8)).stream()
                .map(item -> item.id() + (item.version().isEmpty() ? "" : " " + item.version()))
                .toList();
    }

    @Test
    void eachElementOfTheListIsAnItemWithIdVersionAndTime() {
        List<PushedItems.Item> items = items(pointers("/alerts", "/fingerprint", "/status", "/startsAt"))
                .of("d", ALERTS.getBytes(StandardCharsets.UTF_8));
        assertThat(items).extracting(PushedItems.Item::id).containsExactly("a1", "b2");
        assertThat(items).extracting(PushedItems.Item::version).containsExactly("firing", "resolved");
        assertThat(items)
                .extracting(PushedItems.Item::sourceEpochNanos)
                .containsExactly(
                        OptionalLong.of(1_795_741_200_000_000_000L), OptionalLong.of(1_795_744_800_000_000_000L));
        assertThat(items.get(0).key()).isNotEqualTo(items.get(1).key());
    }

    @Test
    void itemsCountThatMatchEveryCondition() {
        PushedItems firing = items(pointers("/alerts", "/fingerprint", null, null, "/status=firing", "/n=1.50"));
        assertThat(shown(firing, ALERTS)).containsExactly("a1");
        assertThat(firing.leftOut()).isEqualTo(1);
        assertThat(shown(items(pointers("/alerts", "/fingerprint", null, null, "/n=1.5")), ALERTS))
                .as("a number as it is written")
                .isEmpty();
        PushPointers others = new PushPointers(
                pointer("/alerts"),
                pointer("/fingerprint"),
                Optional.empty(),
                List.of(new ItemMatch(JsonPointer.compile("/status"), "firing", false)),
                Optional.empty());
        assertThat(shown(items(others), ALERTS)).isNotEmpty().doesNotContain("a1");
    }

    @Test
    void withoutPointersTheMessageIsTheItem() {
        PushedItems plain = items(PushPointers.NONE);
        assertThat(shown(plain, ALERTS)).containsExactly("d");
        assertThat(shown(plain, "[1, 2]")).containsExactly("d");
        String ours = """
                {"id": "evt_1", "stream": "c0", "sequence": 1, "type": "a", "occurred_at": "2026-11-27T01:00:00Z",
                 "data": {}}
                """;
        assertThat(shown(plain, ours)).containsExactly("evt_1");
        assertThat(plain.of("d", ours.getBytes(StandardCharsets.UTF_8)).get(0).sourceEpochNanos())
                .hasValue(1_795_741_200_000_000_000L);
        assertThat(shown(plain, "{\"id\": \"7\", \"occurred_at\": \"2026-11-27T01:00:00Z\"}"))
                .as("not one of ours")
                .containsExactly("d");
        assertThat(told).isEmpty();
    }

    @Test
    void aSingleValueAtThePointerIsOneItemAndNothingThereIsNone() {
        PushedItems items = items(pointers("/event", "/key", null, null));
        assertThat(shown(items, "{\"event\": {\"key\": 12345678901234567890}}"))
                .containsExactly("12345678901234567890");
        assertThat(shown(items, "{\"event\": []}")).isEmpty();
        assertThat(shown(items, "{\"event\": null}")).isEmpty();
        assertThat(shown(items, "{}")).isEmpty();
        assertThat(shown(items(pointers("", null, null, null)), "[{}, {}]"))
                .as("without an id of their own they are told apart by their place")
                .containsExactly("d#1", "d#2");
    }

    @Test
    void aFormsFieldsAreReadByName() {
        String form = "MessageSid=SM1&Body=a%20b%3D%C3%A9&To=%2B1&To=%2B2&Empty=";
        assertThat(shown(items(pointers(null, "/MessageSid", "/Body", null)), form))
                .containsExactly("SM1 a b=é");
        assertThat(shown(items(pointers("/To", "", null, null)), form)).containsExactly("+1", "+2");
        assertThat(shown(items(pointers(null, "/Empty", null, null)), form)).containsExactly("d");
    }

    @Test
    void jsonInTheOnlyFieldOfAFormIsReadToo() {
        PushedItems items = items(pointers("/payload/commits", "/id", null, null));
        assertThat(shown(items, "payload=%7B%22commits%22%3A%5B%7B%22id%22%3A%22c1%22%7D%5D%7D"))
                .containsExactly("c1");
        assertThat(shown(items(pointers(null, "/payload", null, null)), "payload=%7Bno+JSON"))
                .containsExactly("{no JSON");
        assertThat(shown(items(pointers(null, "/payload", null, null)), "payload=17"))
                .containsExactly("17");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{",
                "{} {}",
                "rubbish",
                "%zz=1",
                "\u0000\u0001",
                "{\"id\":1e999999999999}",
                "{\"id\":[[[[[[[[",
                "=",
                "<xml a=\"b\"/>"
            })
    void rubbishIsOneItemByItsDeliveryId(String body) {
        assertThat(shown(items(pointers(null, "/id", "/version", "/time")), body))
                .containsExactly("d");
        assertThat(shown(items(pointers("/items", "/id", null, null)), body)).isEmpty();
    }

    @Test
    void aDeepBodyHarmsNothing() {
        assertThat(shown(items(pointers(null, "/a", null, null)), "[".repeat(1 << 20)))
                .containsExactly("d");
        assertThat(shown(items(pointers(null, "/a", null, null)), "{\"a\":".repeat(900) + "1" + "}".repeat(900)))
                .containsExactly("d");
    }

    @Test
    void aPointerThatMatchesNoneOfTenItemsIsNamedOnceWithASample() {
        PushedItems items = items(pointers(null, "/uid", null, "/at"));
        for (int i = 0; i < 30; i++) {
            shown(items, "{\"id\": \"x" + i + "\", \"token\": \"s3cret\", \"at\": 1795741200}");
        }
        assertThat(told).hasSize(1);
        assertThat(told.get(0))
                .contains("--push-id '/uid' matched none of 10 items")
                .contains("\"id\":\"x9\"")
                .doesNotContain("s3cret");
        assertThat(items.warnings()).isEmpty();
    }

    @Test
    void everyPointerIsWatched() {
        PushedItems items = items(pointers("/none", null, null, null));
        PushedItems others = items(pointers(null, null, "/v", "/t", "/kind=a"));
        for (int i = 0; i < 10; i++) {
            shown(items, "{}");
            shown(others, "{\"t\": \"yesterday\", \"kind\": \"b\"}");
        }
        PushedItems third = items(pointers(null, null, "/v", "/t"));
        for (int i = 0; i < 10; i++) {
            shown(third, "{\"t\": \"yesterday\"}");
        }
        assertThat(told)
                .extracting(line -> line.replaceFirst(" matched.*", ""))
                .containsExactlyInAnyOrder(
                        "--push-items '/none'", "--push-where '/kind=a'", "--push-version '/v'", "--push-time '/t'");
        shown(items(pointers("/few", null, null, null)), "{}");
        PushedItems few = items(pointers("/few", null, null, null));
        shown(few, "{}");
        assertThat(few.warnings()).singleElement().asString().contains("--push-items '/few' matched none of 1 item");
    }
}
