package dev.pushpull.http;

import static dev.pushpull.http.DirectPosts.LONG;
import static dev.pushpull.http.DirectPosts.posted;
import static dev.pushpull.http.LoopbackServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OkHttp in the place of our own client: the same holds, and some more. */
class OkHttpPostClientTest extends DirectHttpClientTest {
    @Override
    PostClient client(Duration connect, Duration response, Dns dns) {
        return new OkHttpPostClient(connect, response, Transport.PLAIN, DirectPosts.THREADS, dns);
    }

    @Test
    void aHostThatIsAnAddressIsVettedThoughOkHttpAsksNobodyAboutIt() throws Exception {
        Dns none = host -> {
            throw new UnknownHostException("'" + host + "' is not allowed");
        };
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> reply(out, "200 OK", "", ""));
                PostClient client = client(LONG, LONG, none)) {
            Exchange exchange = posted(client, "http://127.0.0.1:" + server.port() + "/", 1);
            assertThat(exchange.ending()).isEqualTo(Ending.REFUSED);
            assertThat(exchange.error()).contains("not allowed");
            assertThat(server.connections()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws", "error", "empty", "null", "sleeps"})
    void whateverTheNameServiceDoesTheExchangeEnds(String kind) throws Exception {
        Dns bad = host -> switch (kind) {
            case "throws" -> throw new IllegalStateException("on purpose");
            case "error" -> throw new StackOverflowError();
            case "empty" -> List.of();
            case "null" -> null;
            default -> {
                try {
                    TimeUnit.HOURS.sleep(1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                yield List.of();
            }
        };
        try (PostClient client = client(DirectPosts.SHORT, LONG, bad)) {
            Exchange exchange = posted(client, "http://somewhere.invalid/", 1);
            assertThat(exchange.ending()).isEqualTo(Ending.REFUSED);
            assertThat(exchange.error()).isNotBlank().hasLineCount(1);
        }
    }

    @Test
    void withoutAThreadToBeHadAnExchangeIsRefused() throws Exception {
        ThreadPoolExecutor none = new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        try (PostClient client = new OkHttpPostClient(LONG, LONG, Transport.PLAIN, none, Dns.SYSTEM)) {
            Exchange exchange = posted(client, "http://127.0.0.1:9/", 1);
            assertThat(exchange.ending()).isEqualTo(Ending.REFUSED);
            assertThat(exchange.error()).contains("no more threads");
        }
    }

    @Test
    void aRequestIsAsLongAsOneOfOurOwnClient() throws Exception {
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> reply(out, "200 OK", "", ""));
                PostClient own = DirectPosts.client(LONG);
                PostClient okHttp = client(LONG, LONG, Dns.SYSTEM)) {
            for (int bytes : new int[] {0, 1_000, 100_000}) {
                assertThat(posted(okHttp, server.url("/hook?a=b%20c"), bytes).bytesSent())
                        .isEqualTo(
                                posted(own, server.url("/hook?a=b%20c"), bytes).bytesSent());
            }
        }
    }
}
