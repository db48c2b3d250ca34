package dev.pushpull.provider;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.surface.Unfinished;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.RawClient.Answer;
import dev.pushpull.testing.Scenarios;
import dev.pushpull.testing.ScriptedServer;
import dev.pushpull.testing.ScriptedServer.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the provider says about deliveries: each attempt in the log, and why one is unfinished. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("live")
class DeliveryLogTest {
    private static final Duration SHORT = Duration.ofMillis(10);
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void everyAttemptIsLogged() throws IOException {
        try (ScriptedServer receiver = new ScriptedServer(request -> Reply.status(request.number() < 3 ? 500 : 204));
                ProviderServer provider = Providers.sending(Scenarios.webhooks(Scenarios.attempts(5, SHORT)))) {
            JsonNode subscription = Providers.subscribe(provider, receiver.url("/hook"));
            Instant before = Instant.now().minusSeconds(1);
            Providers.occur(provider, "a", "evt_1");
            eventually("the third attempt succeeds", () -> provider.books().acknowledged() == 1);

            JsonNode log = Providers.deliveries(provider, subscription);
            assertThat(log).hasSize(3);
            for (int i = 0; i < 3; i++) {
                JsonNode attempt = log.get(i);
                assertThat(attempt.path("id")).isEqualTo(log.get(0).path("id"));
                assertThat(attempt.path("event_id").asText()).isEqualTo("evt_1");
                assertThat(attempt.path("attempt").asInt()).isEqualTo(i + 1);
                assertThat(attempt.path("status").asInt()).isEqualTo(i < 2 ? 500 : 204);
                assertThat(attempt.path("error").isNull()).isTrue();
                assertThat(attempt.path("duration_ms").asDouble()).isPositive();
                assertThat(Instant.parse(attempt.path("started_at").asText()))
                        .isBetween(before, Instant.now().plusSeconds(1));
            }
        }
    }

    @Test
    void anAttemptThatTimedOutIsLoggedWithItsErrorAndTriedAgain() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        try (ScriptedServer receiver = new ScriptedServer(request -> {
                    if (request.number() == 1) {
                        never.await();
                    }
                    return Reply.status(200);
                });
                ProviderServer provider = Providers.sending(
                        Scenarios.webhooks(Scenarios.attempts(5, SHORT), 64, 64, Duration.ofMillis(300)))) {
            JsonNode subscription = Providers.subscribe(provider, receiver.url("/hook"));
            Providers.occur(provider, "a", "evt_1");
            eventually("a later attempt succeeds", () -> provider.books().acknowledged() == 1);

            JsonNode first = Providers.deliveries(provider, subscription).get(0);
            assertThat(first.path("status").isNull()).isTrue();
            assertThat(first.path("error").asText()).containsIgnoringCase("time");
            assertThat(receiver.taken().get(1).header("webhook-id")).isEqualTo("evt_1");
        }
    }

    @Test
    void redeliveringSendsTheSameIdAgainAndSettlesWhatHadBeenGivenUp() throws IOException {
        try (ScriptedServer receiver = new ScriptedServer(request -> Reply.status(request.number() == 1 ? 500 : 200));
                ProviderServer provider = Providers.sending(Scenarios.webhooks(RetrySchedule.NONE));
                RawClient client = new RawClient(provider.address())) {
            JsonNode subscription = Providers.subscribe(provider, receiver.url("/hook"));
            Providers.occur(provider, "a", "evt_1");
            eventually("it is given up", () -> Providers.reasons(provider).equals(List.of("retries exhausted")));

            JsonNode logged = Providers.deliveries(provider, subscription).get(0);
            Answer answer = client.post(
                    "/subscriptions/" + subscription.path("id").asText() + "/deliveries/"
                            + logged.path("id").asText() + "/redeliver",
                    "");
            eventually("it is acknowledged", () -> provider.books().acknowledged() == 1);

            assertThat(answer.status()).isEqualTo(202);
            assertThat(Providers.json(answer).path("event_id").asText()).isEqualTo("evt_1");
            assertThat(receiver.taken())
                    .extracting(taken -> taken.header("webhook-id"))
                    .containsExactly("evt_1", "evt_1");
            assertThat(receiver.taken().get(1).body())
                    .isEqualTo(receiver.taken().get(0).body());
            assertThat(Providers.deliveries(provider, subscription)).hasSize(2);
            assertThat(provider.books().unfinished()).isEmpty();
        }
    }

    @Test
    void whatWaitsForItsNextAttemptIsPending() throws IOException {
        try (ScriptedServer receiver = new ScriptedServer(request -> Reply.status(500));
                ProviderServer provider = Providers.sending(Scenarios.webhooks(Scenarios.attempts(2, LONG)))) {
            Providers.subscribe(provider, receiver.url("/hook"));
            Providers.occur(provider, "a", "evt_1");

            eventually("the retry is pending", () -> Providers.reasons(provider).equals(List.of("retry pending")));
            eventually("what waits for a retry is not on its way", provider::idle);
            Unfinished unfinished = provider.books().unfinished().get(0);
            assertThat(unfinished.url()).isEqualTo(receiver.url("/hook"));
            assertThat(unfinished.stream()).isEqualTo("a");
            assertThat(unfinished.sequence()).isEqualTo(1);
        }
    }

    @Test
    void whatFailsWhileTheEmitterStopsIsPendingToo() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (ScriptedServer receiver = new ScriptedServer(request -> {
                    mayAnswer.await();
                    return Reply.status(500);
                });
                ProviderServer provider = Providers.sending(Scenarios.webhooks(Scenarios.attempts(2, LONG)))) {
            Providers.subscribe(provider, receiver.url("/hook"));
            Providers.occur(provider, "a", "evt_1");
            eventually("the attempt is under way", () -> receiver.underWay() == 1);

            Thread stopping = new Thread(() -> stop(provider));
            stopping.start();
            eventually("it is being waited for", () -> stopping.getState() == Thread.State.TIMED_WAITING);
            mayAnswer.countDown();
            stopping.join();

            assertThat(Providers.reasons(provider)).containsExactly("retry pending");
            assertThat(receiver.taken()).hasSize(1);
        }
    }

    @Test
    void anEndedSubscriptionIsTheReasonForAllThatStillWaitedForIt() throws IOException {
        try (ScriptedServer receiver = new ScriptedServer(request -> Reply.status(request.number() == 1 ? 500 : 410));
                ProviderServer provider = Providers.sending(Scenarios.webhooks(Scenarios.attempts(2, LONG)))) {
            Providers.subscribe(provider, receiver.url("/hook"));
            Providers.occur(provider, "a", "evt_1");
            eventually("the retry is pending", () -> Providers.reasons(provider).equals(List.of("retry pending")));
            Providers.occur(provider, "a", "evt_2");

            eventually(
                    "both are over",
                    () -> Providers.reasons(provider).equals(List.of("subscription ended", "subscription ended")));
        }
    }

    private static void stop(ProviderServer provider) {
        try {
            provider.stop(Duration.ofSeconds(20).toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
