package dev.pushpull.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Dns;
import okhttp3.HttpUrl;

/** A {@link DirectHttpClient}, what it posts, and a check that each post ends once. */
final class DirectPosts {
    private DirectPosts() {}

    /** Long enough never to expire on a busy machine. */
    static final Duration LONG = Duration.ofSeconds(30);

    static final Duration SHORT = Duration.ofMillis(200);
    static final RoleThreads THREADS = new RoleThreads("direct", RoleThreads.PROVIDER);

    static DirectHttpClient.Settings settings(Duration connect, Duration response) {
        return new DirectHttpClient.Settings(connect, response, LONG, RunCertificate.ofThisRun()::clientSockets);
    }

    static DirectHttpClient client(Duration response) {
        return new DirectHttpClient(settings(LONG, response), THREADS, Dns.SYSTEM);
    }

    /** @param keptIdle how long an idle connection is kept */
    static DirectHttpClient client(Duration response, Duration keptIdle, Dns dns) {
        return new DirectHttpClient(
                new DirectHttpClient.Settings(LONG, response, keptIdle, RunCertificate.ofThisRun()::clientSockets),
                THREADS,
                dns);
    }

    static CompletableFuture<Exchange> post(PostClient client, String url, int bytes) {
        CompletableFuture<Exchange> over = new CompletableFuture<>();
        client.post(HttpUrl.get(url), Map.of("X-Test", "1"), new byte[bytes], exchange -> {
            if (!over.complete(exchange)) {
                throw new AssertionError("it ended twice");
            }
        });
        return over;
    }

    static Exchange posted(PostClient client, String url, int bytes) throws Exception {
        return post(client, url, bytes).get(40, TimeUnit.SECONDS);
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
