package dev.pushpull.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.measure.MeteredHttpClient.Ending;
import dev.pushpull.measure.MeteredHttpClient.Exchange;
import dev.pushpull.testing.ScriptedServer;
import dev.pushpull.testing.ScriptedServer.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.Dns;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MeteredHttpClientTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofMillis(250);

    @Test
    void theBytesOfTheExchangesAddUpToThoseOfTheSockets() throws Exception {
        int threads = 16;
        int each = 600;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (MeteredHttpServer server = new MeteredHttpServer(
                        "127.0.0.1",
                        0,
                        new RoleThreads("test", RoleThreads.PROVIDER),
                        exchange -> exchange.getResponseSender().send("x".repeat(300)));
                // half as many kept connections as threads: they change hands all the time
                MeteredHttpClient client = new MeteredHttpClient(PATIENCE, PATIENCE, threads / 2, Dns.SYSTEM)) {
            Request request =
                    new Request.Builder().url(server.address().toString()).build();
            List<Future<long[]>> sums = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                sums.add(pool.submit(() -> {
                    long[] bytes = new long[2];
                    for (int i = 0; i < each; i++) {
                        Exchange exchange = client.execute(request);
                        bytes[0] += exchange.bytesSent();
                        bytes[1] += exchange.bytesReceived();
                    }
                    return bytes;
                }));
            }
            long sent = 0;
            long received = 0;
            for (Future<long[]> sum : sums) {
                sent += sum.get()[0];
                received += sum.get()[1];
            }
            assertThat(List.of(sent, received)).containsExactly(client.bytesSent(), client.bytesReceived());
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void statusHeadersAndBodyOfAFailureArriveAsTheyWereSent() {
        try (ScriptedServer server = new ScriptedServer(
                        request -> new Reply(503, Map.of("Retry-After", "0", "X-Why", "busy"), "later"));
                MeteredHttpClient client = new MeteredHttpClient(PATIENCE, PATIENCE, 1, Dns.SYSTEM)) {
            Exchange exchange =
                    client.execute(new Request.Builder().url(server.url("/")).build());

            assertThat(exchange.ending()).isEqualTo(Ending.ANSWERED);
            assertThat(exchange.status()).isEqualTo(503);
            assertThat(exchange.successful()).isFalse();
            assertThat(exchange.headers().get("X-Why")).isEqualTo("busy");
            assertThat(new String(exchange.body(), StandardCharsets.UTF_8)).isEqualTo("later");
            assertThat(server.taken()).hasSize(1);
        }
    }

    @Test
    void aServerThatDoesNotAnswerTimesOut() {
        CountDownLatch never = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(request -> {
                    never.await();
                    return Reply.status(200);
                });
                MeteredHttpClient client = new MeteredHttpClient(SOON, SOON, 1, Dns.SYSTEM)) {
            Exchange exchange =
                    client.execute(new Request.Builder().url(server.url("/")).build());

            assertThat(exchange.ending()).isEqualTo(Ending.TIMED_OUT);
            assertThat(exchange.status()).isZero();
            assertThat(exchange.error()).isNotEmpty();
            assertThat(exchange.bytesSent()).isPositive();
        }
    }

    @Test
    void anAnswerThatTricklesForeverTimesOutToo() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                MeteredHttpClient client = new MeteredHttpClient(SOON, SOON, 1, Dns.SYSTEM)) {
            Thread trickle = new Thread(() -> trickle(listening));
            trickle.start();

            Exchange exchange = client.execute(new Request.Builder()
                    .url("http://127.0.0.1:" + listening.getLocalPort() + "/")
                    .build());

            assertThat(exchange.ending()).isEqualTo(Ending.TIMED_OUT);
            trickle.join();
        }
    }

    /** Far quicker than any one read may take, for far longer than a whole response may. */
    private static void trickle(ServerSocket listening) {
        try (Socket socket = listening.accept();
                OutputStream out = socket.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 1000; i++) {
                out.write('x');
                out.flush();
                Thread.sleep(10);
            }
        } catch (IOException | InterruptedException e) {
            // the client hung up, as it should
        }
    }

    @Test
    void aPortNobodyListensAtRefuses() throws IOException {
        int port;
        try (ServerSocket closedAtOnce = new ServerSocket(0)) {
            port = closedAtOnce.getLocalPort();
        }
        try (MeteredHttpClient client = new MeteredHttpClient(PATIENCE, PATIENCE, 1, Dns.SYSTEM)) {
            Exchange exchange = client.execute(
                    new Request.Builder().url("http://127.0.0.1:" + port + "/").build());

            assertThat(exchange.ending()).isEqualTo(Ending.REFUSED);
            assertThat(exchange.bytesSent() + exchange.bytesReceived()).isZero();
            assertThat(client.connectionsOpened()).isZero();
        }
    }
}
