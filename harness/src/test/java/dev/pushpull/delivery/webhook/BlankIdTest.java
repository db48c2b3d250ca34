package dev.pushpull.delivery.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A blank id names nothing: if it counted, the second genuine webhook with it would be acknowledged and lost. */
class BlankIdTest {
    private static final Map<String, String> ID_HEADERS = Map.of(
            "github", "x-github-delivery",
            "gitlab", "idempotency-key",
            "shopify", "x-shopify-webhook-id",
            "twilio", "i-twilio-idempotency-token");

    @ParameterizedTest
    @ValueSource(strings = {"github", "gitlab", "shopify", "twilio"})
    void aBlankIdHeaderCountsAsNone(String scheme) throws Exception {
        String idHeader = ID_HEADERS.get(scheme);
        try (Reached reached = new Reached(scheme)) {
            String two = ":\r\n" + idHeader + ":";
            for (String blank : List.of(":", ":   ", ": \t", ": ,", ": \u00a0 ", two).stream()
                    .map(value -> idHeader + value)
                    .toList()) {
                int before = reached.accepted();
                for (String body : List.of("{\"text\":1}" + blank, "{\"text\":2}" + blank)) {
                    for (int again = 0; again < 2; again++) {
                        List<String> headers = new ArrayList<>(reached.signed("evt_1", body, idHeader));
                        headers.add(blank);
                        assertThat(reached.post(body, headers).status()).isEqualTo(200);
                    }
                }
                assertThat(reached.accepted() - before)
                        .as("both bodies, each once")
                        .isEqualTo(2);
            }
            assertThat(reached.processedId()).startsWith("sha256:");
            assertThat(reached.duplicates).hasValue(12);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\" \"",
                "\"\\t\\n\"",
                "\"\\u2003\"",
                "\"\\u00a0\\u200b\"",
                "null",
                "7",
                "[]",
                "{\"id\":\"x\"}",
                "true"
            })
    void anIdInTheBodyThatIsNoTextOrBlankCountsAsNone(String id) throws IOException {
        for (String scheme : List.of("stripe", "slack")) {
            try (Reached reached = new Reached(scheme)) {
                for (String text : List.of("one", "two")) {
                    String body = "{\"event_id\":%s,\"id\":%s,\"text\":\"%s\"}".formatted(id, id, text);
                    assertThat(reached.post(body, reached.signed("x", body)).status())
                            .isEqualTo(200);
                }
                assertThat(reached.accepted()).as(scheme).isEqualTo(2);
                assertThat(reached.duplicates).hasValue(0);
            }
        }
    }

    @Test
    void theNextNameCountsWhenTheFirstIsBlank() throws Exception {
        try (Reached reached = new Reached("slack")) {
            String body = "{\"event_id\":\"\",\"id\":\"evt_1\"}";
            reached.post(body, reached.signed("x", body));
            assertThat(reached.processedId()).isEqualTo("evt_1");
        }
    }

    /** These schemes sign the id and require it: without one, the message is not of that scheme. */
    @Test
    void standardWebhooksWantsAnId() throws IOException {
        try (Reached reached = new Reached("standard-webhooks")) {
            for (String body : List.of("{\"text\":1}", "{\"text\":2}")) {
                assertThat(reached.post(body, reached.signed("", body)).body().strip())
                        .isEqualTo("a signature header is missing");
            }
        }
    }

    @Test
    void anIdThatIsNotSignedIsTakenAsItsSenderGivesIt() throws IOException {
        try (Reached reached = new Reached("github")) {
            for (String id : List.of("a", "b", "a")) {
                reached.post("{}", reached.signed(id, "{}"));
            }
            assertThat(reached.accepted())
                    .as("vendors name a delivery by its header alone: another id is another delivery")
                    .isEqualTo(2);
            assertThat(reached.signed("a", "{}").get(0).toLowerCase(Locale.ROOT))
                    .startsWith("x-github-delivery");
        }
    }
}
