package dev.pushpull.http;

import static dev.pushpull.http.DirectPosts.LONG;
import static dev.pushpull.http.DirectPosts.SHORT;
import static dev.pushpull.http.DirectPosts.posted;
import static dev.pushpull.http.LoopbackServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A post over a connection that broke is sent again once, if the first cannot have had an effect. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("live")
class SentAgainTest {
    /** What is tested. */
    PostClient client(Duration response) {
        return DirectPosts.client(response);
    }

    @Test
    void whatMetAConnectionThatWasClosedIsSentAgainOnceAndCounted() throws Exception {
        int burst = 40;
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> {
                    reply(out, "200 OK", "", ""); // and does not say that it is the last
                    socket.getInputStream().read();
                    socket.close();
                });
                PostClient client = client(LONG)) {
            List<CompletableFuture<Exchange>> exchanges = new ArrayList<>();
            for (int i = 0; i < burst; i++) {
                CompletableFuture<Exchange> second = new CompletableFuture<>();
                exchanges.add(second);
                client.post(
                        HttpUrl.get(server.url("/")),
                        Map.of(),
                        new byte[100],
                        first -> client.post(HttpUrl.get(server.url("/")), Map.of(), new byte[100], second::complete));
            }
            for (CompletableFuture<Exchange> one : exchanges) {
                Exchange exchange = one.get(20, TimeUnit.SECONDS);
                assertThat(exchange.successful()).as(exchange.error()).isTrue();
            }
            assertThat(client.resent()).isPositive();
            assertThat(server.requests()).as("that arrived whole").isEqualTo(2 * burst);
        }
    }

    @Test
    void whatIsCutOffAgainIsNotSentAThirdTime() throws Exception {
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> {
                    if (request.number() == 1) {
                        reply(out, "200 OK", "", "");
                    } else {
                        socket.close();
                    }
                });
                PostClient client = client(LONG)) {
            posted(client, server.url("/"), 1);
            Exchange second = posted(client, server.url("/"), 1);
            assertThat(second.ending()).isEqualTo(Ending.CUT_OFF);
            assertThat(server.requests()).isEqualTo(3);
            assertThat(client.resent()).isEqualTo(1);
            assertThat(second.bytesSent()).isEqualTo(client.totals(0).bytesSent() * 2 / 3);
        }
    }

    @Test
    void neitherAByteOfAnAnswerNorATimeoutLetsARequestBeSentAgain() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> {
                    if (request.number() % 2 == 1) {
                        reply(out, "200 OK", "", "");
                    } else if (requests.getAndIncrement() == 0) {
                        out.write('H');
                        socket.close();
                    } else {
                        socket.getInputStream().read();
                    }
                });
                PostClient client = client(SHORT)) {
            assertThat(posted(client, server.url("/"), 1).successful()).isTrue();
            assertThat(posted(client, server.url("/"), 1).ending()).isEqualTo(Ending.CUT_OFF);
            assertThat(posted(client, server.url("/"), 1).successful()).isTrue();
            assertThat(posted(client, server.url("/"), 1).ending()).isEqualTo(Ending.TIMED_OUT);
            assertThat(server.requests()).isEqualTo(4);
            assertThat(client.resent()).isZero();
        }
    }

    @Test
    void theTimeForAnAnswerGoesOnWhenItIsSentAgain() throws Exception {
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> {
                    if (request.number() == 1) {
                        reply(out, "200 OK", "", "");
                    } else if (request.number() == 2) {
                        TimeUnit.MILLISECONDS.sleep(SHORT.toMillis() * 3 / 4);
                        socket.close();
                    } else {
                        TimeUnit.MILLISECONDS.sleep(SHORT.toMillis() * 3 / 4);
                        reply(out, "200 OK", "", "");
                    }
                });
                PostClient client = client(SHORT)) {
            posted(client, server.url("/"), 1);
            assertThat(posted(client, server.url("/"), 1).ending()).isEqualTo(Ending.TIMED_OUT);
        }
    }
}
