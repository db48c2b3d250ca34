package dev.pushpull.http;

import static dev.pushpull.http.DirectPosts.LONG;
import static dev.pushpull.http.DirectPosts.SHORT;
import static dev.pushpull.http.DirectPosts.post;
import static dev.pushpull.http.DirectPosts.posted;
import static dev.pushpull.http.LoopbackServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@Tag("live")
class DirectHttpClientTest {
    /** What is tested. */
    PostClient client(Duration connect, Duration response, Dns dns) {
        return new DirectHttpClient(DirectPosts.settings(connect, response), DirectPosts.THREADS, dns);
    }

    private PostClient client(Duration response) {
        return client(LONG, response, Dns.SYSTEM);
    }

    @Test
    void anAnswerComesWithItsStatusHeadersAndBody() throws Exception {
        try (LoopbackServer server = new LoopbackServer((request, out, socket) ->
                        reply(out, "201 Created", "X-Kind: test\r\n", request.line() + " gr\u00fc\u00dfe"));
                PostClient client = client(LONG)) {
            Exchange exchange = posted(client, server.url("/hook?a=b%20c"), 10);
            assertThat(exchange.ending()).isEqualTo(Ending.ANSWERED);
            assertThat(exchange.status()).isEqualTo(201);
            assertThat(exchange.headers().get("x-kind")).isEqualTo("test");
            assertThat(new String(exchange.body(), StandardCharsets.UTF_8))
                    .isEqualTo("POST /hook?a=b%20c HTTP/1.1 gr\u00fc\u00dfe");
            assertThat(exchange.error()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 400_000})
    void theBytesOfAllExchangesAddUpToTheTotalsAndToWhatTheServerSaw(int most) throws Exception {
        try (LoopbackServer server = new LoopbackServer(
                        (request, out, socket) -> reply(out, "200 OK", "", "x".repeat(request.number() % 5_000)));
                PostClient client = client(LONG)) {
            long sent = 0;
            long received = 0;
            int exchanges = 0;
            for (int round = 0; round < 50; round++) {
                List<CompletableFuture<Exchange>> under = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    under.add(post(client, server.url("/"), (round * 4 + i) * most / 200));
                }
                for (CompletableFuture<Exchange> one : under) {
                    Exchange exchange = one.get(40, TimeUnit.SECONDS);
                    assertThat(exchange.ending()).isEqualTo(Ending.ANSWERED);
                    sent += exchange.bytesSent();
                    received += exchange.bytesReceived();
                    exchanges++;
                }
            }
            assertThat(exchanges).isEqualTo(200);
            assertThat(sent).isEqualTo(client.totals(0).bytesSent()).isEqualTo(server.bytesReceived());
            assertThat(received).isEqualTo(client.totals(0).bytesReceived()).isEqualTo(server.bytesSent());
            assertThat(client.totals(0).connections())
                    .isEqualTo(server.connections())
                    .isBetween(1L, 8L);
        }
    }

