package dev.pushpull.provider;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.WebhookSender;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.signing.Message;
import dev.pushpull.signing.SignatureScheme.Verdict;
import dev.pushpull.signing.StandardWebhooks;
import dev.pushpull.testing.Scenarios;
import dev.pushpull.testing.ScriptedServer;
import dev.pushpull.testing.ScriptedServer.Reply;
import dev.pushpull.testing.ScriptedServer.Script;
import dev.pushpull.testing.ScriptedServer.Taken;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the emitter sends, what counts as success, and when it tries again. */
@Tag("live")
class WebhookAttemptsTest {
    /** What webhooks are sent with. */
    WebhookSender sender() {
        return WebhookSender.OWN;
    }

    private static final Duration SHORT = Duration.ofMillis(20);

    private record Attempt(long dueNanos, long sentNanos, long doneNanos, Exchange exchange) {}

    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    private ScriptedServer receiver;
    private ProviderServer provider;
    private JsonNode subscription;

    private void start(RetrySchedule retries, Script script) throws IOException {
        receiver = new ScriptedServer(script);
        provider = sending(Scenarios.webhooks(retries));
        subscription = Providers.subscribe(provider, receiver.url("/hook"));
    }

    private ProviderServer sending(Scenario.Webhooks webhooks) {
        return Providers.sending(
                webhooks.withSender(sender()),
                (url, due, sent, done, exchange) -> attempts.add(new Attempt(due, sent, done, exchange)));
    }

    @AfterEach
    void stop() {
        provider.close();
        if (receiver != null) {
            receiver.close();
        }
    }

    @Test
    void anAttemptCarriesTheEventAndAGenuineSignature() throws IOException {
        start(RetrySchedule.NONE, request -> Reply.status(200));

        StoredEvent event = Providers.occur(provider, "a", "evt_1");
        eventually("it is acknowledged", () -> provider.books().acknowledged() == 1);

        Taken taken = receiver.taken().get(0);
        assertThat(taken.method()).isEqualTo("POST");
        assertThat(taken.target().getPath()).isEqualTo("/hook");
        assertThat(taken.header("content-type")).isEqualTo("application/json");
        assertThat(taken.body()).isEqualTo(event.json());
        assertThat(taken.header("webhook-id")).isEqualTo("evt_1");
        assertThat(verdict(taken)).isEqualTo(Verdict.GENUINE);
    }

    @Test
    void everyRetryIsSignedAfreshUnderTheSameId() throws IOException {
        // a second between the attempts, so that a fresh timestamp differs from a stale one
        start(Scenarios.attempts(2, Duration.ofSeconds(1)), request -> Reply.status(request.number() == 1 ? 500 : 200));

        Providers.occur(provider, "a", "evt_1");
        eventually("the second attempt succeeds", () -> provider.books().acknowledged() == 1);

        Taken first = receiver.taken().get(0);
        Taken second = receiver.taken().get(1);
        assertThat(second.header("webhook-id")).isEqualTo(first.header("webhook-id"));
        assertThat(Long.parseLong(second.header("webhook-timestamp")))
                .isGreaterThan(Long.parseLong(first.header("webhook-timestamp")));
        assertThat(List.of(verdict(first), verdict(second))).containsOnly(Verdict.GENUINE);
    }

