package dev.pushpull.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.RawClient.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /events}, over a socket. */
@Tag("live")
class PollingEndpointTest {
    private static final int RETENTION = 20;

    private ProviderServer provider;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        provider = Providers.keeping(RETENTION);
        client = new RawClient(provider.address());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        provider.close();
    }

    @Test
    void pagesFollowTheCursorToTheEnd() throws IOException {
        Providers.occur(provider, "a", "evt_", 7);

        Answer first = client.get("/events?stream=a&limit=3");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("content-type")).isEqualTo("application/json");
        assertThat(ids(first)).containsExactly("evt_1", "evt_2", "evt_3");
        assertThat(hasMore(first)).isTrue();

        Answer second = client.get("/events?stream=a&limit=3&after=" + cursor(first));
        assertThat(ids(second)).containsExactly("evt_4", "evt_5", "evt_6");
        assertThat(hasMore(second)).isTrue();

        Answer third = client.get("/events?stream=a&limit=3&after=" + cursor(second));
        assertThat(ids(third)).containsExactly("evt_7");
        assertThat(hasMore(third)).isFalse();

        Answer fourth = client.get("/events?stream=a&limit=3&after=" + cursor(third));
        assertThat(ids(fourth)).isEmpty();
        assertThat(hasMore(fourth)).isFalse();
        assertThat(cursor(fourth)).isEqualTo(cursor(third));
    }

    @Test
    void aPageThatEndsAtTheHeadHasNoMore() throws IOException {
        Providers.occur(provider, "a", "evt_", 3);

        Answer page = client.get("/events?stream=a&limit=3");

        assertThat(ids(page)).hasSize(3);
        assertThat(hasMore(page)).isFalse();
    }

    @Test
    void anEventTravelsWhole() throws IOException {
        Providers.occur(provider, "a", "evt_1");

        JsonNode event =
                Providers.json(client.get("/events?stream=a")).path("data").get(0);

        assertThat(event.path("id").asText()).isEqualTo("evt_1");
        assertThat(event.path("stream").asText()).isEqualTo("a");
        assertThat(event.path("sequence").asLong()).isEqualTo(1);
        assertThat(event.path("type").asText()).isEqualTo("test.event");
        assertThat(event.path("occurred_at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z");
        assertThat(event.path("data").path("text").asText()).isEqualTo("größer");
    }

    @Test
    void eachStreamHasSequencesAndCursorsOfItsOwn() throws IOException {
        Providers.occur(provider, "a", "a", 1);
        Providers.occur(provider, "b", "b", 2);
        Providers.occur(provider, "a", "c", 1);

        assertThat(sequences(client.get("/events?stream=a"))).containsExactly(1L, 2L);
        assertThat(sequences(client.get("/events?stream=b"))).containsExactly(1L, 2L);
        assertThat(ids(client.get("/events?stream=a&after=1"))).containsExactly("c1");
        assertThat(ids(client.get("/events?stream=b&after=1"))).containsExactly("b2");
    }

    @Test
    void withoutStreamAllEventsComeInTheOrderTheyOccurredWithOneCursor() throws IOException {
        Providers.occur(provider, "a", "a", 2);
        Providers.occur(provider, "b", "b", 2);
        Providers.occur(provider, "a", "c", 1);

        Answer first = client.get("/events?limit=3");
        Answer second = client.get("/events?limit=3&after=" + cursor(first));

        assertThat(ids(first)).containsExactly("a1", "a2", "b1");
        assertThat(ids(second)).containsExactly("b2", "c1");
        assertThat(hasMore(second)).isFalse();
    }

    @Test
    void anUnknownStreamIsAnEmptyPageWhoseCursorServesWhenTheStreamBegins() throws IOException {
        Answer empty = client.get("/events?stream=nobody");
        assertThat(empty.status()).isEqualTo(200);
        assertThat(ids(empty)).isEmpty();
        assertThat(hasMore(empty)).isFalse();

        Providers.occur(provider, "nobody", "evt_", 1);

        assertThat(ids(client.get("/events?stream=nobody&after=" + cursor(empty))))
                .containsExactly("evt_1");
        assertThat(client.get("/events?stream=nobody&after=" + cursor(empty), tag(empty))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void retentionDropsTheOldestAndAPollerThatFellBehindGoesOnWithTheOldestKept() throws IOException {
        Providers.occur(provider, "a", "evt_", 50);

        assertThat(ids(client.get("/events?stream=a")))
                .hasSize(RETENTION)
                .startsWith("evt_31")
                .endsWith("evt_50");
        assertThat(ids(client.get("/events?stream=a&after=5&limit=2"))).containsExactly("evt_31", "evt_32");
    }

    @Test
    void oneStreamDropsNothingOfAnother() throws IOException {
        Providers.occur(provider, "quiet", "q", 1);
        Providers.occur(provider, "loud", "l", 500);

        assertThat(ids(client.get("/events?stream=quiet"))).containsExactly("q1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "after=x",
                "after=-1",
                "after=4",
                "after=1.0",
                "after=",
                "after=999999999999999999",
                "after=9223372036854775808",
                "after=99999999999999999999999999",
                "after=%D9%A1", // a digit, but from another script
                "limit=0",
                "limit=-1",
                "limit=1001",
                "limit=ten",
                "limit=",
                "limit=99999999999999999999999999"
            })
    void aBadCursorOrLimitIsAnsweredWithTheProblem(String query) throws IOException {
        Providers.occur(provider, "a", "evt_", 3);

        Answer answer = client.get("/events?stream=a&" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        JsonNode problem = Providers.json(answer);
        assertThat(problem.path("status").asInt()).isEqualTo(400);
        assertThat(problem.path("title").asText()).startsWith("Bad ");
        assertThat(problem.path("detail").asText())
                .startsWith(query.substring(0, 5))
                .contains("accepted: ");
        assertThat(client.get("/events?stream=a").status())
                .as("the connection goes on serving")
                .isEqualTo(200);
    }

    @Test
    void theLargestLimitIsAccepted() throws IOException {
        assertThat(client.get("/events?limit=1000").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH"})
    void otherMethodsAreNotAllowedAndSayWhichAre(String method) throws IOException {
        Answer answer = client.request(method, "/events", new byte[0]);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.header("allow")).isEqualTo("GET, POST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/event", "/events/1", "/eventsx", "/healthz/x"})
    void whatIsNotThereIsNotFound(String path) throws IOException {
        Answer answer = client.get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    }

    @Test
    void theBooksCountPollsAndTheEventsServedToThem() throws IOException {
        Providers.occur(provider, "a", "evt_", 5);
        Answer page = client.get("/events?stream=a&limit=3");
        client.get("/events?stream=a&limit=3&after=" + cursor(page));
        client.get("/events?stream=a", tag(page));

        assertThat(provider.books().polls()).isEqualTo(3);
        assertThat(provider.books().eventsServed()).isEqualTo(5); // none with the 304
    }

    private static String tag(Answer answer) {
        return "If-None-Match: " + answer.header("etag");
    }

    private static String cursor(Answer answer) {
        return Providers.json(answer).path("next_cursor").asText();
    }

    private static boolean hasMore(Answer answer) {
        return Providers.json(answer).path("has_more").asBoolean();
    }

    private static List<String> ids(Answer answer) {
        List<String> ids = new ArrayList<>();
        Providers.json(answer)
                .path("data")
                .forEach(event -> ids.add(event.path("id").asText()));
        return ids;
    }

    private static List<Long> sequences(Answer answer) {
        JsonNode data = Providers.json(answer).path("data");
        return IntStream.range(0, data.size())
                .mapToObj(i -> data.get(i).path("sequence").asLong())
                .toList();
    }
}
