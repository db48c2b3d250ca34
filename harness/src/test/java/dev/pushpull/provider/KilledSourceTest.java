package dev.pushpull.provider;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.testing.ChildJvm;
import io.undertow.Undertow;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of the source at random moments: an event that it acknowledged reaches its subscriber and its
 * pollers.
 */
@Tag("live")
class KilledSourceTest {
    /** scripts/kill-loop asks for more. */
    private static final int KILLS = Integer.getInteger("pushpull.kills", 2);

    private static final int CLIENTS = 4;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpString WEBHOOK_ID = new HttpString("webhook-id");

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> arrived = new ConcurrentHashMap<>();
    private volatile URI source;
    private volatile boolean over;

    @Test
    void noEventItHasTakenIsLost() throws Exception {
        String database = directory.resolve("outbox.db").toString();
        SplittableRandom random = new SplittableRandom(5);
        Undertow receiver = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(exchange -> arrived.computeIfAbsent(
                                exchange.getRequestHeaders().getFirst(WEBHOOK_ID), id -> new AtomicInteger())
                        .incrementAndGet())
                .build();
        receiver.start();
        ChildJvm provider = new ChildJvm(SourceProcess.class, database);
        try {
            source = URI.create(provider.ready());
            int port = ((InetSocketAddress) receiver.getListenerInfo().get(0).getAddress()).getPort();
            assertThat(post("/subscriptions", "{\"url\":\"http://127.0.0.1:" + port + "/\"}")
                            .statusCode())
                    .isEqualTo(201);
            Thread[] clients = new Thread[CLIENTS];
            for (int i = 0; i < CLIENTS; i++) {
                clients[i] = new Thread(this::sendEvents);
                clients[i].start();
            }
            for (int kill = 0; kill < KILLS; kill++) {
                int before = accepted.size();
                eventually("some events are taken", () -> accepted.size() > before);
                Thread.sleep(random.nextInt(150)); // any moment will do
                provider.kill();
                provider = new ChildJvm(SourceProcess.class, database);
                source = URI.create(provider.ready());
            }
            over = true;
            for (Thread thread : clients) {
                thread.join();
            }
            assertThat(accepted).hasSizeGreaterThanOrEqualTo(KILLS);
            eventually(
                    "every event that was taken is pushed",
                    () -> arrived.keySet().containsAll(accepted));
            assertThat(polled()).as("and can be polled").containsAll(accepted);
            long twice =
                    arrived.values().stream().filter(count -> count.get() > 1).count();
            System.out.printf(
                    "source, SQLite: killed %d times; %,d events taken, %,d of them pushed twice; 0 lost%n",
                    KILLS, accepted.size(), twice);
        } finally {
            over = true;
            provider.close();
            receiver.stop();
        }
    }

    private void sendEvents() {
        while (!over) {
            try {
                HttpResponse<String> answer = post("/events", "{\"type\":\"test.event\",\"data\":{}}");
                if (answer.statusCode() == 201) {
                    accepted.add(JSON.readTree(answer.body()).path("id").asText());
                }
            } catch (IOException e) {
                pause(); // it is down, and it is unknown whether it kept the event
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(source.resolve(path))
                        .timeout(Duration.ofSeconds(5))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Set<String> polled() throws IOException, InterruptedException {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        String after = "";
        boolean more = true;
        while (more) {
            JsonNode page = JSON.readTree(client.send(
                            HttpRequest.newBuilder(source.resolve("/events?limit=1000" + after))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body());
            page.path("data").forEach(event -> ids.add(event.path("id").asText()));
            after = "&after=" + page.path("next_cursor").asText();
            more = page.path("has_more").asBoolean();
        }
        return ids;
    }
}
