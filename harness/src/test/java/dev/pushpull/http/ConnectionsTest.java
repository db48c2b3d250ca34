package dev.pushpull.http;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pushpull.host.RoleThreads;
import dev.pushpull.scenario.Scenario.Wire;
import dev.pushpull.testing.RawClient;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No peer keeps a connection longer than it needs it, and none keeps others out. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("live")
class ConnectionsTest {
    private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long NEVER_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final Transport TLS = Transport.over(new Wire(true, 0, NEVER_NANOS));
    private static final int LARGE_BYTES = 64 << 20;
    private static final ByteBuffer LARGE = ByteBuffer.allocate(LARGE_BYTES);

    private final List<RawClient> clients = new ArrayList<>();
    private final List<HttpServerExchange> held = new ArrayList<>();
    private final AtomicInteger tooSlow = new AtomicInteger();
    private MeteredHttpServer server;

    @AfterEach
    void stop() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
        server.close();
    }

    private void serve(Connections.Limits limits, Transport transport) {
        server = new MeteredHttpServer(
                "127.0.0.1", 0, new RoleThreads("test", RoleThreads.PROVIDER), transport, 1 << 20, limits, this::take);
    }

    private static Connections.Limits hurried() {
        return new Connections.Limits(1000, SHORT_NANOS, NEVER_NANOS, SHORT_NANOS, Long.MAX_VALUE);
    }

    private static Connections.Limits atMost(int connections) {
        return new Connections.Limits(connections, NEVER_NANOS, NEVER_NANOS, NEVER_NANOS, Long.MAX_VALUE);
    }

    private void take(HttpServerExchange exchange) {
        switch (exchange.getRequestPath()) {
            case "/held" ->
                exchange.dispatch(SameThreadExecutor.INSTANCE, () -> {
                    synchronized (held) {
                        held.add(exchange);
                    }
                });
            case "/large" -> exchange.getResponseSender().send(LARGE.duplicate());
            case "/read" ->
                BodyReader.read(exchange, 1 << 20, new BodyReader.Taker() {
                    @Override
                    public void complete(HttpServerExchange ready, byte[] body) {
                        ready.getResponseSender().send(Integer.toString(body.length));
                    }

                    @Override
                    public void tooLarge(HttpServerExchange refused) {
                        end(refused, StatusCodes.REQUEST_ENTITY_TOO_LARGE);
                    }

                    @Override
                    public void cutOff(HttpServerExchange broken) {
                        end(broken, StatusCodes.BAD_REQUEST);
                    }

                    @Override
                    public void noRoom(HttpServerExchange crowded) {
                        end(crowded, StatusCodes.SERVICE_UNAVAILABLE);
                    }

                    @Override
                    public void tooSlow() {
                        tooSlow.incrementAndGet();
                    }
                });
            default -> end(exchange, StatusCodes.NOT_FOUND);
        }
    }

    private static void end(HttpServerExchange exchange, int status) {
        exchange.setStatusCode(status);
        exchange.endExchange();
    }

    private RawClient connect() throws IOException {
        RawClient client = new RawClient(server.address());
        clients.add(client);
        return client;
    }

    private RawClient connectAndSend(String bytes) throws IOException {
        RawClient client = connect();
        client.send(bytes.replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private void openAre(int count) {
        eventually(count + " connections are open", () -> server.connections() == count);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "G",
                "GET / HTTP/1.1|Host: lo",
                "POST /nowhere HTTP/1.1|Host: localhost|Content-Length: 100||",
                "POST /nowhere HTTP/1.1|Host: localhost|Content-Length: 100||half of",
                "POST /nowhere HTTP/1.1|Host: localhost|Transfer-Encoding: chunked||3|abc|",
                "GET /nowhere HTTP/1.1|Host: localhost|Content-Length: 100||half of",
                "POST /read HTTP/1.1|Host: localhost|Content-Length: 100||half of",
                "POST /read HTTP/1.1|Host: localhost|Content-Length: 9999999||",
                "POST /read HTTP/1.1|Host: localhost|Transfer-Encoding: chunked||",
                "POST /read HTTP/1.1|Host: localhost|Expect: 100-continue|Content-Length: 100||",
                "POST /read HTTP/1.1|Content-Length: 100||",
                "GET /nowhere HTTP/1.1|Host: localhost||GET /nowhere HT"
            })
    void aRequestThatIsNotThereWholeInTimeIsHungUpOn(String beginning) throws IOException {
        serve(hurried(), Transport.PLAIN);

        RawClient client = connectAndSend(beginning);

        openAre(0);
        while (!client.isEnded()) {
            continue; // what was answered before
        }
    }

    @Test
    void trickledBytesWinNoTime() throws IOException {
        serve(hurried(), Transport.PLAIN);
        RawClient client = connectAndSend("POST /read HTTP/1.1|Host: localhost|Content-Length: 1000000||");

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
            while (true) {
                client.send(new byte[1]);
                TimeUnit.MILLISECONDS.sleep(10);
            }
        });

        eventually("the handler is told", () -> tooSlow.get() == 1);
    }

    @Test
    void aTlsHandshakeHasToComeToAnEndTooAndAfterwardsAConnectionMayBeIdle() throws IOException {
        long enoughNanos = TimeUnit.SECONDS.toNanos(2);
        serve(new Connections.Limits(1000, enoughNanos, NEVER_NANOS, NEVER_NANOS, Long.MAX_VALUE), TLS);
        try (Socket silent = encrypted()) {
            RawClient mute = connect();
            RawClient stammering = connectAndSend("\u0016");

            assertThat(mute.isEnded()).isTrue();
            assertThat(stammering.isEnded()).isTrue();
            eventually("the server has seen it too", () -> server.connections() == 1);
            assertThat(silent.isClosed()).isFalse();
        }
    }

    private SSLSocket encrypted() throws IOException {
        SSLSocket socket = (SSLSocket) TLS.tls()
                .orElseThrow()
                .clientContext()
                .getSocketFactory()
                .createSocket("127.0.0.1", server.address().getPort());
        socket.startHandshake();
        return socket;
    }

    @Test
    void anIdleConnectionAndOneThatWaitsForItsAnswerAreLeftAlone() throws IOException {
        serve(hurried(), Transport.PLAIN);
        RawClient fresh = connect();
        RawClient used = connect();
        used.get("/nowhere");
        RawClient waiting = connectAndSend("GET /held HTTP/1.1|Host: localhost||");
        eventually("it is held", () -> !held.isEmpty());

        assertThat(connectAndSend("G").isEnded()).isTrue();
        assertThat(connectAndSend("G").isEnded()).isTrue();
        openAre(3);

        held.get(0).getIoThread().execute(() -> end(held.get(0), StatusCodes.OK));
        assertThat(waiting.answer().status()).isEqualTo(200);
        assertThat(fresh.get("/nowhere").status()).isEqualTo(404);
        assertThat(used.get("/nowhere").status()).isEqualTo(404);
    }

    @Test
    void theOldestIdleOneGivesWayToANewOne() throws IOException {
        serve(atMost(3), Transport.PLAIN);
        List<RawClient> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(connect());
            all.get(i).get("/nowhere");
        }
        all.get(0).get("/nowhere"); // so that the second is the oldest

        assertThat(connect().get("/nowhere").status()).isEqualTo(404);

        assertThat(all.get(1).isEnded()).isTrue();
        assertThat(all.get(0).get("/nowhere").status()).isEqualTo(404);
        assertThat(all.get(2).get("/nowhere").status()).isEqualTo(404);
        assertThat(server.connections()).isEqualTo(3);
    }

    @Test
    void aFloodOfUnfinishedRequestsKeepsNobodyOut() throws IOException {
        serve(atMost(20), Transport.PLAIN);
        RawClient waiting = connectAndSend("GET /held HTTP/1.1|Host: localhost||");
        eventually("it is held", () -> !held.isEmpty());

        for (int i = 0; i < 200; i++) {
            connectAndSend("POST /nowhere HTTP/1.1|Host: localhost|Content-Length: 100||");
            if (i % 50 == 49) {
                assertThat(connect().post("/read", "a genuine one").body()).isEqualTo("13");
            }
        }

        assertThat(server.connections()).isEqualTo(20);
        held.get(0).getIoThread().execute(() -> end(held.get(0), StatusCodes.OK));
        assertThat(waiting.answer().status()).isEqualTo(200);
    }

    @Test
    void whereAllWaitForAnswersTheOldestOfThemGivesWay() throws IOException {
        serve(atMost(3), Transport.PLAIN);
        RawClient first = connectAndSend("GET /held HTTP/1.1|Host: localhost||");
        eventually("it is held", () -> held.size() == 1);
        for (int i = 2; i <= 3; i++) {
            int count = i;
            connectAndSend("GET /held HTTP/1.1|Host: localhost||");
            eventually("it is held", () -> held.size() == count);
        }

        assertThat(connect().get("/nowhere").status()).isEqualTo(404);

        assertThat(first.isEnded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoDoesNotReadItsAnswerIsHungUpOn(boolean tls) throws IOException {
        serve(hurried(), tls ? TLS : Transport.PLAIN);
        if (tls) {
            encrypted()
                    .getOutputStream()
                    .write("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } else {
            connectAndSend("GET /large HTTP/1.1|Host: localhost||");
        }

        eventually("it is asked", () -> server.totals().requests() == 1);
        openAre(0);
    }

    @Test
    void whoReadsSteadilyMayTakeItsTime() throws IOException, InterruptedException {
        serve(hurried(), Transport.PLAIN);
        RawClient reader = connectAndSend("GET /large HTTP/1.1|Host: localhost||");

        long untilNanos = System.nanoTime() + 3 * SHORT_NANOS;
        int read = 0;
        while (System.nanoTime() < untilNanos) {
            read += reader.read(256 << 10);
            TimeUnit.MILLISECONDS.sleep(10);
        }

        assertThat(reader.read(LARGE_BYTES - read)).isEqualTo(LARGE_BYTES - read);
    }

    @Test
    void bodiesThatAreComingTakeNoMoreMemoryThanIsSetAsideForThemAndGiveItBack() throws IOException {
        serve(new Connections.Limits(1000, NEVER_NANOS, NEVER_NANOS, NEVER_NANOS, 1 << 20), Transport.PLAIN);
        List<RawClient> halfway = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            RawClient one = connectAndSend("POST /read HTTP/1.1|Host: localhost|Content-Length: 500000||");
            one.send(new byte[499_999]);
            halfway.add(one);
        }
        eventually("they are read", () -> server.totals().bytesReceived() > 999_000);

        RawClient another = connectAndSend("POST /read HTTP/1.1|Host: localhost|Content-Length: 500000||");
        another.send(new byte[500_000]);
        assertThat(another.answer().status()).isEqualTo(503);

        for (RawClient one : halfway) {
            one.send(new byte[1]);
            assertThat(one.answer().body()).isEqualTo("500000");
        }
        assertThat(connect().post("/read", "x".repeat(500_000)).body()).isEqualTo("500000");
    }
}
