package dev.pushpull.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pushpull.event.EventDraft;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.measure.HostClocks;
import dev.pushpull.measure.NanoClock;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.Scenarios;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** Providers for tests, and what a test asks them all the time. */
final class Providers {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Providers() {}

    static ProviderServer keeping(int retention) {
        return start(retention, Scenarios.webhooks(RetrySchedule.NONE));
    }

    static ProviderServer sending(Scenario.Webhooks webhooks) {
        return start(1000, webhooks);
    }

    private static ProviderServer start(int retention, Scenario.Webhooks webhooks) {
        return new ProviderServer(
                new ProviderSettings("127.0.0.1", 0, retention, webhooks, 1, Set.of()),
                "test",
                NanoClock.SYSTEM,
                AttemptListener.NONE);
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
