package dev.pushpull.http;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.testing.RawClient;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.Dns;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xnio.Options;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("live")
class MeteredHttpServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final RoleThreads THREADS = new RoleThreads("test", RoleThreads.PROVIDER);

    @Test
    void itMayBeClosedTwice() {
        MeteredHttpServer closed = new MeteredHttpServer(
                "127.0.0.1",
                0,
                new RoleThreads("test", RoleThreads.PROVIDER),
                Transport.PLAIN,
                HttpServerExchange::endExchange);
        closed.close();
        assertTimeoutPreemptively(Duration.ofSeconds(20), closed::close);
    }

    @Test
    void bothSidesCountTheSameRequestsBytesAndConnections() throws Exception {
        int clients = 4;
        int each = 200;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try (MeteredHttpServer server = server(MeteredHttpServerTest::answer);
                MeteredHttpClient client = new MeteredHttpClient(PATIENCE, PATIENCE, clients, Dns.SYSTEM)) {
            List<Future<?>> all = new ArrayList<>();
            for (int number = 0; number < clients; number++) {
                Random random = new Random(number);
                all.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        send(client, server, random);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }

            // the server adds up a moment after the client has read
            eventually(
                    "all that was received has been added up",
                    () -> server.totals().bytesSent() == client.totals(0).bytesReceived());
            WireTotals totals = server.totals();
            assertThat(totals.requests()).isEqualTo(clients * each);
            assertThat(totals.bytesReceived()).isEqualTo(client.totals(0).bytesSent());
            assertThat(totals.bytesSent()).isEqualTo(client.totals(0).bytesReceived());
            assertThat(totals.connections()).isEqualTo(client.totals(0).connections());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void connectionsAreCountedThoughTheyDoNotOverlap() throws IOException {
        try (MeteredHttpServer server = server(HttpServerExchange::endExchange)) {
            for (int i = 0; i < 5; i++) {
                try (RawClient client = new RawClient(server.address())) {
                    client.get("/");
                    client.get("/");
                }
            }
            assertThat(server.totals().connections()).isEqualTo(5);
            assertThat(server.totals().requests()).isEqualTo(10);
        }
    }

    @Test
    void aPortInUseIsToldInOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(
                            () -> new MeteredHttpServer("127.0.0.1", port, THREADS, HttpServerExchange::endExchange))
                    .satisfies(e -> assertThat(e.getMessage())
                            .startsWith("cannot listen on 127.0.0.1:" + port + ": ")
                            .containsIgnoringCase("in use")
                            .hasLineCount(1));
        }
    }

    @Test
    void aHostThatIsNotOursIsToldInOneLine() {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> new MeteredHttpServer("192.0.2.1", 0, THREADS, HttpServerExchange::endExchange))
                .satisfies(e -> assertThat(e.getMessage())
                        .startsWith("cannot listen on 192.0.2.1:0: ")
                        .doesNotEndWith("null")
                        .hasLineCount(1));
    }

    @Test
    void theAddressOfAnIpv6ListenerIsAUrl() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            assertThat(probe.isBound()).isTrue();
        } catch (IOException e) {
            abort("there is no IPv6 loopback here");
        }
        try (MeteredHttpServer server = new MeteredHttpServer("::1", 0, THREADS, HttpServerExchange::endExchange)) {
            assertThat(server.address().getHost()).isEqualTo("[::1]");
            assertThat(server.address().getPort()).isPositive();
        }
    }

    /**
     * By default a Linux kernel lets it grow to megabytes, and a few hundred such peers take all its memory for TCP.
     */
    @Test
    void theKernelKeepsLittleOfAnAnswerThatNobodyReads() throws Exception {
        CompletableFuture<ServerConnection> answered = new CompletableFuture<>();
        HttpHandler handler = exchange -> {
            answered.complete(exchange.getConnection());
            exchange.getResponseSender().send(ByteBuffer.allocate(64 << 20));
        };
        try (MeteredHttpServer server = server(handler);
                RawClient client = new RawClient(server.address())) {
            client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            ServerConnection connection = answered.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            eventually("a part is on its way", () -> server.totals().bytesSent() > 256 << 10);
            assertThat(connection.getOption(Options.SEND_BUFFER)).isBetween(64 << 10, 256 << 10);
        }
    }

    private static MeteredHttpServer server(HttpHandler handler) {
        return new MeteredHttpServer("127.0.0.1", 0, THREADS, handler);
    }

    private static void answer(HttpServerExchange exchange) {
        switch (exchange.getRequestPath()) {
            case "/page" ->
                exchange.getResponseSender()
                        .send("x".repeat(exchange.getQueryString().length() * 100));
            case "/unchanged" -> {
                exchange.getResponseHeaders().put(Headers.ETAG, "\"1\"");
                exchange.setStatusCode(StatusCodes.NOT_MODIFIED);
                exchange.endExchange();
            }
            case "/echo" ->
                exchange.getRequestReceiver()
                        .receiveFullBytes(
                                (ready, body) -> ready.getResponseSender().send(ByteBuffer.wrap(body)));
            default -> {
                exchange.setStatusCode(StatusCodes.NOT_FOUND);
                exchange.endExchange();
            }
        }
    }

    private static void send(MeteredHttpClient client, MeteredHttpServer server, Random random) {
        int kind = random.nextInt(4);
        String path = List.of("/page", "/unchanged", "/echo", "/nothing").get(kind);
        int size = random.nextInt(1 << random.nextInt(16));
        Request.Builder request = new Request.Builder().url(server.address() + path + "?" + "q".repeat(size % 500));
        if (kind == 2) {
            request.post(RequestBody.create(new byte[size], MediaType.get("application/octet-stream")));
        }
        Exchange exchange = client.execute(request.build());
        assertThat(exchange.status()).isEqualTo(List.of(200, 304, 200, 404).get(kind));
        if (kind == 2) {
            assertThat(exchange.body()).hasSize(size);
        }
    }
}
