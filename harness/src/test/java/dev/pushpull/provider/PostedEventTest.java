package dev.pushpull.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.measure.HostClocks;
import dev.pushpull.measure.NanoClock;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.RawClient.Answer;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /events} and {@code GET /healthz}. */
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
