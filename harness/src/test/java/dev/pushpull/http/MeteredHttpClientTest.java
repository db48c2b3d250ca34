package dev.pushpull.http;

import static dev.pushpull.http.LoopbackServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Dns;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@Tag("live")
class MeteredHttpClientTest {
    /** Long enough never to expire on a busy machine. */
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final Duration SHORT = Duration.ofMillis(200);

    private static MeteredHttpClient client(Duration responseTimeout) {
        return new MeteredHttpClient(LONG, responseTimeout, 100, Dns.SYSTEM);
    }

    private static Request get(String url) {
        return new Request.Builder().url(url).build();
    }

    private static Request post(String url, int bytes) {
        return new Request.Builder()
                .url(url)
                .post(RequestBody.create(new byte[bytes], null))
                .build();
    }

    @Test
    void anAnswerComesWithItsStatusHeadersAndBody() throws Exception {
        try (LoopbackServer server = new LoopbackServer((request, out, socket) ->
                        reply(out, "201 Created", "X-Kind: test\r\n", request.line() + " gr\u00fc\u00dfe"));
                MeteredHttpClient client = client(LONG)) {
            Exchange exchange = client.execute(get(server.url("/events?after=5")));
            assertThat(exchange.ending()).isEqualTo(Ending.ANSWERED);
            assertThat(exchange.status()).isEqualTo(201);
            assertThat(exchange.successful()).isTrue();
            assertThat(exchange.headers().get("x-kind")).isEqualTo("test");
            assertThat(new String(exchange.body(), StandardCharsets.UTF_8))
                    .isEqualTo("GET /events?after=5 HTTP/1.1 gr\u00fc\u00dfe");
            assertThat(exchange.error()).isEmpty();
        }
    }

