package dev.pushpull.delivery.websocket;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the provider sends, frame by frame (RFC 6455). */
@Tag("live")
class WebSocketSurfaceTest {
    private static final ScenarioDraft DRAFT = ScenarioDraft.poisson(1, 60).option("--heartbeat", "none");
    private static final String[] SWITCHES = {
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13"
    };
    private static final String PING = "\u0089\u0000";

    @Test
    void itBeginsWithAHelloAndSendsEachEventAsAMessage() throws Exception {
        try (ProviderServer provider = provider(DRAFT);
                RawClient client = new RawClient(provider.address())) {
            occur(provider);
            RawClient.Answer answer = client.get("/events?stream=c0&after=0", SWITCHES);
            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.header("Sec-WebSocket-Accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            eventually("the event is written", () -> count(provider, StreamCounters.EVENTS) == 1);
            provider.letGo();
            assertThat(rest(client))
                    .startsWith("\u0081\u002e{\"type\":\"hello\",\"reconnect_ms\":2000,\"after\":0}\u0081\u007e")
                    .contains("\"sequence\":1,")
                    .endsWith(closed(1001));
        }
    }

    @Test
    void whoReturnsGetsWhatIsReplayed() throws Exception {
        try (ProviderServer provider = provider(DRAFT.option("--replay", "none"));
                RawClient client = new RawClient(provider.address())) {
            occur(provider);
            client.get("/events?stream=c0&after=0", SWITCHES);
            provider.letGo();
            assertThat(rest(client)).contains("\"after\":1}").doesNotContain("\"sequence\"");
        }
    }

    @Test
    void heartbeatsArePings() throws Exception {
        try (ProviderServer provider = provider(DRAFT.option("--heartbeat", "20ms"));
                RawClient client = new RawClient(provider.address())) {
            client.get("/events?stream=c0", SWITCHES);
            eventually("three heartbeats", () -> count(provider, StreamCounters.HEARTBEATS) >= 3);
            provider.letGo();
            assertThat(rest(client)).contains(PING + PING + PING);
        }
    }

    @Test
    void aMalformedCursorIsABadRequest() throws Exception {
        assertThat(refused("/events?stream=c0&after=x", SWITCHES)).contains("after: 'x' is not accepted");
        assertThat(refused("/events?stream=c0&after=1", SWITCHES)).contains("after: '1' is not accepted");
    }

    @Test
    void aClientThatAsksForAnEventStreamTooIsRefused() throws Exception {
        String[] both = {SWITCHES[0], SWITCHES[1], SWITCHES[2], SWITCHES[3], "Accept: text/event-stream"};
        assertThat(refused("/events?stream=c0", both)).contains("accepted: one of them");
    }

    @Test
    void anUnmaskedFrameIsAProtocolError() throws Exception {
        assertThat(closing(new byte[] {(byte) 0x81, 1, 'a'})).contains(code(1002));
    }

    @Test
    void aMessageOverTheLimitIsTooBig() throws Exception {
        byte[] frame = new byte[8 + 5000];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) 0xfe;
        frame[2] = (byte) (5000 >> 8);
        frame[3] = (byte) 5000;
        assertThat(closing(frame)).contains(code(1009));
    }

    private static String closing(byte[] frame) throws Exception {
        try (ProviderServer provider = provider(DRAFT);
                RawClient client = new RawClient(provider.address())) {
            client.get("/events?stream=c0", SWITCHES);
            client.send(frame);
            return rest(client);
        }
    }

    private static String refused(String target, String... headers) throws Exception {
        try (ProviderServer provider = provider(DRAFT);
                RawClient client = new RawClient(provider.address())) {
            RawClient.Answer answer = client.get(target, headers);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            return answer.body();
        }
    }

    /** Everything up to the end; the close frame is answered, or the provider would wait for that. */
    private static String rest(RawClient client) throws Exception {
        StringBuilder all = new StringBuilder();
        while (all.indexOf("\u0088") < 0) {
            String one = client.readAll(1);
            if (one.isEmpty()) {
                return all.toString();
            }
            all.append(one);
        }
        String length = client.readAll(1);
        return all + length + client.readAll(length.charAt(0));
    }

    private static String closed(int code) {
        return "\u0088\u0002" + code(code);
    }

    private static String code(int code) {
        return "" + (char) (code >> 8) + (char) (code & 0xff);
    }

    private static long count(ProviderServer provider, String account) {
        return provider.books().counters().stream()
                .filter(counter -> counter.account().equals(account))
                .mapToLong(Counter::value)
                .sum();
    }

    private static ProviderServer provider(ScenarioDraft draft) throws Exception {
        Scenario scenario = draft.scenario();
        return new ProviderServer(
                ProviderSettings.onLoopback(scenario),
                Outbox.inMemory(),
                new RoleThreads("websocket", RoleThreads.PROVIDER),
                NanoClock.SYSTEM,
                AttemptListener.NONE,
                new WebSocketMode().live().surfaces(scenario));
    }

    private static void occur(ProviderServer provider) {
        HostClocks now = HostClocks.now(NanoClock.SYSTEM);
        provider.append(
                new EventDraft("evt_" + System.nanoTime(), "c0", "test.event", now.epochNanos(), "{}"),
                now.monotonicNanos());
    }
}
