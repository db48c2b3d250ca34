package dev.pushpull.provider;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.event.EventDraft;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.Scenarios;
import dev.pushpull.testing.ScriptedServer;
import dev.pushpull.testing.ScriptedServer.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A provider whose webhooks say something else than the event, and whose reads lag behind. */
@Tag("live")
class LaggingReadsTest {
    private static final long LAG_NANOS = TimeUnit.HOURS.toNanos(1);

    private final ProviderServer provider = new ProviderServer(
            new ProviderSettings("127.0.0.1", 0, 100, Scenarios.webhooks(RetrySchedule.NONE), 1, Set.of())
                    .withBody(event -> ("about " + event.event().id()).getBytes(StandardCharsets.US_ASCII))
                    .withReadLagNanos(LAG_NANOS),
            "test",
            NanoClock.SYSTEM,
            AttemptListener.NONE);

    @AfterEach
    void stop() {
        provider.close();
    }

    /** @param agoNanos so long before now */
    private void occurred(String id, long agoNanos) {
        HostClocks now = HostClocks.now(NanoClock.SYSTEM);
        provider.append(
                new EventDraft(id, "a", "test.event", now.epochNanos() - agoNanos, "{}"),
                now.monotonicNanos() - agoNanos);
    }

    private JsonNode read(String query) throws IOException {
        try (RawClient client = new RawClient(provider.address())) {
            RawClient.Answer answer = client.get("/events?" + query);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            return Providers.json(answer);
        }
    }

    private static Iterable<String> ids(JsonNode page) {
        return StreamSupport.stream(page.path("data").spliterator(), false)
                .map(event -> event.path("id").asText())
                .toList();
    }

    @Test
    void aPollFindsAnEventOnlyOnceTheReadSideHasCaughtUp() throws IOException {
        occurred("evt_1", 2 * LAG_NANOS);
        occurred("evt_2", LAG_NANOS + TimeUnit.SECONDS.toNanos(1));
        occurred("evt_3", 0);

        JsonNode page = read("stream=a");
        assertThat(ids(page)).containsExactly("evt_1", "evt_2");
        assertThat(page.path("next_cursor").asText()).isEqualTo("2");
        assertThat(page.path("has_more").asBoolean())
                .as("for the reader the log ends there")
                .isFalse();
        assertThat(ids(read("after=0"))).as("among all streams").containsExactly("evt_1", "evt_2");

        JsonNode first = read("stream=a&limit=1");
        assertThat(first.path("has_more").asBoolean()).isTrue();
        JsonNode second = read("stream=a&limit=1&after=1");
        assertThat(ids(second)).containsExactly("evt_2");
        assertThat(second.path("has_more").asBoolean()).isFalse();

        JsonNode none = read("stream=a&after=2");
        assertThat(ids(none)).isEmpty();
        assertThat(none.path("next_cursor").asText()).isEqualTo("2");
        assertThat(ids(read("stream=a&after=3")))
                .as("a cursor from a webhook is not refused")
                .isEmpty();
    }

    @Test
    void aWebhookSaysWhatItIsToSaySignedAndAtOnce() throws IOException {
        try (ScriptedServer receiver = new ScriptedServer(request -> Reply.status(200))) {
            Providers.subscribe(provider, receiver.url("/hook"));
            occurred("evt_1", 0);
            eventually("it is acknowledged", () -> provider.books().acknowledged() == 1);
            assertThat(receiver.taken().get(0).body()).asString().isEqualTo("about evt_1");
            assertThat(receiver.taken().get(0).header("webhook-signature")).isNotBlank();
        }
    }
}
