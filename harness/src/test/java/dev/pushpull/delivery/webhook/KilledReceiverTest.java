package dev.pushpull.delivery.webhook;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.signing.Message;
import dev.pushpull.signing.StandardWebhooks;
import dev.pushpull.testing.ChildJvm;
import dev.pushpull.testing.PostgresCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the receiver at random moments, while a sender goes on until each webhook is acknowledged. */
@Tag("live")
class KilledReceiverTest {
    /** scripts/kill-loop asks for more. */
    private static final int KILLS = Integer.getInteger("pushpull.kills", 2);

    private static final int SENDERS = 4;
    private static final StandardWebhooks SCHEME = new StandardWebhooks();

    @TempDir
    private Path directory;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger repeated = new AtomicInteger();
    private volatile URI endpoint;
    private volatile boolean over;

    @Test
    void nothingAcknowledgedIsLostAndNothingIsProcessedTwice() throws Exception {
        killed(directory.resolve("inbox.db").toString(), KILLS);
    }

    @Test
    void norWithAPostgresql() throws Exception {
        try (PostgresCluster cluster = PostgresCluster.started(directory)) {
            killed(cluster.url(), Math.max(1, KILLS / 5));
        }
    }

    private void killed(String database, int kills) throws Exception {
        SplittableRandom random = new SplittableRandom(4);
        Thread[] senders = new Thread[SENDERS];
        ChildJvm receiver = new ChildJvm(ReceiverProcess.class, database);
        try {
            endpoint = URI.create(receiver.ready());
            for (int sender = 0; sender < SENDERS; sender++) {
                int number = sender;
                senders[sender] = new Thread(() -> send(number));
                senders[sender].start();
            }
            for (int kill = 0; kill < kills; kill++) {
                int before = acknowledged.size();
                eventually("some webhooks are acknowledged", () -> acknowledged.size() > before);
                Thread.sleep(random.nextInt(150)); // any moment will do
                receiver.kill();
                receiver = new ChildJvm(ReceiverProcess.class, database);
                endpoint = URI.create(receiver.ready());
            }
            over = true;
            for (Thread sender : senders) {
                sender.join();
            }
            eventually("all that is kept is processed", () -> count(database, "inbox WHERE processed_at IS NULL") == 0);
            assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(kills);
            Set<String> processed = processed(database);
            assertThat(processed).as("nothing acknowledged is lost").containsAll(acknowledged);
            long effects = count(database, "effect");
            assertThat(effects).as("nothing is processed twice").isEqualTo(processed.size());
            System.out.printf(
                    "receiver, %s: killed %d times; %,d acknowledged, %,d sent again; 0 lost, 0 processed twice%n",
                    database.startsWith("jdbc") ? "PostgreSQL" : "SQLite", kills, acknowledged.size(), repeated.get());
        } finally {
            over = true;
            receiver.close();
        }
    }

    /** Sends one webhook after another, each again and again until it is acknowledged, as a sender does. */
    private void send(int sender) {
        HttpClient client = HttpClient.newHttpClient();
        for (int number = 0; !over; number++) {
            String id = "evt_" + sender + "_" + number;
            int attempts = 0;
            while (!acknowledges(client, id)) {
                attempts++;
            }
            acknowledged.add(id);
            repeated.addAndGet(attempts > 0 ? 1 : 0);
        }
    }

    private boolean acknowledges(HttpClient client, String id) {
        byte[] body = ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers =
                SCHEME.sign(ReceiverProcess.SECRET, id, System.currentTimeMillis() / 1000, Message.of(body));
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(Duration.ofSeconds(2))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            pause(); // it is down
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static long count(String database, String what) {
        try (Connection connection = DriverManager.getConnection(ReceiverProcess.url(database));
                ResultSet rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM " + what)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> processed(String database) throws SQLException {
        Map<String, Boolean> ids = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection(ReceiverProcess.url(database));
                ResultSet rows = connection.createStatement().executeQuery("SELECT delivery_id FROM effect")) {
            while (rows.next()) {
                ids.put(rows.getString(1), true);
            }
        }
        return ids.keySet();
    }
}
