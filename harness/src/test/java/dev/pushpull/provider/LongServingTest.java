package dev.pushpull.provider;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.DisablingRule;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.Scenarios;
import dev.pushpull.testing.ScriptedServer;
import dev.pushpull.testing.ScriptedServer.Reply;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A provider that runs for ever holds no event that it will not send. */
@Tag("live")
class LongServingTest {
    private static final int EVENTS = 10_000;
    private static final Duration LONG = Duration.ofHours(1);

    /** How many of the newest events are kept, of its only stream and of all. */
    private static final int RETENTION = 2;

    private static final int MOST_KEPT = 4 * RETENTION;

    private static ProviderServer provider(RetrySchedule retries, DisablingRule disabling) {
        Scenario.Webhooks webhooks = Scenarios.webhooks(retries, disabling);
        return Providers.keeping(RETENTION, webhooks);
    }

    private static List<WeakReference<StoredEvent>> occur(ProviderServer provider, int events) {
        List<WeakReference<StoredEvent>> occurred = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            occurred.add(new WeakReference<>(Providers.occur(provider, "a", "evt_" + i)));
        }
        return occurred;
    }

    private static void expectForgotten(List<WeakReference<StoredEvent>> occurred) {
        eventually("only the log holds events", () -> {
            System.gc();
            return occurred.stream().filter(event -> event.get() != null).count() <= MOST_KEPT;
        });
    }

    private static long unacknowledged(ProviderServer provider, String reason) {
        return provider.books().unacknowledged().getOrDefault(reason, 0L);
    }

    @Test
    void aDeadEndpointLeavesCountsAndNoEvents() throws IOException {
        try (ScriptedServer receiver = new ScriptedServer(request -> Reply.status(500));
                ProviderServer provider = provider(RetrySchedule.NONE, DisablingRule.NONE)) {
            Providers.subscribe(provider, receiver.url("/hook"));

            List<WeakReference<StoredEvent>> occurred = occur(provider, 1000);
            eventually("all are given up", () -> unacknowledged(provider, "retries exhausted") == 1000);

            expectForgotten(occurred);
        }
    }

    @Test
    void anEndpointThatIsDisabledForGoodLeavesCountsAndNoEvents() throws IOException {
        try (ScriptedServer receiver = new ScriptedServer(request -> Reply.status(500));
                ProviderServer provider = provider(Scenarios.attempts(5, LONG), new DisablingRule(100, 0, 0, 0))) {
            Providers.subscribe(provider, receiver.url("/hook"));

            List<WeakReference<StoredEvent>> occurred = occur(provider, EVENTS);
            eventually(
                    "those that waited for a retry are given up too",
                    () -> unacknowledged(provider, "endpoint disabled") == EVENTS);

            expectForgotten(occurred);
            assertThat(provider.books().unfinished()).as("of a long line, some").hasSize(EVENTS);
            occur(provider, 500);
            eventually("more are given up", () -> unacknowledged(provider, "endpoint disabled") == EVENTS + 500);
            assertThat(provider.books().unfinished()).hasSize(EVENTS);
        }
    }

    @Test
    void aSubscriptionThatEndsTakesWithItWhatWaitsForARetryOrInLine() throws IOException {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        AtomicInteger answered = new AtomicInteger();
        try (ScriptedServer receiver = new ScriptedServer(request -> {
                    if (answered.incrementAndGet() > 500) {
                        mayAnswer.await();
                    }
                    return Reply.status(500);
                });
                ProviderServer provider = provider(Scenarios.attempts(5, LONG), DisablingRule.NONE);
                RawClient client = new RawClient(provider.address())) {
            JsonNode subscription = Providers.subscribe(provider, receiver.url("/hook"));
            List<WeakReference<StoredEvent>> occurred = occur(provider, 1000);
            eventually("some wait for a retry", () -> unacknowledged(provider, "retry pending") == 500);
            eventually("some are in flight", () -> unacknowledged(provider, "in flight") == 64);

            client.request("DELETE", "/subscriptions/" + subscription.path("id").asText(), null);

            assertThat(unacknowledged(provider, "subscription ended")).isEqualTo(1000 - 64);
            mayAnswer.countDown();
            eventually("the rest is over too", () -> unacknowledged(provider, "subscription ended") == 1000);
            eventually("nothing is on its way", provider::idle);
            expectForgotten(occurred);
        }
    }

    @Test
    void anEventThatIsNotKeptAnyMoreIsNotSentAgain() throws IOException {
        try (ScriptedServer receiver = new ScriptedServer(request -> Reply.status(200));
                ProviderServer provider = provider(RetrySchedule.NONE, DisablingRule.NONE);
                RawClient client = new RawClient(provider.address())) {
            JsonNode subscription = Providers.subscribe(provider, receiver.url("/hook"));
            occur(provider, MOST_KEPT + 1);
            eventually("all are sent", () -> provider.books().acknowledged() == MOST_KEPT + 1);
            String log = "/subscriptions/" + subscription.path("id").asText() + "/deliveries/";

            RawClient.Answer dropped = client.post(log + "dlv_1/redeliver", "");
            RawClient.Answer kept = client.post(log + "dlv_2/redeliver", "");

            assertThat(dropped.status()).isEqualTo(410);
            assertThat(Providers.json(dropped).path("detail").asText()).isEqualTo("event 'evt_0' is not kept any more");
            assertThat(kept.status()).isEqualTo(202);
        }
    }
}
