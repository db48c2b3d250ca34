package dev.pushpull.http;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * When an exchange breaks a connection, both ends report what passed over it, so that nothing else is excused by it.
 */
@Timeout(60)
@Tag("live")
class BrokenExchangeTest {
    private static final int LARGE = 200_000;

    private MeteredHttpServer server;

    @BeforeEach
    void start() {
        RoleThreads threads = new RoleThreads("broken", RoleThreads.PROVIDER);
        server = new MeteredHttpServer("127.0.0.1", 0, threads, exchange -> {
            if (exchange.getRequestPath().equals("/never")) {
                exchange.dispatch((Runnable) () -> {}); // and nobody ever answers
            } else {
                MeteredHttpServer.answersWith(exchange, 7);
                exchange.getResponseSender()
                        .send(ByteBuffer.allocate(exchange.getRequestPath().equals("/large") ? LARGE : 10));
            }
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Map.Entry<Integer, List<Carried>> onlyOne(Map<Integer, List<Carried>> broken) {
        assertThat(broken).hasSize(1);
        Map.Entry<Integer, List<Carried>> one = broken.entrySet().iterator().next();
        assertThat(one.getValue()).hasSize(1);
        assertThat(server.totals().byClientPort()).containsKey(one.getKey());
        return one;
    }

    @Test
    void aPollThatIsGivenUpNamesItsConnection() {
        try (MeteredHttpClient client = new MeteredHttpClient(
                Duration.ofSeconds(5), Duration.ofSeconds(20), 5, Dns.SYSTEM, Transport.PLAIN, 1000)) {
            Exchange small = client.execute(request("/small"));
            assertThat(client.totals(0).byClientPort()).isEmpty();
            Exchange large = client.execute(request("/large"));
            assertThat(large.ending()).isEqualTo(Ending.CUT_OFF);

            Map.Entry<Integer, List<Carried>> broken = onlyOne(client.totals(0).byClientPort());
            Carried asked = broken.getValue().get(0);
            assertThat(asked.requests()).isEqualTo(2);
            assertThat(asked.bytesSent()).isEqualTo(small.bytesSent() + large.bytesSent());
            assertThat(asked.bytesReceived()).isEqualTo(small.bytesReceived() + large.bytesReceived());
            eventually("the server has seen it", () -> {
                Carried answered =
                        server.totals().byClientPort().get(broken.getKey()).get(0);
                return answered.requests() == 2
                        && answered.items() == 7
                        && answered.bytesReceived() == asked.bytesSent()
                        && answered.bytesSent() > asked.bytesReceived();
            });
        }
    }

    @Test
    void aWebhookThatIsNotAnsweredNamesItsConnection() throws Exception {
        try (DirectHttpClient client = new DirectHttpClient(
                new DirectHttpClient.Settings(Duration.ofSeconds(5), Duration.ofSeconds(20)),
                new RoleThreads("broken", RoleThreads.PROVIDER),
                Dns.SYSTEM)) {
            assertThat(post(client, "/small").ending()).isEqualTo(Ending.ANSWERED);
            assertThat(client.totals(0).byClientPort()).isEmpty();
            CompletableFuture<Exchange> never = begin(client, "/never");
            eventually("the server has heard it", () -> server.totals().requests() == 2);
            client.cancelAll();
            assertThat(never.get(30, TimeUnit.SECONDS).ending()).isEqualTo(Ending.CUT_OFF);

            Map.Entry<Integer, List<Carried>> broken = onlyOne(client.totals(0).byClientPort());
            assertThat(broken.getValue().get(0).requests()).isEqualTo(2);
            Carried answered =
                    server.totals().byClientPort().get(broken.getKey()).get(0);
            assertThat(answered.bytesReceived())
                    .isEqualTo(broken.getValue().get(0).bytesSent());
            assertThat(answered.items()).as("the last was not answered").isZero();
        }
    }

    /** OkHttp's dispatcher forgets a call whose answer has begun. */
    @Test
    void anAnswerThatGoesOnIsBrokenOffToo() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        byte[] head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (LoopbackServer endless = new LoopbackServer((request, out, socket) -> {
                    out.write(head);
                    out.flush();
                    over.await();
                });
                MeteredHttpClient client = new MeteredHttpClient(
                        Duration.ofSeconds(5), Duration.ofSeconds(20), 5, Dns.SYSTEM, Transport.PLAIN)) {
            Request request = new Request.Builder().url(endless.url("/")).build();
            Future<Exchange> exchange = threads.submit(() -> client.stream(request, 0, (response, progress) -> {
                begun.countDown();
                response.body().source().exhausted();
            }));
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            client.cancelAll();
            assertThat(exchange.get(20, TimeUnit.SECONDS).ending()).isEqualTo(Ending.CUT_OFF);
        } finally {
            over.countDown();
            threads.shutdownNow();
        }
    }

    private Exchange post(DirectHttpClient client, String path) throws Exception {
        return begin(client, path).get(30, TimeUnit.SECONDS);
    }

    private CompletableFuture<Exchange> begin(DirectHttpClient client, String path) {
        CompletableFuture<Exchange> over = new CompletableFuture<>();
        client.post(HttpUrl.get(server.address().resolve(path)), Map.of(), new byte[100], over::complete);
        return over;
    }

    private Request request(String path) {
        return new Request.Builder()
                .url(HttpUrl.get(server.address().resolve(path)))
                .build();
    }
}
