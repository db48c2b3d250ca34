package dev.pushpull.load;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.event.Event;
import dev.pushpull.event.EventDraft;
import dev.pushpull.event.EventJson;
import dev.pushpull.event.EventPage;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.load.BadClient.Honest;
import dev.pushpull.measure.Recorder;
import dev.pushpull.provider.ProviderServer;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.Scenarios;
import dev.pushpull.testing.ScriptedServer;
import dev.pushpull.testing.ScriptedServer.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A source with bad pollers, posters and subscribers of each kind: the healthy poller and subscriber miss no event. */
@Tag("live")
class BadPollersTest {
    private static final int EVENTS = 20;
    private static final String DATA = "{\"filler\":\"" + "x".repeat(2000) + "\"}";

    private static SideBySide<BadClient> plain;
    private static SideBySide<BadClient> tls;

    @BeforeAll
    static void start() {
        plain = new SideBySide<>(BadClient.plain(), kind -> beside(kind, false));
        tls = new SideBySide<>(BadClient.ofTls(), kind -> beside(kind, true));
    }

    @AfterAll
    static void stop() {
        plain.close();
        tls.close();
    }

    @ParameterizedTest
    @MethodSource("dev.pushpull.load.BadClient#plain")
    void noBadPollerKeepsAnEventFromTheHealthy(BadClient kind) throws InterruptedException {
        plain.assertPassed(kind);
    }

    @ParameterizedTest
    @MethodSource("dev.pushpull.load.BadClient#ofTls")
    void norDoesOneThatIsBadAtTls(BadClient kind) throws InterruptedException {
        tls.assertPassed(kind);
    }

    @ParameterizedTest
    @MethodSource("dev.pushpull.load.BadClient#plain")
    @Tag("slow")
    void norDoesOneThatIsBadUnderTls(BadClient kind) throws Exception {
        beside(kind, true);
    }

    private static void beside(BadClient kind, boolean encrypted) throws Exception {
        ProviderSettings settings = ProviderSettings.onLoopback(Scenarios.polling(Duration.ofSeconds(1), 100, 1)
                .withWire(encrypted ? new Scenario.Wire(true, 0, Scenario.Wire.AS_USUAL) : Scenario.Wire.LOOPBACK));
        Set<String> pushed = ConcurrentHashMap.newKeySet();
        try (ProviderServer source = new ProviderServer(settings, kind.id(), NanoClock.SYSTEM, AttemptListener.NONE);
                ProviderClient client = new ProviderClient(
                        source.address(), NanoClock.SYSTEM, new Recorder(1), 1, 0, settings.transport());
                ScriptedServer subscriber = new ScriptedServer(request -> {
                    pushed.add(request.header("webhook-id"));
                    return Reply.status(200);
                })) {
            for (int number = 0; number < 200; number++) {
                occur(source, "large", "large_" + number); // a page too large for any buffer
            }
            if (!encrypted) { // webhooks of a source with TLS go to endpoints with TLS, which others try
                client.subscribe(subscriber.url("/"), "standard-webhooks", "good");
            }
            try (BadClients pollers = bad(kind, source.address(), "GET", "/events?stream=large&limit=100", "");
                    BadClients posters = bad(kind, source.address(), "POST", "/events", "{\"stream\":\"bad\"}");
                    BadClients subscribers = bad(
                            kind,
                            source.address(),
                            "POST",
                            "/subscriptions",
                            "{\"url\":\"http://127.0.0.1:1/\",\"stream\":\"none\"}")) {
                Set<String> polled = new HashSet<>();
                String cursor = "0";
                for (int number = 0; number < EVENTS; number++) {
                    if (number % 2 == 0 || encrypted) {
                        occur(source, "good", "evt_" + number);
                    } else {
                        post(source.address());
                    }
                    cursor = poll(client, cursor, polled);
                    Thread.sleep(5); // so that the bad ones have their time too
                }
                poll(client, cursor, polled);
                assertThat(polled).as("polled").hasSize(EVENTS);
                for (BadClients bad : List.of(pollers, posters, subscribers)) {
                    assertThat(bad.conversations()).isPositive();
                }
                eventually("all were pushed", () -> encrypted || pushed.size() == EVENTS);
            }
        }
    }

    private static BadClients bad(BadClient kind, URI source, String method, String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new BadClients(List.of(kind), new Honest(source.resolve(path), method, "", bytes), 1);
    }

    private static void occur(ProviderServer source, String stream, String id) {
        HostClocks now = HostClocks.now(NanoClock.SYSTEM);
        source.append(new EventDraft(id, stream, "test.event", now.epochNanos(), DATA), now.monotonicNanos());
    }

    private static void post(URI source) throws Exception {
        try (RawClient client = new RawClient(source)) {
            assertThat(client.post("/events", "{\"stream\":\"good\",\"data\":{}}")
                            .status())
                    .isEqualTo(201);
        }
    }

    private static String poll(ProviderClient client, String cursor, Set<String> polled) throws Exception {
        var exchange = client.execute(new Request.Builder()
                .url(client.at("events")
                        .addQueryParameter("stream", "good")
                        .addQueryParameter("after", cursor)
                        .build())
                .build());
        assertThat(exchange.status()).as(exchange.error()).isEqualTo(200);
        EventPage page = EventJson.decodePage(exchange.body());
        page.events().stream().map(Event::id).forEach(polled::add);
        return page.nextCursor();
    }
}
