package dev.pushpull.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.RawClient.Answer;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /events} and {@code GET /healthz}. */
@Tag("live")
class PostedEventTest {
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
    void aPostedEventIsAnsweredAsItStandsInTheLog() throws IOException {
        Answer created = client.post("/events", "{\"stream\":\"a\",\"type\":\"order.paid\",\"data\":{\"n\":1}}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("content-type")).isEqualTo("application/json");
        JsonNode event = Providers.json(created);
        assertThat(event.path("id").asText()).startsWith("evt_");
        assertThat(event.path("stream").asText()).isEqualTo("a");
        assertThat(event.path("sequence").asLong()).isEqualTo(1);
        assertThat(event.path("type").asText()).isEqualTo("order.paid");
        assertThat(event.path("data").path("n").asInt()).isEqualTo(1);
        assertThat(Providers.json(client.get("/events?stream=a")).path("data").get(0))
                .isEqualTo(event);
    }

    @Test
    void everythingAboutAnEventIsOptional() throws IOException {
        JsonNode event = Providers.json(client.post("/events", "{}"));

        assertThat(event.path("stream").asText()).isEqualTo("default");
        assertThat(event.path("type").asText()).isNotEmpty();
        assertThat(event.path("data")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "7",
                "null",
                "{}x",
                "{} {}",
                "{\"data\":[]}",
                "{\"data\":null}",
                "{\"data\":\"text\"}",
                "{\"stream\":5}",
                "{\"type\":{}}"
            })
    void whatIsNoEventIsABadRequestAndLeavesNoTrace(String body) throws IOException {
        Answer answer = client.post("/events", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(Providers.json(client.get("/events")).path("data")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"n\":1e999,\"m\":-1E+400,\"k\":0.10000000000000000000000000000000001}",
                "{\"big\":123456789012345678901234567890, \"zero\":-0.0}",
                "{\"half\":\"\\ud800\",\"n\\u0000\":\"\\u0000\"}",
                "{ \"blanks\" :\n\t[ ] , \"gr\\u00f6\u00dfer\":\"\u0644\" }"
            })
    void dataIsKeptExactlyAsItWasWritten(String data) throws IOException {
        Answer created = client.post("/events", "{\"data\":" + data + ",\"stream\":\"a\"}");

        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.body()).endsWith(",\"data\":" + data + "}");
        assertThat(client.get("/events?stream=a").body()).contains(",\"data\":" + data + "}");
    }

    static Stream<Arguments> whatCouldNotBeKept() {
        return Stream.of(
                Arguments.of(utf8("{\"data\":{\"a\":1,\n\"a\":2}}"), "line 2, column "),
                Arguments.of(utf8("{\"data\":{\"a\":1,\"\\u0061\":2}}"), "line 1, column 2"),
                Arguments.of(utf8("{\"data\":{\"x\":[{\"a\":1,\"a\":2}]}}"), "line 1, column "),
                Arguments.of(utf8("{\"stream\":\"a\",\"stream\":\"b\"}"), "line 1, column "),
                Arguments.of(utf8("{\"stream\":\"\\ud800\"}"), "line 1, column 11: "),
                Arguments.of(utf8("{\n\"type\":\"x\\udc00y\"}"), "line 2, column 8: "),
                Arguments.of(utf8("{\"type\":\"a\\u0000\"}"), "line 1, column 9: "),
                Arguments.of(utf8("{\"data\":{\"a\":NaN}}"), "line 1, column "),
                Arguments.of(utf8("{\"data\":{\"a\":01}}"), "line 1, column "),
                Arguments.of(utf8("{\"data\":{\"a\":" + "9".repeat(5000) + "}}"), "line 1, column "),
                Arguments.of(utf8("{\"data\":{\"a\":" + "[".repeat(5000)), "line 1, column "),
                Arguments.of(utf8("{\"data\":{\"a\":" + "[".repeat(900) + "]".repeat(900) + "}}"), "line 1, column "),
                Arguments.of(utf8("{\"data\":" + "{\"a\":".repeat(100_000)), "line 1, column "),
                Arguments.of(utf8("{\"data\":{\"\\udc00\":1}}"), "line 1, column "),
                Arguments.of(utf8("{}\n{}"), "line 2, column 1: "),
                Arguments.of(utf8("{\"data\":{}"), "line 1, column "),
                Arguments.of(utf8("\ufeff{}"), "line 1, column 1: "),
                Arguments.of("{}".getBytes(StandardCharsets.UTF_16), "line 1, column 1: "),
                Arguments.of("{}".getBytes(StandardCharsets.UTF_16LE), "line 1, column 2: "),
                Arguments.of("{}".getBytes(Charset.forName("UTF-32")), "line 1, column 1: "),
                Arguments.of("{\"type\":\n \"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1), "line 2, column 3: "),
                Arguments.of(new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}, "line 1, column 3: "),
                Arguments.of(utf8("{\"data\":{\"a\":\"\0\"}}"), "line 1, column 15: "));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource
    void whatCouldNotBeKept(byte[] body, String place) throws IOException {
        Answer answer = client.request("POST", "/events", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(Providers.json(answer).path("detail").asText())
                .startsWith(place)
                .hasSizeLessThan(500);
        assertThat(Providers.json(client.get("/events")).path("data")).isEmpty();
    }

    @Test
    void anEventOfMoreThanTwoMebibytesIsTooLarge() throws IOException {
        Answer answer = client.post("/events", "{\"data\":{\"a\":\"" + "x".repeat(2 << 20) + "\"}}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    }

    @Test
    void healthTellsTheClocksAndTheirOffsetStaysTheSame() throws IOException {
        Set<Long> offsets = new HashSet<>();
        long last = Long.MIN_VALUE;
        for (int i = 0; i < 50; i++) {
            Answer answer = client.get("/healthz");
            assertThat(answer.status()).isEqualTo(200);
            JsonNode clocks = Providers.json(answer);
            HostClocks ours = HostClocks.now(NanoClock.SYSTEM);
            assertThat(clocks.path("boot_id").asText()).isEqualTo(ours.bootId());
            long monotonicNanos = clocks.path("monotonic_nanos").asLong();
            assertThat(monotonicNanos).isGreaterThanOrEqualTo(last).isLessThanOrEqualTo(ours.monotonicNanos());
            last = monotonicNanos;
            offsets.add(clocks.path("epoch_nanos").asLong() - monotonicNanos);
        }
        assertThat(offsets).hasSize(1);
    }
}