    @Test
    void withoutAnybodyListeningAnExchangeIsRefusedAndCostsNoByte() throws Exception {
        int freePort;
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> {})) {
            freePort = server.port();
        }
        try (PostClient client = client(LONG)) {
            Exchange exchange = posted(client, "http://127.0.0.1:" + freePort + "/", 10);
            assertThat(exchange.ending()).isEqualTo(Ending.REFUSED);
            assertThat(exchange.status()).isZero();
            assertThat(exchange.error()).isNotBlank().hasLineCount(1);
            assertThat(exchange.bytesSent() + exchange.bytesReceived()).isZero();
        }
    }

    @Test
    void aHostThatIsNotAllowedIsRefused() throws Exception {
        Dns none = host -> {
            throw new UnknownHostException("'" + host + "' is not allowed");
        };
        try (PostClient client = client(LONG, LONG, none)) {
            Exchange exchange = posted(client, "http://somewhere.invalid/", 1);
            assertThat(exchange.ending()).isEqualTo(Ending.REFUSED);
            assertThat(exchange.error()).contains("not allowed");
        }
    }

    @Test
    void anAnswerThatDoesNotComeTimesOut() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> over.await());
                PostClient client = client(SHORT)) {
            Exchange exchange = posted(client, server.url("/"), 100);
            assertThat(exchange.ending()).isEqualTo(Ending.TIMED_OUT);
            assertThat(exchange.bytesSent())
                    .isEqualTo(server.bytesReceived())
                    .isEqualTo(client.totals(0).bytesSent());
            assertThat(exchange.bytesReceived()).isZero();
            assertThat(server.requests()).isEqualTo(1);
        } finally {
            over.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nCont", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf"})
    void aConnectionThatBreaksBeforeTheWholeAnswerIsThereIsCutOff(String part) throws Exception {
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> {
                    out.write(part.getBytes(StandardCharsets.US_ASCII));
                    socket.close();
                });
                PostClient client = client(LONG)) {
            Exchange exchange = posted(client, server.url("/"), 10);
            assertThat(exchange.ending()).isEqualTo(Ending.CUT_OFF);
            assertThat(exchange.error()).isNotBlank();
            assertThat(exchange.bytesSent()).isEqualTo(server.bytesReceived());
            assertThat(exchange.bytesReceived()).isEqualTo(part.length());
            assertThat(server.requests()).isEqualTo(1); // not repeated without the caller's knowledge
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"301 Moved", "429 Too Many Requests", "503 Unavailable", "407 Proxy", "410 Gone"})
    void whatIsNoSuccessIsAnAnswerAndIsNotSentAgain(String status) throws Exception {
        try (LoopbackServer server = new LoopbackServer(
                        (request, out, socket) -> reply(out, status, "Retry-After: 0\r\nLocation: /x\r\n", "no"));
                PostClient client = client(LONG)) {
            Exchange exchange = posted(client, server.url("/"), 10);
            assertThat(exchange.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
            assertThat(exchange.headers().get("Retry-After")).isEqualTo("0");
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void anEndpointThatNeitherReadsNorAnswersHoldsUpNoCaller() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> {
                    if (request.number() == 1) {
                        reply(out, "200 OK", "", "");
                        socket.getInputStream().read(); // only the first byte of the next request
                        over.await();
                    }
                });
                PostClient client = client(SHORT)) {
            posted(client, server.url("/"), 1);
            CompletableFuture<Exchange> large = post(client, server.url("/"), 32 << 20);
            assertThat(large.get(40, TimeUnit.SECONDS).ending()).isEqualTo(Ending.TIMED_OUT);
        } finally {
            over.countDown();
        }
    }

    @Test
    void whoIsToldOfAnAnswerMayFailWithoutHarmToTheNext() throws Exception {
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> reply(out, "200 OK", "", ""));
                PostClient client = client(LONG)) {
            Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
            CompletableFuture<Throwable> reported = new CompletableFuture<>();
            Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> reported.complete(failure));
            try {
                client.post(HttpUrl.get(server.url("/")), Map.of(), new byte[1], exchange -> {
                    throw new IllegalStateException("on purpose");
                });
                assertThat(reported.get(20, TimeUnit.SECONDS)).hasMessage("on purpose");
                assertThat(posted(client, server.url("/"), 1).successful()).isTrue();
            } finally {
                Thread.setDefaultUncaughtExceptionHandler(before);
            }
        }
    }

    @Test
    void whatIsUnderWayCanBeBrokenOff() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> {
                    arrived.countDown();
                    over.await();
                });
                PostClient client = client(LONG)) {
            CompletableFuture<Exchange> exchange = post(client, server.url("/"), 1);
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            client.cancelAll();
            assertThat(exchange.get(20, TimeUnit.SECONDS).ending()).isEqualTo(Ending.CUT_OFF);
        } finally {
            over.countDown();
        }
    }

    @Test
    void nothingIsSentOnceItIsClosed() {
        PostClient client = client(LONG);
        client.close();
        assertThatThrownBy(() -> post(client, "http://127.0.0.1:9/", 1)).isInstanceOf(RejectedExecutionException.class);
    }
}
