package dev.pushpull.load;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.event.EventDraft;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpServer;
import dev.pushpull.http.Transport;
import dev.pushpull.measure.Recorder;
import dev.pushpull.provider.ProviderServer;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.testing.Scenarios;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A sender of webhooks with two bad endpoints of each kind, which may take all of its places: the healthy one beside
 * them gets every delivery, and every place becomes free again.
 */
@Tag("live")
class BadEndpointsTest {
    /** An event too large for the buffers of an endpoint that does not read. */
    private static final String LARGE = "{\"filler\":\"" + "x".repeat(30_000) + "\"}";

    private static final byte[] ANSWER = BadEndpoints.answer("text/plain", "taken");
    private static final int WAVES = 2;
    private static final int EVENTS_A_WAVE = 6;

    private static SideBySide<BadEndpoint> plain;
    private static SideBySide<BadEndpoint> tls;

    @BeforeAll
    static void start() {
        plain = new SideBySide<>(BadEndpoint.plain(), kind -> beside(kind, false, WAVES));
        tls = new SideBySide<>(BadEndpoint.ofTls(), kind -> beside(kind, true, WAVES));
    }

    @AfterAll
    static void stop() {
        plain.close();
        tls.close();
    }

    @ParameterizedTest
    @MethodSource("dev.pushpull.load.BadEndpoint#plain")
    void noBadEndpointKeepsADeliveryFromAHealthyOne(BadEndpoint kind) throws InterruptedException {
        plain.assertPassed(kind);
    }

    @ParameterizedTest
    @MethodSource("dev.pushpull.load.BadEndpoint#ofTls")
    void norDoesOneThatIsBadAtTls(BadEndpoint kind) throws InterruptedException {
        tls.assertPassed(kind);
    }

    @ParameterizedTest
    @MethodSource("dev.pushpull.load.BadEndpoint#plain")
    @Tag("slow")
    void norDoesOneThatIsBadUnderTls(BadEndpoint kind) throws Exception {
        beside(kind, true, WAVES);
    }

    @Test
    @Tag("slow")
    void norDoOnesThatHangUpAtEveryByte() throws Exception {
        beside(BadEndpoint.CLOSING_AT_EVERY_BYTE, false, 60);
        beside(BadEndpoint.RESETTING_AT_EVERY_BYTE, false, 60);
        beside(BadEndpoint.TLS_CLOSING_AT_EVERY_BYTE, true, 200);
    }

    private static void beside(BadEndpoint kind, boolean encrypted, int waves) throws Exception {
        long patienceNanos = Duration.ofMillis(500).toNanos();
        Scenario.Webhooks webhooks = Scenarios.webhooks(Scenarios.attempts(3, Duration.ofMillis(100)))
                .withMaxInFlight(8)
                .withMaxInFlightPerEndpoint(4)
                .withConnectTimeoutNanos(patienceNanos)
                .withResponseTimeoutNanos(patienceNanos);
        ProviderSettings settings = ProviderSettings.onLoopback(Scenarios.polling(Duration.ofSeconds(1), 100, 1)
                .withWebhooks(webhooks)
                .withWire(encrypted ? new Scenario.Wire(true, 0, Scenario.Wire.AS_USUAL) : Scenario.Wire.LOOPBACK));
        try (BadEndpoints one = new BadEndpoints(List.of(kind), ANSWER, new byte[0], encrypted);
                BadEndpoints other = new BadEndpoints(List.of(kind), ANSWER, new byte[0], encrypted);
                Healthy healthy = new Healthy(settings.transport());
                ProviderServer provider =
                        new ProviderServer(settings, kind.id(), NanoClock.SYSTEM, AttemptListener.NONE);
                ProviderClient client = new ProviderClient(
                        provider.address(), NanoClock.SYSTEM, new Recorder(1), 1, 0, settings.transport())) {
            client.subscribe(one.address(kind) + "/", "standard-webhooks", "bad");
            client.subscribe(other.address(kind) + "/", "standard-webhooks", "bad");
            client.subscribe(healthy.address().toString(), "standard-webhooks", "good");
            for (int wave = 0; wave < waves; wave++) {
                for (int number = 0; number < EVENTS_A_WAVE; number++) {
                    occur(provider, "bad", "bad_" + wave + "_" + number, number % 2 == 0 ? LARGE : "{}");
                    occur(provider, "good", "good_" + wave + "_" + number, "{}");
                }
                int due = (wave + 1) * EVENTS_A_WAVE;
                eventually("all webhooks reach the healthy endpoint", () -> healthy.taken.size() == due);
                eventually("a bad one was called", () -> one.conversations(kind) + other.conversations(kind) > 0);
            }
            eventually("every place has come back", provider::idle);
            assertThat(healthy.taken).hasSize(waves * EVENTS_A_WAVE);
        }
    }

    private static void occur(ProviderServer provider, String stream, String id, String data) {
        HostClocks now = HostClocks.now(NanoClock.SYSTEM);
        provider.append(new EventDraft(id, stream, "test.event", now.epochNanos(), data), now.monotonicNanos());
    }

    /** A healthy endpoint, which records what it received. */
    private static final class Healthy implements AutoCloseable {
        final Set<String> taken = ConcurrentHashMap.newKeySet();
        private final MeteredHttpServer server;

        Healthy(Transport transport) {
            server = new MeteredHttpServer(
                    "127.0.0.1", 0, new RoleThreads("healthy", RoleThreads.CONSUMER), transport, exchange -> {
                        taken.add(exchange.getRequestHeaders().getFirst("webhook-id"));
                        exchange.endExchange();
                    });
        }

        URI address() {
            return server.address();
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