    @Test
    void attemptsFollowTheScheduleAndThenEnd() throws IOException {
        List<Long> delays = List.of(
                Duration.ofMillis(15).toNanos(),
                Duration.ofMillis(5).toNanos(),
                0L,
                Duration.ofMillis(40).toNanos());
        start(new RetrySchedule(delays, 0), request -> Reply.status(500));

        Providers.occur(provider, "a", "evt_1");
        eventually("the schedule is through", () -> Providers.reasons(provider).equals(List.of("retries exhausted")));

        assertThat(receiver.taken()).hasSize(4);
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            assertThat(attempt.sentNanos()).isGreaterThanOrEqualTo(attempt.dueNanos());
            if (i > 0) {
                assertThat(attempt.dueNanos() - attempts.get(i - 1).doneNanos()).isEqualTo(delays.get(i));
            }
        }
    }

    @Test
    void jitterStretchesADelayByNoMoreThanItsShare() throws IOException {
        start(
                new RetrySchedule(List.of(0L, SHORT.toNanos(), SHORT.toNanos(), SHORT.toNanos()), 0.5),
                request -> Reply.status(500));

        Providers.occur(provider, "a", "evt_1");
        eventually("the schedule is through", () -> Providers.reasons(provider).equals(List.of("retries exhausted")));

        for (int i = 1; i < attempts.size(); i++) {
            assertThat(attempts.get(i).dueNanos() - attempts.get(i - 1).doneNanos())
                    .isBetween(SHORT.toNanos(), SHORT.toNanos() * 3 / 2);
        }
    }

    @Test
    void retryAfterInSecondsIsWaitedFor() throws IOException {
        start(
                Scenarios.attempts(2, SHORT),
                request -> request.number() == 1 ? new Reply(503, Map.of("Retry-After", "1"), "") : Reply.status(200));

        Providers.occur(provider, "a", "evt_1");
        eventually("the second attempt succeeds", () -> attempts.size() == 2);

        assertThat(attempts.get(1).dueNanos() - attempts.get(0).doneNanos())
                .isEqualTo(Duration.ofSeconds(1).toNanos());
        assertThat(attempts.get(1).exchange().status()).isEqualTo(200);
    }

    @Test
    void retryAfterAsADateIsWaitedFor() throws IOException {
        Instant date = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 2);
        String text = DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atOffset(ZoneOffset.UTC));
        List<Instant> came = new CopyOnWriteArrayList<>();
        start(Scenarios.attempts(2, SHORT), request -> {
            came.add(Instant.now());
            return request.number() == 1 ? new Reply(429, Map.of("Retry-After", text), "") : Reply.status(200);
        });

        Providers.occur(provider, "a", "evt_1");
        eventually("the second attempt succeeds", () -> attempts.size() == 2);

        assertThat(came.get(1)).isAfterOrEqualTo(date.minusMillis(1)); // two clocks, which may drift apart
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "soon", "1.5", "Mon, 01 Jan 2001 00:00:00 GMT"})
    void aRetryAfterThatAsksForNothingLeavesTheSchedule(String value) throws IOException {
        start(Scenarios.attempts(2, SHORT), request -> new Reply(503, Map.of("Retry-After", value), ""));

        Providers.occur(provider, "a", "evt_1");
        eventually("the schedule is through", () -> Providers.reasons(provider).equals(List.of("retries exhausted")));

        assertThat(attempts).hasSize(2);
        assertThat(receiver.taken())
                .as("nobody tries again behind the schedule's back")
                .hasSize(2);
        assertThat(attempts.get(1).dueNanos() - attempts.get(0).doneNanos()).isEqualTo(SHORT.toNanos());
        assertThat(attempts.get(0).exchange().headers().get("Retry-After")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void anyStatusOfThe2xxKindIsSuccess(int status) throws IOException {
        start(Scenarios.attempts(3, SHORT), request -> Reply.status(status));

        Providers.occur(provider, "a", "evt_1");
        eventually("it is acknowledged", () -> provider.books().acknowledged() == 1);

        assertThat(receiver.taken()).hasSize(1);
        assertThat(provider.books().unfinished()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 304, 307, 308, 400, 401, 404, 407, 408, 421, 429, 500, 503})
    void everythingElseIsFailureAndRedirectsAreNotFollowed(int status) throws IOException {
        start(RetrySchedule.NONE, request -> new Reply(status, Map.of("Location", "/elsewhere"), ""));

        Providers.occur(provider, "a", "evt_1");
        eventually("it is given up", () -> Providers.reasons(provider).equals(List.of("retries exhausted")));

        assertThat(receiver.taken())
                .extracting(taken -> taken.target().getPath())
                .containsExactly("/hook");
        assertThat(provider.books().acknowledged()).isZero();
        assertThat(Providers.deliveries(provider, subscription)
                        .get(0)
                        .path("status")
                        .asInt())
                .isEqualTo(status);
    }

    @Test
    void goneEndsTheSubscription() throws IOException {
        start(Scenarios.attempts(5, SHORT), request -> Reply.status(410));

        Providers.occur(provider, "a", "evt_1");
        eventually(
                "the subscription has ended", () -> Providers.reasons(provider).equals(List.of("subscription ended")));
        Providers.occur(provider, "a", "evt_2");
        eventually("nothing is on its way", provider::idle);

        assertThat(receiver.taken()).hasSize(1);
    }

    @Test
    void aRefusedConnectionIsTriedAgainAndLogged() throws IOException {
        ScriptedServer gone = new ScriptedServer(request -> Reply.status(200));
        String url = gone.url("/hook");
        gone.close();
        provider = sending(Scenarios.webhooks(Scenarios.attempts(3, SHORT)));
        subscription = Providers.subscribe(provider, url);

        Providers.occur(provider, "a", "evt_1");
        eventually("it is given up", () -> Providers.reasons(provider).equals(List.of("retries exhausted")));

        assertThat(attempts).extracting(attempt -> attempt.exchange().ending()).containsOnly(Ending.REFUSED);
        JsonNode log = Providers.deliveries(provider, subscription);
        assertThat(log).hasSize(3);
        for (JsonNode attempt : log) {
            assertThat(attempt.path("status").isNull()).isTrue();
            assertThat(attempt.path("error").asText()).isNotEmpty();
        }
    }

    @Test
    void aConnectionBrokenInsteadOfAnAnswerIsTriedAgain() throws IOException {
        start(Scenarios.attempts(2, SHORT), request -> {
            if (request.number() == 1) {
                throw new IOException("no answer");
            }
            return Reply.status(200);
        });

        Providers.occur(provider, "a", "evt_1");
        eventually("the second attempt succeeds", () -> provider.books().acknowledged() == 1);

        assertThat(attempts)
                .extracting(attempt -> attempt.exchange().ending())
                .containsExactly(Ending.CUT_OFF, Ending.ANSWERED);
    }

    private Verdict verdict(Taken taken) {
        return new StandardWebhooks()
                .verify(
                        subscription.path("secret").asText(),
                        taken::header,
                        Message.of(taken.body()),
                        Instant.now().getEpochSecond(),
                        60);
    }
}
