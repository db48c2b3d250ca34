package dev.pushpull.provider;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.host.NanoClock;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.schedule.BatchPlan.Law;
import dev.pushpull.schedule.BatchPlan.Rule;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.signing.Message;
import dev.pushpull.signing.SignatureScheme.Verdict;
import dev.pushpull.signing.StandardWebhooks;
import dev.pushpull.surface.Batching;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.Scenarios;
import dev.pushpull.testing.ScriptedServer;
import dev.pushpull.testing.ScriptedServer.Reply;
import dev.pushpull.testing.ScriptedServer.Script;
import dev.pushpull.testing.ScriptedServer.Taken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several events in one webhook, over a socket. */
@Tag("live")
class BatchedSendingTest {
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    private ScriptedServer receiver;
    private ProviderServer provider;
    private JsonNode subscription;

    private void start(Rule rule, boolean splits, RetrySchedule retries, Script script) throws IOException {
        receiver = new ScriptedServer(script);
        provider = new ProviderServer(
                new ProviderSettings("127.0.0.1", 0, 100, Scenarios.webhooks(retries), 1, Set.of())
                        .withBatching(new Batching(rule, splits)),
                "test",
                NanoClock.SYSTEM,
                AttemptListener.NONE);
        subscription = Providers.subscribe(provider, receiver.url("/hook"));
    }

    @AfterEach
    void stop() {
        provider.close();
        receiver.close();
    }

    private static List<String> ids(Taken taken) {
        JsonNode body = Providers.json(
                new RawClient.Answer(200, java.util.Map.of(), new String(taken.body(), StandardCharsets.UTF_8)));
        return StreamSupport.stream(body.spliterator(), false)
                .map(event -> event.path("id").asText())
                .toList();
    }

    private static boolean holds(Taken taken, String id) {
        return new String(taken.body(), StandardCharsets.UTF_8).contains("\"" + id + "\"");
    }

    @Test
    void aFullBatchIsOneSignedArray() throws IOException {
        start(new Rule(Law.FIRST_EVENT, 3, HOUR), false, RetrySchedule.NONE, request -> Reply.status(200));
        Providers.occur(provider, "a", "evt_", 7);
        eventually("two batches are acknowledged", () -> provider.books().acknowledged() == 2);
        assertThat(receiver.taken()).hasSize(2);
        assertThat(receiver.taken())
                .anySatisfy(taken -> assertThat(ids(taken)).containsExactly("evt_1", "evt_2", "evt_3"));
        Taken first = receiver.taken().get(0);
        assertThat(new StandardWebhooks()
                        .verify(
                                subscription.path("secret").asText(),
                                first::header,
                                Message.of(first.body()),
                                Instant.now().getEpochSecond(),
                                60))
                .isEqualTo(Verdict.GENUINE);
        assertThat(first.header("webhook-id")).startsWith("bat_");
        assertThat(Providers.reasons(provider)).as("the seventh waits").containsExactly("waiting to be sent");
    }

    @Test
    void aBatchThatIsNotFullGoesWhenItsTimeIsUp() throws IOException {
        start(new Rule(Law.FIRST_EVENT, 100, 50_000_000), false, RetrySchedule.NONE, request -> Reply.status(200));
        Providers.occur(provider, "a", "evt_", 3);
        eventually("they are acknowledged", () -> provider.books().unfinished().isEmpty());
        assertThat(receiver.taken().stream()
                        .mapToInt(taken -> ids(taken).size())
                        .sum())
                .isEqualTo(3);
    }

    @Test
    void whatWaitsForAnAnswerGoesTogetherAfterIt() throws Exception {
        CountDownLatch others = new CountDownLatch(1);
        start(new Rule(Law.PENDING, 100, HOUR), false, RetrySchedule.NONE, request -> {
            others.await(20, TimeUnit.SECONDS);
            return Reply.status(200);
        });
        Providers.occur(provider, "a", "evt_", 4);
        others.countDown();
        eventually("two batches are acknowledged", () -> provider.books().acknowledged() == 2);
        assertThat(receiver.taken())
                .extracting(BatchedSendingTest::ids)
                .containsExactly(List.of("evt_1"), List.of("evt_2", "evt_3", "evt_4"));
    }

    @Test
    void aRefusedBatchIsSentAgainAsItIs() throws IOException {
        start(
                new Rule(Law.FIRST_EVENT, 4, HOUR),
                false,
                Scenarios.attempts(3, Duration.ofMillis(1)),
                request -> Reply.status(holds(request, "evt_2") ? 422 : 200));
        Providers.occur(provider, "a", "evt_", 4);
        eventually("it is given up", () -> provider.books().unacknowledged().containsKey("retries exhausted"));
        assertThat(receiver.taken()).hasSize(3).allMatch(taken -> ids(taken).size() == 4);
        assertThat(receiver.taken())
                .extracting(taken -> taken.header("webhook-id"))
                .containsOnly(receiver.taken().get(0).header("webhook-id"));
        assertThat(provider.books().unacknowledged()).containsEntry("retries exhausted", 4L);
    }

    @Test
    void orItIsSplitUntilWhatIsRefusedIsAlone() throws IOException {
        start(
                new Rule(Law.FIRST_EVENT, 4, HOUR),
                true,
                Scenarios.attempts(2, Duration.ofMillis(1)),
                request -> Reply.status(holds(request, "evt_2") ? 422 : 200));
        Providers.occur(provider, "a", "evt_", 4);
        eventually("one is given up", () -> provider.books().unacknowledged().containsKey("retries exhausted"));
        eventually("the others are there", () -> provider.books().acknowledged() == 2);
        assertThat(provider.books().unacknowledged()).isEqualTo(java.util.Map.of("retries exhausted", 1L));
        assertThat(receiver.taken())
                .extracting(BatchedSendingTest::ids)
                .containsExactlyInAnyOrder(
                        List.of("evt_1", "evt_2", "evt_3", "evt_4"),
                        List.of("evt_1", "evt_2"),
                        List.of("evt_3", "evt_4"),
                        List.of("evt_1"),
                        List.of("evt_2"),
                        List.of("evt_2"));
        assertThat(receiver.taken())
                .extracting(taken -> taken.header("webhook-id"))
                .as("a part is another message; its repetition is not")
                .satisfies(ids -> assertThat(Set.copyOf(ids)).hasSize(5));
    }
}
