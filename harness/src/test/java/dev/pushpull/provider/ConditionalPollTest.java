package dev.pushpull.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.RawClient.Answer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code If-None-Match} on {@code GET /events}: 304 spares a body and must never hide an event. */
@Tag("live")
class ConditionalPollTest {
    private ProviderServer provider;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        provider = Providers.keeping(1000);
        client = new RawClient(provider.address());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        provider.close();
    }

    @Test
    void theTagIsTheHeadOfTheStream() throws IOException {
        Providers.occur(provider, "a", "a", 7);
        Providers.occur(provider, "b", "b", 2);

        assertThat(client.get("/events?stream=a&limit=3").header("etag")).isEqualTo("\"7\"");
        assertThat(client.get("/events?stream=a&after=7").header("etag")).isEqualTo("\"7\"");
        assertThat(client.get("/events?stream=b").header("etag")).isEqualTo("\"2\"");
        assertThat(client.get("/events").header("etag")).isEqualTo("\"9\"");
    }

    @Test
    void theSameFirstQuestionWithItsTagIsUnchanged() throws IOException {
        Providers.occur(provider, "a", "evt_", 3);
        Answer first = client.get("/events?stream=a");

        Answer again = client.get("/events?stream=a", "If-None-Match: " + first.header("etag"));

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("etag")).isEqualTo(first.header("etag"));
        assertThat(client.get("/events?stream=a").status())
                .as("a 304 has no body that would upset the connection")
                .isEqualTo(200);
    }

    @Test
    void atTheHeadNothingHasChangedUntilTheNextEvent() throws IOException {
        Providers.occur(provider, "a", "evt_", 3);

        assertThat(client.get("/events?stream=a&after=3", "If-None-Match: \"3\"")
                        .status())
                .isEqualTo(304);

        Providers.occur(provider, "a", "evt_4");
        Answer changed = client.get("/events?stream=a&after=3", "If-None-Match: \"3\"");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(Providers.json(changed).path("data")).hasSize(1);
    }

    @Test
    void theTagOfAFirstPageNeverHidesTheSecond() throws IOException {
        Providers.occur(provider, "a", "evt_", 5);
        Answer first = client.get("/events?stream=a&limit=3");
        JsonNode page = Providers.json(first);
        assertThat(page.path("has_more").asBoolean()).isTrue();

        String rest =
                "/events?stream=a&limit=3&after=" + page.path("next_cursor").asText();
        Answer second = client.get(rest, "If-None-Match: " + first.header("etag"));

        assertThat(second.status()).isEqualTo(200);
        assertThat(Providers.json(second).path("data")).hasSize(2);
    }

    @Test
    void aFirstPageThatIsNotTheLastIsSentAgain() throws IOException {
        Providers.occur(provider, "a", "evt_", 5);

        assertThat(client.get("/events?stream=a&limit=3", "If-None-Match: \"5\"")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"3\"", "W/\"3\"", "\"2\", \"3\"", "\"x\",W/\"3\" , \"y\"", "*"})
    void weakAndListedTagsMatch(String tags) throws IOException {
        Providers.occur(provider, "a", "evt_", 3);

        assertThat(client.get("/events?stream=a&after=3", "If-None-Match: " + tags)
                        .status())
                .isEqualTo(304);
    }

    @Test
    void tagsMayStandOnSeveralLines() throws IOException {
        Providers.occur(provider, "a", "evt_", 3);

        assertThat(client.get("/events?stream=a&after=3", "If-None-Match: \"1\"", "If-None-Match: \"3\"")
                        .status())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "\"4\"", "3", "\"33\"", "W/3", "\"\"", "\"2\", \"1\""})
    void otherTagsDoNot(String tags) throws IOException {
        Providers.occur(provider, "a", "evt_", 3);

        assertThat(client.get("/events?stream=a&after=3", "If-None-Match: " + tags)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"3\"", "*"})
    void noTagHidesEventsAfterTheCursor(String tag) throws IOException {
        Providers.occur(provider, "a", "evt_", 3);

        Answer answer = client.get("/events?stream=a&after=1", "If-None-Match: " + tag);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Providers.json(answer).path("data")).hasSize(2);
    }

    @Test
    void aBadCursorIsRefusedWhateverTheTag() throws IOException {
        assertThat(client.get("/events?stream=a&after=x", "If-None-Match: *").status())
                .isEqualTo(400);
    }
}
