package dev.pushpull.http;

import static dev.pushpull.http.DirectPosts.LONG;
import static dev.pushpull.http.DirectPosts.await;
import static dev.pushpull.http.DirectPosts.client;
import static dev.pushpull.http.DirectPosts.post;
import static dev.pushpull.http.DirectPosts.posted;
import static dev.pushpull.http.LoopbackServer.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The connections of a {@link DirectHttpClient}: which of them carries what, and how long it is kept. */
@Timeout(60)
@Tag("live")
class DirectConnectionTest {
    @Test
    void aConnectionTakesNoMoreFileDescriptorsThanAreCountedForIt() throws Exception {
        int connections = 60;
        CountDownLatch arrived = new CountDownLatch(connections);
        CountDownLatch enough = new CountDownLatch(1);
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> {
                    arrived.countDown();
                    await(enough);
                    reply(out, "200 OK", "", "");
                });
                DirectHttpClient client = client(LONG)) {
            long before = openFiles();
            for (int i = 0; i < connections; i++) {
                post(client, server.url("/"), 1);
            }
            await(arrived);
            int atTheServer = connections;
            int noise = connections / 4;
            assertThat(openFiles() - before)
                    .isGreaterThanOrEqualTo(atTheServer + connections - noise)
                    .isLessThanOrEqualTo(
                            atTheServer + connections * DirectHttpClient.MOST_DESCRIPTORS_A_CONNECTION + noise);
        } finally {
            enough.countDown();
        }
    }

    private static long openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getOpenFileDescriptorCount()
                : abort("this system does not tell its open files");
    }

    @Test
    void overAnIdleConnectionTheCallerItselfSends() throws Exception {
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> reply(out, "200 OK", "", "ok"));
                DirectHttpClient client = client(LONG)) {
            posted(client, server.url("/"), 10);
            long before = client.totals(0).bytesSent();
            CompletableFuture<Exchange> second = post(client, server.url("/"), 10);
            assertThat(client.totals(0).bytesSent())
                    .as("sent when the call returns")
                    .isGreaterThan(before);
            second.get(20, TimeUnit.SECONDS);
            assertThat(client.totals(0).connections()).isEqualTo(1);
        }
    }

    @Test
    void aRequestBegunByAnAnswerGoesOverTheSameConnection() throws Exception {
        BlockingQueue<Exchange> answers = new LinkedBlockingQueue<>();
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> reply(out, "200 OK", "", "ok"));
                DirectHttpClient client = client(LONG)) {
            HttpUrl url = HttpUrl.get(server.url("/"));
            client.post(url, Map.of(), new byte[1], first -> {
                answers.add(first);
                client.post(url, Map.of(), new byte[1], answers::add);
            });
            assertThat(answers.poll(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(answers.poll(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(client.totals(0).connections()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionIdleForLongerThanItIsKeptIsNotUsedAgain() throws Exception {
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> reply(out, "200 OK", "", "ok"));
                DirectHttpClient client = client(LONG, Duration.ZERO, Dns.SYSTEM)) {
            posted(client, server.url("/"), 10);
            posted(client, server.url("/"), 10);
            assertThat(client.totals(0).connections()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionThatTheServerClosedWhileIdleIsReplaced() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        try (LoopbackServer server = new LoopbackServer((request, out, socket) -> {
                    reply(out, "200 OK", "", "");
                    if (request.number() == 1) {
                        socket.close();
                        closed.incrementAndGet();
                    }
                });
                DirectHttpClient client = client(LONG)) {
            assertThat(posted(client, server.url("/"), 1).successful()).isTrue();
            // the request that finds the connection just closing may be cut off, but not those after it
            posted(client, server.url("/"), 1);
            assertThat(posted(client, server.url("/"), 1).successful()).isTrue();
            assertThat(closed.get()).isEqualTo(1);
        }
    }
}
