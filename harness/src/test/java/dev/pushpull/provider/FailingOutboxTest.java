package dev.pushpull.provider;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.testing.ForwardingOutbox;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.RawClient.Answer;
import dev.pushpull.testing.Scenarios;
import dev.pushpull.testing.ScriptedServer;
import dev.pushpull.testing.ScriptedServer.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the outbox could not keep is answered 503, has not happened, and can be requested again. */
@Tag("live")
class FailingOutboxTest {
    private volatile boolean fails;
    private ProviderServer provider;
    private RawClient client;
    private ScriptedServer endpoint;

    private final class Failing extends ForwardingOutbox {
        private CompletableFuture<Void> unlessItFails(CompletableFuture<Void> done) {
            return fails ? CompletableFuture.failedFuture(new IOException("the disk is full")) : done;
        }

        @Override
        public void append(Occurrence occurrence) {
            if (fails) {
                occurrence.failed(new IOException("the disk is full"));
            } else {
                super.append(occurrence);
            }
        }

        @Override
        public CompletableFuture<Void> add(Delivery delivery) {
            return unlessItFails(super.add(delivery));
        }

        @Override
        public CompletableFuture<Void> subscribed(Subscriber subscriber) {
            return unlessItFails(super.subscribed(subscriber));
        }

        @Override
        public CompletableFuture<Void> unsubscribed(String subscription) {
            return unlessItFails(super.unsubscribed(subscription));
        }
    }

    @BeforeEach
    void start() throws IOException {
        endpoint = new ScriptedServer(request -> Reply.status(200));
        provider = new ProviderServer(
                new ProviderSettings("127.0.0.1", 0, 1000, Scenarios.webhooks(RetrySchedule.NONE), 1, Set.of()),
                new Failing(),
                new RoleThreads("test", RoleThreads.PROVIDER),
                NanoClock.SYSTEM,
                AttemptListener.NONE);
        client = new RawClient(provider.address());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        provider.close();
        endpoint.close();
    }

    private static void assertNotKept(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body()).contains("Not kept", "send it again");
        assertThat(answer.header("retry-after")).isEqualTo("1");
    }

    private String subscription() {
        return "{\"url\":\"" + endpoint.url("/hook") + "\"}";
    }

    @Test
    void anEventThatCouldNotBeKept() throws IOException {
        fails = true;
        assertNotKept(client.post("/events", "{}"));
        fails = false;
        assertThat(client.post("/events", "{}").status()).isEqualTo(201);
    }

    @Test
    void aSubscriptionThatCouldNotBeKept() throws IOException {
        fails = true;
        assertNotKept(client.post("/subscriptions", subscription()));
        assertThat(Providers.json(client.get("/subscriptions")).path("data")).isEmpty();
        fails = false;
        assertThat(client.post("/subscriptions", subscription()).status()).isEqualTo(201);
        assertThat(Providers.json(client.get("/subscriptions")).path("data")).hasSize(1);
    }

    @Test
    void anEndOfASubscriptionThatCouldNotBeKept() throws IOException {
        String path = "/subscriptions/"
                + Providers.json(client.post("/subscriptions", subscription()))
                        .path("id")
                        .asText();
        fails = true;
        assertNotKept(client.request("DELETE", path, new byte[0]));
        assertThat(Providers.json(client.get(path)).path("active").asBoolean())
                .as("it goes on")
                .isTrue();
        fails = false;
        assertThat(client.request("DELETE", path, new byte[0]).status()).isEqualTo(204);
        assertThat(client.get(path).status()).isEqualTo(404);
    }

    @Test
    void aRedeliveryThatCouldNotBeKept() throws Exception {
        JsonNode subscription = Providers.subscribe(provider, endpoint.url("/hook"));
        Providers.occur(provider, "a", "evt_1");
        eventually("it is in the log", () -> {
            try {
                return Providers.deliveries(provider, subscription).size() == 1;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        String path = "/subscriptions/" + subscription.path("id").asText() + "/deliveries/"
                + Providers.deliveries(provider, subscription).get(0).path("id").asText()
                + "/redeliver";
        fails = true;
        assertNotKept(client.post(path, ""));
        fails = false;
        assertThat(client.post(path, "").status()).isEqualTo(202);
        eventually("it is sent again", () -> endpoint.taken().size() == 2);
    }
}