    @Test
    void theBytesOfAllExchangesAddUpToTheTotalsAndToWhatTheServerSaw() throws Exception {
        try (LoopbackServer server = new LoopbackServer(
                        (request, out, socket) -> reply(out, "200 OK", "", "x".repeat(request.number() % 5_000)));
                MeteredHttpClient client = client(LONG)) {
            AtomicLong sent = new AtomicLong();
            AtomicLong received = new AtomicLong();
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<?>> all = new ArrayList<>();
                for (int thread = 0; thread < 4; thread++) {
                    all.add(threads.submit(() -> {
                        for (int i = 0; i < 200; i++) {
                            Exchange exchange = client.execute(post(server.url("/"), i * 7));
                            assertThat(exchange.ending()).isEqualTo(Ending.ANSWERED);
                            assertThat(exchange.bytesReceived()).isGreaterThan(exchange.body().length);
                            assertThat(exchange.bytesSent()).isGreaterThan(i * 7);
                            sent.addAndGet(exchange.bytesSent());
                            received.addAndGet(exchange.bytesReceived());
                        }
                    }));
                }
                for (Future<?> one : all) {
                    one.get();
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(sent.get()).isEqualTo(client.totals(0).bytesSent()).isEqualTo(server.bytesReceived());
            assertThat(received.get())
                    .isEqualTo(client.totals(0).bytesReceived())
                    .isEqualTo(server.bytesSent());
            assertThat(client.totals(0).connections())
                    .isEqualTo(server.connections())
                    .isBetween(1L, 4L);
        }
    }

    @Test
    void aConnectionIsKeptFromOneRequestToTheNext() throws Exception {
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> reply(out, "200 OK", "", "ok"));
                MeteredHttpClient client = client(LONG)) {
            Exchange first = client.execute(get(server.url("/")));
            Exchange second = client.execute(get(server.url("/")));
            assertThat(client.totals(0).connections()).isEqualTo(1);
            assertThat(second.bytesSent()).isEqualTo(first.bytesSent());
            assertThat(second.bytesReceived()).isEqualTo(first.bytesReceived());
        }
    }

    @Test
    void withoutAnybodyListeningAnExchangeIsRefusedAndCostsNoByte() throws Exception {
        int freePort;
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> {})) {
            freePort = server.port();
        }
        try (MeteredHttpClient client = client(LONG)) {
            Exchange exchange = client.execute(get("http://127.0.0.1:" + freePort + "/"));
            assertThat(exchange.ending()).isEqualTo(Ending.REFUSED);
            assertThat(exchange.status()).isZero();
            assertThat(exchange.successful()).isFalse();
            assertThat(exchange.error()).isNotBlank().hasLineCount(1);
            assertThat(exchange.bytesSent() + exchange.bytesReceived()).isZero();
            assertThat(client.totals(0).bytesSent() + client.totals(0).bytesReceived())
                    .isZero();
        }
    }

    @Test
    void anAnswerThatDoesNotComeTimesOut() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> over.await());
                MeteredHttpClient client = client(SHORT)) {
            Exchange exchange = client.execute(post(server.url("/"), 100));
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

    @Test
    void anAnswerThatDripsTimesOutThoughEveryReadBringsSomething() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    while (!over.await(SHORT.toMillis() / 10, TimeUnit.MILLISECONDS)) {
                        out.write('x');
                    }
                });
                MeteredHttpClient client = new MeteredHttpClient(SHORT, SHORT, 1, Dns.SYSTEM)) {
            Exchange exchange = client.execute(get(server.url("/")));
            assertThat(exchange.ending()).isEqualTo(Ending.TIMED_OUT);
            assertThat(exchange.bytesReceived())
                    .isEqualTo(client.totals(0).bytesReceived())
                    .isPositive();
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
                MeteredHttpClient client = client(LONG)) {
            Exchange exchange = client.execute(post(server.url("/"), 10));
            assertThat(exchange.ending()).isEqualTo(Ending.CUT_OFF);
            assertThat(exchange.successful()).isFalse();
            assertThat(exchange.body()).isEmpty();
            assertThat(exchange.bytesSent()).isEqualTo(server.bytesReceived());
            assertThat(exchange.bytesReceived()).isEqualTo(part.length());
            assertThat(server.requests()).isEqualTo(1); // not repeated without the caller's knowledge
        }
    }

    @Test
    void aKeptConnectionThatBreaksIsNotReplacedBySendingTheRequestAgain() throws Exception {
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> {
                    if (request.number() == 1) {
                        reply(out, "200 OK", "", "");
                    } else {
                        socket.close();
                    }
                });
                MeteredHttpClient client = client(LONG)) {
            assertThat(client.execute(get(server.url("/"))).ending()).isEqualTo(Ending.ANSWERED);
            assertThat(client.execute(get(server.url("/"))).ending()).isEqualTo(Ending.CUT_OFF);
            assertThat(server.requests()).isEqualTo(2);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsAnAnswerLikeAnyOther(int status) throws Exception {
        try (LoopbackServer server = new LoopbackServer(
                        (request, out, socket) -> reply(out, status + " Moved", "Location: /elsewhere\r\n", ""));
                MeteredHttpClient client = client(LONG)) {
            Exchange exchange = client.execute(get(server.url("/")));
            assertThat(exchange.status()).isEqualTo(status);
            assertThat(exchange.headers().get("Location")).isEqualTo("/elsewhere");
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    /** OkHttp repeats requests by itself after some of these, unless it is prevented. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "408 Request Timeout",
                "429 Too Many Requests",
                "503 Unavailable",
                "401 Unauthorized",
                "407 Proxy",
                "421 Misdirected"
            })
    void anErrorIsAnAnswerAndIsNotSentAgain(String status) throws Exception {
        try (LoopbackServer server = new LoopbackServer(
                        (request, out, socket) -> reply(out, status, "Retry-After: 0\r\nX-Other: kept\r\n", "no"));
                MeteredHttpClient client = client(LONG)) {
            Exchange exchange = client.execute(post(server.url("/"), 10));
            assertThat(exchange.status()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
            assertThat(exchange.headers().get("Retry-After")).isEqualTo("0");
            assertThat(exchange.headers().get("X-Other")).isEqualTo("kept");
            assertThat(exchange.bytesSent())
                    .isEqualTo(client.totals(0).bytesSent())
                    .isEqualTo(server.bytesReceived());
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1001", "Content-Length: 99999999999", "Connection: close"})
    void anAnswerLargerThanTheBoundIsGivenUpWhereverItEnds(String header) throws Exception {
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> {
                    if (request.number() > 1) {
                        reply(out, "200 OK", "", "x".repeat(1_000));
                        return;
                    }
                    out.write(("HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        out.write(new byte[1_001]);
                    }
                });
                MeteredHttpClient client = new MeteredHttpClient(LONG, LONG, 1, Dns.SYSTEM, Transport.PLAIN, 1_000)) {
            Exchange exchange = client.execute(get(server.url("/")));
            assertThat(exchange.ending()).isEqualTo(Ending.CUT_OFF);
            assertThat(exchange.error()).isEqualTo("the answer has more than 1000 bytes");
            assertThat(exchange.body()).isEmpty();
            assertThat(client.execute(get(server.url("/"))).body()).hasSize(1_000);
        }
    }

    @Test
    void whatIsUnderWayCanBeBrokenOff() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> {
                    arrived.countDown();
                    over.await();
                });
                MeteredHttpClient client = client(LONG)) {
            Future<Exchange> exchange = threads.submit(() -> client.execute(get(server.url("/"))));
            assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
            client.cancelAll();
            assertThat(exchange.get(20, TimeUnit.SECONDS).ending()).isEqualTo(Ending.CUT_OFF);
        } finally {
            over.countDown();
            threads.shutdownNow();
        }
    }
}
