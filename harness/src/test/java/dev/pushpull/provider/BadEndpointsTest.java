package dev.pushpull.provider;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.WebhookSender;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.Scenarios;
import dev.pushpull.testing.ScriptedServer;
import dev.pushpull.testing.ScriptedServer.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Foreign endpoints beside a healthy one, which must notice nothing. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("live")
class BadEndpointsTest {
    /** What webhooks are sent with. */
    WebhookSender sender() {
        return WebhookSender.OWN;
    }

    boolean acceptsMalformedHeaders() {
        return false;
    }

    boolean readsAnAnswerBeforeItsRequestIsSent() {
        return true;
    }

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What a raw endpoint does with each connection. */
    @FunctionalInterface
    private interface Manners {
        void with(Socket socket) throws IOException;
    }

    private static final class RawEndpoint implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket();
        private final List<Socket> sockets = new CopyOnWriteArrayList<>();

        RawEndpoint(Manners manners) throws IOException {
            listener.setReceiveBufferSize(4096);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            start(() -> {
                while (true) {
                    Socket socket = listener.accept();
                    sockets.add(socket);
                    start(() -> manners.with(socket));
                }
            });
        }

        @FunctionalInterface
        private interface Work {
            void run() throws IOException;
        }

        private static void start(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException e) {
                    // the provider or the test ended it
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        String url() {
            return "http://127.0.0.1:" + listener.getLocalPort() + "/";
        }

        @Override
        public void close() throws IOException {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static Manners answering(String answer, boolean closes) {
        return socket -> {
            InputStream in = socket.getInputStream();
            byte[] bytes = new byte[1 << 16];
            while (in.read(bytes) > 0) { // small requests come in one piece
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                if (closes) {
                    socket.close();
                }
            }
        };
    }

    @Test
    void eightThatAnswerWithMalformedHeadersTakeNothingFromTheNinth() throws Exception {
        int events = 120;
        List<RawEndpoint> bad = new ArrayList<>();
        try (ScriptedServer good = new ScriptedServer(request -> Reply.status(200));
                ProviderServer provider = Providers.sending(
                        Scenarios.webhooks(RetrySchedule.NONE, 8, 8, PATIENCE).withSender(sender()))) {
            for (int i = 0; i < 8; i++) {
                String header = i % 2 == 0 ? "X Y: 1" : " folded: 1";
                bad.add(new RawEndpoint(
                        answering("HTTP/1.1 200 OK\r\n" + header + "\r\nContent-Length: 0\r\n\r\n", false)));
                Providers.subscribe(provider, bad.get(i).url());
            }
            Providers.subscribe(provider, good.url("/hook"));
            Providers.occur(provider, "any", "evt_", events);

            eventually("all of the ninth's arrive", () -> good.taken().size() == events);
            eventually("every place is free again", provider::idle);
            assertThat(provider.books().acknowledged()).isEqualTo(acceptsMalformedHeaders() ? 9 * events : events);
        } finally {
            for (RawEndpoint one : bad) {
                one.close();
            }
        }
    }

    @Test
    void aReceiverThatClosesWithoutSayingSoGetsEveryWebhookInOneAttemptEach() throws Exception {
        int events = 200;
        List<Exchange> attempts = new CopyOnWriteArrayList<>();
        try (RawEndpoint endpoint = new RawEndpoint(answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", true));
                ProviderServer provider = Providers.sending(
                        Scenarios.webhooks(RetrySchedule.NONE, 8, 8, PATIENCE).withSender(sender()),
                        (url, due, sent, done, exchange) -> attempts.add(exchange))) {
            Providers.subscribe(provider, endpoint.url());
            Providers.occur(provider, "any", "evt_", events);

            eventually("all are acknowledged", () -> provider.books().acknowledged() == events);
            assertThat(attempts).hasSize(events).allMatch(exchange -> exchange.ending() == Ending.ANSWERED);
            assertThat(provider.books().resent()).isPositive();
            assertThat(provider.books().sent().requests()).isEqualTo(events);
        }
    }

    @Test
    void aSubscriberThatAnswersWithoutReadingHoldsUpNeitherEventsNorTheOutbox() throws Exception {
        int events = 300;
        assumeTrue(readsAnAnswerBeforeItsRequestIsSent());
        long mostNanos = PATIENCE.toNanos() / 2;
        try (ScriptedServer good = new ScriptedServer(request -> Reply.status(200));
                RawEndpoint bad = new RawEndpoint(socket -> {}); // never reads
                ProviderServer provider = Providers.sending(
                        Scenarios.webhooks(RetrySchedule.NONE, 64, 64, PATIENCE).withSender(sender()))) {
            Providers.subscribe(provider, bad.url());
            Providers.subscribe(provider, good.url("/hook"));
            String event = "{\"data\":{\"text\":\"" + "x".repeat(30_000) + "\"}}";
            try (RawClient client = new RawClient(provider.address())) {
                for (int i = 1; i <= events; i++) {
                    long beganNanos = System.nanoTime();
                    assertThat(client.post("/events", event).status()).isEqualTo(201);
                    assertThat(client.get("/healthz").status()).isEqualTo(200);
                    assertThat(System.nanoTime() - beganNanos).isLessThan(mostNanos);
                    long acknowledged = 2L * i;
                    int[] answered = {0};
                    eventually("both are acknowledged", () -> {
                        if (bad.sockets.size() > answered[0]) {
                            answered[0] = bad.sockets.size();
                            answer(bad.sockets.get(answered[0] - 1));
                        }
                        return provider.books().acknowledged() == acknowledged;
                    });
                }
            }
            assertThat(good.taken()).hasSize(events);
        }
    }

    private static void answer(Socket socket) {
        try {
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // the provider has left it, and uses another
        }
    }

    @Test
    void whatIsThrownBeforeAnAttemptIsSentIsAFailedAttemptAndGivesItsPlaceBack() throws Exception {
        Map<String, String> throwing = new AbstractMap<>() {
            @Override
            public Set<Entry<String, String>> entrySet() {
                throw new AssertionError("on purpose");
            }
        };
        Scenario.Webhooks webhooks = Scenarios.webhooks(RetrySchedule.NONE, 1, 1, PATIENCE)
                .withHeaders(throwing)
                .withSender(sender());
        List<Exchange> attempts = new CopyOnWriteArrayList<>();
        try (ScriptedServer receiver = new ScriptedServer(request -> Reply.status(200));
                ProviderServer provider =
                        Providers.sending(webhooks, (url, due, sent, done, exchange) -> attempts.add(exchange))) {
            Providers.subscribe(provider, receiver.url("/hook"));
            Providers.occur(provider, "any", "evt_", 5);
            eventually("all are over and every place is free again", () -> attempts.size() == 5 && provider.idle());
            assertThat(attempts).allMatch(exchange -> exchange.ending() == Ending.REFUSED);
        }
    }
}
