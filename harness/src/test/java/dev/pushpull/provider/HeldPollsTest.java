package dev.pushpull.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pushpull.event.EventDraft;
import dev.pushpull.host.NanoClock;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.surface.ProviderSettings;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Long polls on real sockets. */
@Tag("live")
class HeldPollsTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final int LONGER_THAN_ANY_TEST = 60;

    private final ProviderServer provider = new ProviderServer(
            new ProviderSettings(
                    "127.0.0.1",
                    0,
                    10_000,
                    new Scenario.Webhooks(
                            "standard-webhooks", RetrySchedule.NONE, 1, 1, PATIENCE_NANOS, PATIENCE_NANOS, 1),
                    1,
                    Set.of()),
            "held-polls-test",
            NanoClock.SYSTEM,
            (url, due, sent, done, exchange) -> {});
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void anEventWakesWhoWaitsForItsStreamAndNobodyElse() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> itsOwn = List.of(hold("stream=a"), hold("stream=a"), hold(""));
        List<CompletableFuture<HttpResponse<String>>> others = List.of(hold("stream=b"), hold("stream="));
        eventually(() -> provider.heldPolls() == 5);
        append("a");
        for (CompletableFuture<HttpResponse<String>> woken : itsOwn) {
            assertThat(page(woken).path("data")).hasSize(1);
        }
        assertThat(provider.heldPolls()).isEqualTo(2);
        assertThat(others).noneMatch(CompletableFuture::isDone);
        append("b");
        JsonNode event = page(others.get(0)).path("data").path(0);
        assertThat(event.path("stream").asText()).isEqualTo("b");
    }

    @Test
    void noWakeUpIsLostHoweverCloselyAnEventFollowsThePoll() throws Exception {
        int pollers = 6;
        int events = 300;
        Phaser round = new Phaser(1 + pollers);
        List<FutureTask<Void>> polling = new ArrayList<>();
        for (int i = 0; i < pollers; i++) {
            String stream = i % 2 == 0 ? "" : "stream=s&";
            polling.add(new FutureTask<>(() -> {
                try {
                    for (int event = 0; event < events; event++) {
                        JsonNode page = page(hold(stream + "after=" + event)); // while this round's event is appended
                        assertThat(page.path("data")).as("not the wait's end").hasSize(1);
                        round.arriveAndAwaitAdvance();
                    }
                    return null;
                } finally {
                    round.arriveAndDeregister();
                }
            }));
        }
        polling.forEach(task -> new Thread(task, "poller").start());
        for (int event = 0; event < events; event++) {
            LockSupport.parkNanos(event % 300 * 1_000L); // before, after or amid the polls
            append("s");
            round.arriveAndAwaitAdvance();
        }
        round.arriveAndDeregister();
        for (FutureTask<Void> each : polling) {
            each.get();
        }
        assertThat(provider.heldPolls()).isZero();
        assertThat(provider.books().polls()).isEqualTo((long) pollers * events);
    }

    @Test
    void whenTheWaitIsOverTheAnswerIsAnEmptyPage() throws Exception {
        append("s");
        long before = System.nanoTime();
        HttpResponse<String> answer =
                get("stream=s&after=1", "Prefer", "respond-async, wait=1").get();
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Preference-Applied")).contains("wait=1");
        JsonNode page = MAPPER.readTree(answer.body());
        assertThat(page.path("data")).isEmpty();
        assertThat(page.path("next_cursor").asText()).isEqualTo("1");
    }

    @Test
    void aConditionalPollWaitsTooAndIsThenNotModified() throws Exception {
        append("s");
        HttpResponse<String> waited = get("stream=s&after=1", "Prefer", "wait=1", "If-None-Match", "\"1\"")
                .get();
        assertThat(waited.statusCode()).isEqualTo(304);
        CompletableFuture<HttpResponse<String>> woken = get("stream=s", "Prefer", "wait=60", "If-None-Match", "\"1\"");
        eventually(() -> provider.heldPolls() == 1);
        append("s");
        assertThat(page(woken).path("data")).as("from the oldest kept").hasSize(2);
    }

    @Test
    void whatIsThereIsAnsweredAtOnceAndAnExcessiveWaitIsCut() throws Exception {
        append("s");
        HttpResponse<String> answer =
                get("stream=s", "Prefer", "wait=\"99999\"").get();
        assertThat(answer.headers().firstValue("Preference-Applied")).contains("wait=60");
        assertThat(MAPPER.readTree(answer.body()).path("data")).hasSize(1);
        for (String noWait : List.of("wait=soon", "wait=-1", "wait=0", "waiting=5", "return=minimal")) {
            HttpResponse<String> atOnce =
                    get("stream=s&after=1", "Prefer", noWait).get();
            assertThat(MAPPER.readTree(atOnce.body()).path("data")).isEmpty();
            assertThat(atOnce.headers().firstValue("Preference-Applied")).isEmpty();
        }
    }

    @Test
    void whoGoesAwayIsHeldNoLonger() throws Exception {
        try (Socket leaving = holding("s")) {
            eventually(() -> provider.heldPolls() == 1);
            leaving.setSoLinger(false, 0);
        }
        eventually(() -> provider.heldPolls() == 0);
        try (Socket reset = holding("s")) {
            eventually(() -> provider.heldPolls() == 1);
            reset.setSoLinger(true, 0);
        }
        eventually(() -> provider.heldPolls() == 0);
        try (Socket halfClosed = holding("s")) {
            eventually(() -> provider.heldPolls() == 1);
            halfClosed.shutdownOutput();
            byte[] answer = halfClosed.getInputStream().readNBytes(15);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200 OK");
        }
        CompletableFuture<HttpResponse<String>> staying = hold("stream=s");
        eventually(() -> provider.heldPolls() == 1);
        append("s");
        assertThat(page(staying).path("data")).as("the others are served").hasSize(1);
    }

    @Test
    void aRequestSentBehindAHeldOneWaitsItsTurn() throws Exception {
        try (Socket socket = holding("s")) {
            eventually(() -> provider.heldPolls() == 1);
            socket.getOutputStream().write(request("/nowhere", ""));
            append("s");
            InputStream in = socket.getInputStream();
            StringBuilder answers = new StringBuilder();
            while (answers.indexOf("HTTP/1.1 404") < 0) {
                int next = in.read();
                assertThat(next).as("after " + answers).isNotNegative();
                answers.append((char) next);
            }
            assertThat(answers).startsWith("HTTP/1.1 200").contains("\"sequence\":1");
        }
    }

    @Test
    void heldPollsCostNoThread() throws Exception {
        get("stream=warm", "Prefer", "wait=1").get();
        long before = providerThreads();
        int many = 100;
        List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            held.add(hold("stream=s" + i));
        }
        eventually(() -> provider.heldPolls() == many);
        assertThat(providerThreads()).isEqualTo(before);
        for (int i = 0; i < many; i++) {
            append("s" + i);
        }
        for (CompletableFuture<HttpResponse<String>> each : held) {
            assertThat(page(each).path("data")).hasSize(1);
        }
        assertThat(providerThreads()).isEqualTo(before);
    }

    @Test
    void atTheEndAllAreAnsweredAndNoneIsHeldAnyMore() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> held = List.of(hold("stream=a"), hold("stream=b"), hold(""));
        eventually(() -> provider.heldPolls() == 3);
        provider.letGo();
        for (CompletableFuture<HttpResponse<String>> each : held) {
            assertThat(page(each).path("data")).isEmpty();
        }
        assertThat(page(hold("stream=a")).path("data")).isEmpty();
        assertThat(provider.heldPolls()).isZero();
    }

    private CompletableFuture<HttpResponse<String>> hold(String query) {
        return get(query, "Prefer", "wait=" + LONGER_THAN_ANY_TEST);
    }

    private CompletableFuture<HttpResponse<String>> get(String query, String... headers) {
        URI uri = provider.address().resolve("/events?" + query);
        return client.sendAsync(
                HttpRequest.newBuilder(uri).headers(headers).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode page(CompletableFuture<HttpResponse<String>> answer) throws Exception {
        HttpResponse<String> response = answer.get(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
        assertThat(response.statusCode()).isEqualTo(200);
        return MAPPER.readTree(response.body());
    }

    /** A connection of its own with an unanswered poll. */
    private Socket holding(String stream) throws Exception {
        Socket socket = new Socket("127.0.0.1", provider.address().getPort());
        socket.setSoTimeout((int) TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
        String header = "Prefer: wait=" + LONGER_THAN_ANY_TEST + "\r\n";
        socket.getOutputStream().write(request("/events?stream=" + stream, header));
        return socket;
    }

    private static byte[] request(String target, String header) {
        return ("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private void append(String stream) {
        provider.append(new EventDraft("evt_1", stream, "test", 0, "{}"), 0);
    }

    private static long providerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("held-polls-test:provider"))
                .count();
    }

    private static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
