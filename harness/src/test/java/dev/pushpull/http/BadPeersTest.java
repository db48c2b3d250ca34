package dev.pushpull.http;

import static dev.pushpull.http.DirectPosts.LONG;
import static dev.pushpull.http.DirectPosts.SHORT;
import static dev.pushpull.http.DirectPosts.THREADS;
import static dev.pushpull.http.DirectPosts.client;
import static dev.pushpull.http.DirectPosts.post;
import static dev.pushpull.http.DirectPosts.posted;
import static dev.pushpull.http.DirectPosts.settings;
import static dev.pushpull.http.LoopbackServer.reply;
import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dns;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Foreign peers and bad circumstances: each affects only its own exchange, which ends exactly once. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("live")
class BadPeersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X Y: 1",
                ": 1",
                "no colon",
                " folded from nothing",
                "X\u0000: 1",
                "X\u00fc: 1",
                "Content-Length: 1\r\nContent-Length: 2",
                "Content-Length: 18446744073709551626",
                "Transfer-Encoding: chunked\r\n\r\n-1"
            })
    void aMalformedHeaderEndsItsExchangeAndItsConnection(String header) throws Exception {
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> {
                    out.write(("HTTP/1.1 200 OK\r\n" + header + "\r\nContent-Length: 0\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
                    assertThat(socket.getInputStream().read()).isEqualTo(-1);
                });
                DirectHttpClient client = client(LONG)) {
            Exchange exchange = posted(client, server.url("/"), 1);
            assertThat(exchange.ending()).isEqualTo(Ending.CUT_OFF);
            assertThat(exchange.successful()).isFalse();
            assertThat(exchange.error()).isNotBlank().hasLineCount(1);
            assertThat(client.resent()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws", "error", "empty", "null", "nothing in it"})
    void whateverTheNameServiceThrowsEndsTheExchangeOnce(String kind) throws Exception {
        Dns bad = host -> {
            switch (kind) {
                case "throws" -> throw new IllegalStateException("on purpose");
                case "error" -> throw new AssertionError("on purpose");
                case "empty" -> {
                    return List.of();
                }
                case "null" -> {
                    return null;
                }
                default -> {
                    List<InetAddress> addresses = new ArrayList<>();
                    addresses.add(null);
                    return addresses;
                }
            }
        };
        try (DirectHttpClient client = new DirectHttpClient(settings(LONG, LONG), THREADS, bad)) {
            Exchange exchange = posted(client, "http://somewhere.test/", 1);
            assertThat(exchange.ending()).isEqualTo(Ending.REFUSED);
            assertThat(exchange.error()).isNotBlank();
        }
    }

    @Test
    void aNameThatIsNotFoundInTimeEndsTheExchangeOnceThoughItIsFoundLater() throws Exception {
        CountDownLatch found = new CountDownLatch(1);
        CountDownLatch returned = new CountDownLatch(1);
        Dns slow = host -> {
            try {
                found.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            returned.countDown();
            return List.of(InetAddress.getLoopbackAddress());
        };
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> reply(out, "200 OK", "", ""));
                DirectHttpClient client = new DirectHttpClient(settings(SHORT, LONG), THREADS, slow)) {
            Exchange exchange = posted(client, server.url("/"), 1);
            assertThat(exchange.ending()).isEqualTo(Ending.REFUSED);
            assertThat(exchange.error()).isEqualTo("no connection within the time allowed");
            found.countDown();
            returned.await();
            assertThat(posted(client, server.url("/"), 1).successful()).isTrue();
            assertThat(server.requests()).as("the first was never sent").isEqualTo(1);
        }
    }

    @Test
    void withoutAThreadToBeHadAnExchangeIsRefused() throws Exception {
        ThreadPoolExecutor none = new ThreadPoolExecutor(0, 9, 1, TimeUnit.DAYS, new SynchronousQueue<>(), work -> {
            throw new OutOfMemoryError("on purpose: unable to create native thread");
        });
        try (DirectHttpClient client = new DirectHttpClient(settings(LONG, LONG), none, THREADS, Dns.SYSTEM)) {
            Exchange exchange = posted(client, "http://127.0.0.1:9/", 1);
            assertThat(exchange.ending()).isEqualTo(Ending.REFUSED);
            assertThat(exchange.error()).isEqualTo("the system gives this program no more threads");
        }
    }

    @Test
    void theTimeForAnAnswerCoversTheHandshakeOfTls() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                DirectHttpClient client = client(SHORT)) {
            Exchange exchange = posted(client, "https://127.0.0.1:" + silent.getLocalPort() + "/", 1);
            assertThat(exchange.ending()).isEqualTo(Ending.TIMED_OUT);
        }
    }

    @ParameterizedTest
    @CsvSource({"http, 12", "https, 12"})
    void peersThatStopReadingDelayNoTimeoutOfAnother(String scheme, int bytesInMiB) throws Exception {
        try (NotReadingPeer peer = new NotReadingPeer(scheme);
                ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                DirectHttpClient client = client(Duration.ofSeconds(1))) {
            eventually("a connection stands, so that its peer stops in the middle of a request", () -> {
                CompletableFuture<Exchange> first = post(client, peer.url(), 1);
                peer.answerUntil(first::isDone);
                return first.join().successful();
            });
            List<CompletableFuture<Exchange>> stuck = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                stuck.add(post(client, peer.url(), bytesInMiB << 20));
            }
            Exchange other = posted(client, "http://127.0.0.1:" + silent.getLocalPort() + "/", 1);
            assertThat(other.ending()).isEqualTo(Ending.TIMED_OUT);
            for (CompletableFuture<Exchange> one : stuck) {
                assertThat(one.get(20, TimeUnit.SECONDS).ending()).isEqualTo(Ending.TIMED_OUT);
            }
            assertThat(posted(client, "http://127.0.0.1:" + silent.getLocalPort() + "/", 1)
                            .ending())
                    .as("and the next")
                    .isEqualTo(Ending.TIMED_OUT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void whoAnswersWithoutReadingHoldsUpNoCaller(String scheme) throws Exception {
        try (NotReadingPeer peer = new NotReadingPeer(scheme);
                DirectHttpClient client = client(LONG)) {
            for (int i = 0; i < 300; i++) {
                CompletableFuture<CompletableFuture<Exchange>> call =
                        CompletableFuture.supplyAsync(() -> post(client, peer.url(), 60_000));
                CompletableFuture<Exchange> over = call.get(10, TimeUnit.SECONDS);
                peer.answerUntil(over::isDone);
                assertThat(over.join().status()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 99999999999\r\n\r\n",
                "Connection: close\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n1;",
                "Transfer-Encoding: chunked\r\n\r\n0\r\nT: "
            })
    void ofAnAnswerWithoutEndTheStatusCountsAndAMebibyteIsReadAtMost(String head) throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> {
                    connections.incrementAndGet();
                    out.write(("HTTP/1.1 200 OK\r\n" + head).getBytes(StandardCharsets.US_ASCII));
                    byte[] some = "1\r\nx\r\n".repeat(2_000).getBytes(StandardCharsets.US_ASCII);
                    if (head.endsWith("1;") || head.endsWith("T: ")) {
                        java.util.Arrays.fill(some, (byte) 'e');
                    }
                    for (int i = 0; i < 10_000; i++) {
                        out.write(some);
                    }
                });
                DirectHttpClient client = client(LONG)) {
            for (int i = 1; i <= 3; i++) {
                Exchange exchange = posted(client, server.url("/"), 1);
                assertThat(exchange.ending()).isEqualTo(Ending.ANSWERED);
                assertThat(exchange.successful()).isTrue();
                assertThat(exchange.bytesReceived()).isLessThan(1_200_000);
                assertThat(connections.get()).as("none is kept").isEqualTo(i);
            }
            assertThat(client.totals(0).bytesReceived()).isLessThan(3_600_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 103 Early Hints\r\n\r\n", "X: y\r\n"})
    void headsWithoutEndAreAnError(String part) throws Exception {
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> {
                    out.write("HTTP/1.1 102 Processing\r\n".getBytes(StandardCharsets.US_ASCII));
                    out.write(part.startsWith("HTTP") ? "\r\n".getBytes(StandardCharsets.US_ASCII) : new byte[0]);
                    byte[] some = part.repeat(100).getBytes(StandardCharsets.US_ASCII);
                    while (true) {
                        out.write(some);
                    }
                });
                DirectHttpClient client = client(LONG)) {
            Exchange exchange = posted(client, server.url("/"), 1);
            assertThat(exchange.ending()).isEqualTo(Ending.CUT_OFF);
            assertThat(exchange.error()).isEqualTo("more than 64 KB of headers");
            assertThat(exchange.bytesReceived()).isLessThan(100_000);
        }
    }

    @Test
    void anAnswerToNothingClosesTheConnection() throws Exception {
        CompletableFuture<Integer> end = new CompletableFuture<>();
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> {
                    reply(out, "200 OK", "", "");
                    if (request.number() == 1) {
                        TimeUnit.MILLISECONDS.sleep(20);
                        out.write('H');
                        end.complete(socket.getInputStream().read());
                    }
                });
                DirectHttpClient client = client(LONG)) {
            posted(client, server.url("/"), 1);
            assertThat(end.get(20, TimeUnit.SECONDS)).isEqualTo(-1);
        }
    }

    @Test
    void nothingIsKeptOfEndpointsWithoutAConnection() throws Exception {
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> {
                    reply(out, "200 OK", "", "");
                    socket.close();
                });
                DirectHttpClient client = new DirectHttpClient(
                        settings(LONG, LONG), THREADS, host -> List.of(InetAddress.getLoopbackAddress()))) {
            for (int i = 0; i < 50; i++) {
                String url = "http://c" + i + ".test:" + server.port() + "/";
                assertThat(posted(client, url, 1).successful()).isTrue();
            }
            eventually("the connections are gone", () -> client.idleEndpoints() == 0);
        }
    }

    @Test
    void whatTheHandshakeThrowsEndsTheExchangeOnce() throws Exception {
        try (ServerSocket rubbish = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                DirectHttpClient client = client(LONG)) {
            CompletableFuture.runAsync(() -> {
                try (Socket socket = rubbish.accept()) {
                    OutputStream out = socket.getOutputStream();
                    out.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            Exchange exchange = posted(client, "https://127.0.0.1:" + rubbish.getLocalPort() + "/", 1);
            assertThat(exchange.ending()).isEqualTo(Ending.CUT_OFF);
            assertThat(exchange.error()).isNotBlank();
            assertThat(client.totals(0).bytesReceived()).isEqualTo(exchange.bytesReceived());
        }
    }
}
