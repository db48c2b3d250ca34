package dev.pushpull.delivery.sse;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.stream.StreamCounters;
import dev.pushpull.event.EventDraft;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.provider.ProviderServer;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.store.Outbox;
import dev.pushpull.surface.Counter;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.ScenarioDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the provider writes, byte for byte. */
@Tag("live")
class SseSurfaceTest {
    private static final String ACCEPT = "Accept: text/event-stream";
    private static final ScenarioDraft DRAFT = ScenarioDraft.poisson(1, 60).option("--heartbeat", "none");

    @Test
    void aStreamBeginsWithItsOpeningAndBringsEachEventAsABlock() throws Exception {
        try (ProviderServer provider = provider(DRAFT);
                RawClient client = new RawClient(provider.address())) {
            occur(provider, "c0", "a");
            RawClient.Answer head = ask(client, "/events?stream=c0", ACCEPT, "Last-Event-ID: 0");
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Type")).isEqualTo("text/event-stream");
            assertThat(head.header("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(head.header("Connection")).isEqualTo("close");
            eventually("the first is written", () -> written(provider) == 1);
            occur(provider, "c0", "b\nc");
            occur(provider, "c1", "elsewhere");
            eventually("the second too", () -> written(provider) == 2);
            provider.letGo();

            List<String> blocks = blocks(client);
            assertThat(blocks).hasSize(3);
            assertThat(blocks.get(0)).isEqualTo("retry: 2000\nid: 0");
            assertThat(blocks.get(1))
                    .startsWith("id: 1\nevent: a\ndata: {\"id\":")
                    .endsWith("}");
            assertThat(blocks.get(2)).startsWith("id: 2\nevent: b c\ndata: {");
            assertThat(client.isEnded())
                    .as("the connection ends with its stream")
                    .isTrue();
        }
    }

    @Test
    void withoutALastEventIdItBeginsWithTheNextEvent() throws Exception {
        assertThat(opening(DRAFT, ACCEPT)).isEqualTo("retry: 2000\nid: 3");
    }

    @Test
    void whoReturnsGetsWhatIsReplayed() throws Exception {
        assertThat(opening(DRAFT, ACCEPT, "Last-Event-ID: 1")).endsWith("id: 1");
        assertThat(opening(DRAFT.option("--replay", "none"), ACCEPT, "Last-Event-ID: 1"))
                .endsWith("id: 3");
        assertThat(opening(DRAFT.option("--replay", "1"), ACCEPT, "Last-Event-ID: 0"))
                .endsWith("id: 2");
        assertThat(opening(DRAFT.option("--replay", "1h").option("--reconnect", "50ms"), ACCEPT, "Last-Event-ID: 0"))
                .isEqualTo("retry: 50\nid: 0");
    }

    @Test
    void aMalformedLastEventIdIsABadRequest() throws Exception {
        for (String id : new String[] {"abc", "-1", "1.5", "4", "9999999999999999999"}) {
            RawClient.Answer answer = refused(ACCEPT, "Last-Event-ID: " + id);
            assertThat(answer.body()).contains("Last-Event-ID: '" + id + "' is not accepted; accepted: ");
        }
    }

    @Test
    void aClientThatAsksForAWebSocketTooIsRefused() throws Exception {
        RawClient.Answer answer = refused(ACCEPT, "Connection: Upgrade", "Upgrade: websocket");
        assertThat(answer.body()).contains("accepted: one of them");
    }

    @Test
    void whoDoesNotAskForAStreamPolls() throws Exception {
        try (ProviderServer provider = provider(DRAFT);
                RawClient client = new RawClient(provider.address())) {
            occur(provider, "c0", "a");
            assertThat(client.get("/events?stream=c0", "Accept: application/json")
                            .body())
                    .contains("\"has_more\":false");
        }
    }

    @Test
    void heartbeatsComeInTheirRhythmAndOnlyWhenIdleIfAsked() throws Exception {
        ScenarioDraft often = DRAFT.option("--heartbeat", "20ms");
        for (ScenarioDraft draft : List.of(often, often.option("--heartbeat-when", "idle"))) {
            try (ProviderServer provider = provider(draft);
                    RawClient client = new RawClient(provider.address())) {
                ask(client, "/events?stream=c0", ACCEPT);
                eventually("three heartbeats", () -> count(provider, StreamCounters.HEARTBEATS) >= 3);
                provider.letGo();
                assertThat(blocks(client).subList(1, 4)).containsOnly(":");
            }
        }
    }

    @Test
    void theProviderEndsAStreamThatHasLivedForItsTime() throws Exception {
        try (ProviderServer provider = provider(DRAFT.aligned().option("--stream-lifetime", "100ms"));
                RawClient client = new RawClient(provider.address())) {
            long beganNanos = System.nanoTime();
            ask(client, "/events?stream=c0", ACCEPT);
            assertThat(blocks(client)).hasSize(1);
            assertThat(System.nanoTime() - beganNanos).isGreaterThan(95_000_000L);
        }
    }

    @Test
    void itsThreadsAreAsManyForAHundredStreamsAsForOne() throws Exception {
        try (ProviderServer provider = provider(DRAFT.option("--heartbeat", "50ms"))) {
            List<RawClient> clients = new ArrayList<>();
            try {
                long before = 0;
                for (int number = 0; number < 100; number++) {
                    RawClient client = new RawClient(provider.address());
                    clients.add(client);
                    ask(client, "/events?stream=c0", ACCEPT);
                    before = number == 0 ? threads() : before;
                }
                long beats = count(provider, StreamCounters.HEARTBEATS);
                eventually("all have their heartbeats", () -> count(provider, StreamCounters.HEARTBEATS) > beats + 200);
                assertThat(threads()).isLessThanOrEqualTo(before);
            } finally {
                for (RawClient client : clients) {
                    client.close();
                }
            }
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("sse:"))
                .count();
    }

    /** The first block of a stream in which three events have occurred. */
    private static String opening(ScenarioDraft draft, String... headers) throws Exception {
        try (ProviderServer provider = provider(draft);
                RawClient client = new RawClient(provider.address())) {
            for (int number = 0; number < 3; number++) {
                occur(provider, "c0", "a");
            }
            ask(client, "/events?stream=c0", headers);
            provider.letGo();
            return blocks(client).get(0);
        }
    }

    private static RawClient.Answer refused(String... headers) throws Exception {
        try (ProviderServer provider = provider(DRAFT);
                RawClient client = new RawClient(provider.address())) {
            occur(provider, "c0", "a");
            RawClient.Answer answer = ask(client, "/events?stream=c0", headers);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            return answer;
        }
    }

    private static RawClient.Answer ask(RawClient client, String target, String... headers) throws Exception {
        return client.get(target, headers);
    }

    /** The blocks of the rest of the answer, with their chunks' frames taken off. */
    private static List<String> blocks(RawClient client) throws Exception {
        String chunked = client.readAll(1 << 20);
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (true) {
            int end = chunked.indexOf("\r\n", at);
            int length = Integer.parseInt(chunked.substring(at, end), 16);
            if (length == 0) {
                return List.of(text.toString().split("\n\n"));
            }
            text.append(chunked, end + 2, end + 2 + length);
            at = end + 2 + length + 2;
        }
    }

    private static long written(ProviderServer provider) {
        return count(provider, StreamCounters.EVENTS);
    }

    private static long count(ProviderServer provider, String account) {
        return provider.books().counters().stream()
                .filter(counter -> counter.account().equals(account))
                .collect(Collectors.summingLong(Counter::value));
    }

    private static ProviderServer provider(ScenarioDraft draft) throws Exception {
        Scenario scenario = draft.scenario();
        return new ProviderServer(
                ProviderSettings.onLoopback(scenario),
                Outbox.inMemory(),
                new RoleThreads("sse", RoleThreads.PROVIDER),
                NanoClock.SYSTEM,
                AttemptListener.NONE,
                new SseMode().live().surfaces(scenario));
    }

    private static void occur(ProviderServer provider, String stream, String type) {
        HostClocks now = HostClocks.now(NanoClock.SYSTEM);
        provider.append(
                new EventDraft("evt_" + System.nanoTime(), stream, type, now.epochNanos(), "{}"), now.monotonicNanos());
    }
}
