package dev.pushpull.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pushpull.event.EventDraft;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.surface.Unfinished;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.Scenarios;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/** Providers for tests, and the questions that tests often ask them. */
final class Providers {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Providers() {}

    static ProviderServer keeping(int retention) {
        return start(retention, Scenarios.webhooks(RetrySchedule.NONE), AttemptListener.NONE);
    }

    static ProviderServer keeping(int retention, Scenario.Webhooks webhooks) {
        return start(retention, webhooks, AttemptListener.NONE);
    }

    static ProviderServer sending(Scenario.Webhooks webhooks) {
        return sending(webhooks, AttemptListener.NONE);
    }

    static ProviderServer sending(Scenario.Webhooks webhooks, AttemptListener listener) {
        return start(1000, webhooks, listener);
    }

    private static ProviderServer start(int retention, Scenario.Webhooks webhooks, AttemptListener listener) {
        return new ProviderServer(
                new ProviderSettings("127.0.0.1", 0, retention, webhooks, 1, Set.of()),
                "test",
                NanoClock.SYSTEM,
                listener);
    }

    /** Registers an endpoint for all streams; the answer contains id and secret. */
    static JsonNode subscribe(ProviderServer provider, String url) throws IOException {
        try (RawClient client = new RawClient(provider.address())) {
            RawClient.Answer answer = client.post("/subscriptions", "{\"url\":\"" + url + "\"}");
            assertThat(answer.status()).as(answer.body()).isEqualTo(201);
            return json(answer);
        }
    }

    /** The delivery log of a subscription. */
    static JsonNode deliveries(ProviderServer provider, JsonNode subscription) throws IOException {
        try (RawClient client = new RawClient(provider.address())) {
            String id = subscription.path("id").asText();
            return json(client.get("/subscriptions/" + id + "/deliveries")).path("data");
        }
    }

    /** Why each unfinished delivery is not acknowledged. */
    static List<String> reasons(ProviderServer provider) {
        return provider.books().unfinished().stream().map(Unfinished::reason).toList();
    }

    /** An event occurs now. */
    static StoredEvent occur(ProviderServer provider, String stream, String id) {
        HostClocks now = HostClocks.now(NanoClock.SYSTEM);
        EventDraft draft = new EventDraft(id, stream, "test.event", now.epochNanos(), "{\"text\":\"größer\"}");
        return provider.append(draft, now.monotonicNanos());
    }

    /** Events with the ids PREFIX1, PREFIX2, ... */
    static void occur(ProviderServer provider, String stream, String prefix, int count) {
        for (int i = 1; i <= count; i++) {
            occur(provider, stream, prefix + i);
        }
    }

    static JsonNode json(RawClient.Answer answer) {
        try {
            return MAPPER.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
