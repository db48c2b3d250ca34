package dev.pushpull.standalone;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.store.Outbox;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.testing.ScenarioDraft;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A source whose database fails for a while reports it and goes on. */
@Timeout(60)
@Tag("live")
class ServingTroublesTest {
    @TempDir
    private Path directory;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    private String file() {
        return directory.resolve("outbox.db").toString();
    }

    private Serving serving() throws Exception {
        Scenario scenario = ScenarioDraft.poisson(50, 600).scenario();
        Scenario.Webhooks webhooks = scenario.webhooks().withOutbox(new StoreAddress(file()));
        ProviderSettings settings = new ProviderSettings("127.0.0.1", 0, 1000, webhooks, 1, Set.of());
        return new Serving(settings, scenario, Outbox.FOREVER, told::add);
    }

    private void byAnotherHand(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            connection.createStatement().execute(sql);
        }
    }

    private long rows(String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                ResultSet count = connection.createStatement().executeQuery("SELECT COUNT(*) FROM " + table)) {
            return count.getLong(1);
        }
    }

    private static long events(Serving serving) {
        return (long) serving.figures().get("events");
    }

    private static long notKept(Serving serving) {
        return (long) serving.figures().get("events_not_kept");
    }

    private int post(Serving serving, String path) throws Exception {
        URI address = serving.address().resolve(path);
        return client.send(
                        HttpRequest.newBuilder(address)
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void eventsGoOnWhenTheDatabaseIsThereAgain() throws Exception {
        try (Serving serving = serving()) {
            serving.start();
            eventually("events occur", () -> events(serving) > 3);
            byAnotherHand("ALTER TABLE outbox_event RENAME TO hidden");
            eventually("it is said", () -> !told.isEmpty());
            long before = events(serving);
            byAnotherHand("ALTER TABLE hidden RENAME TO outbox_event");
            eventually("events go on", () -> events(serving) > before + 5);
            serving.stop(1_000_000_000);
            assertThat(told.get(0)).contains("outbox.db failed").hasLineCount(1);
            assertThat(notKept(serving))
                    .as("one commit that is tried again loses nothing")
                    .isZero();
            assertThat(serving.trouble())
                    .hasValueSatisfying(line -> assertThat(line).contains("failed"));
            assertThat(rows("outbox_event")).isEqualTo(events(serving));
        }
    }

    @Test
    void anEventThatCouldNotBeKeptDoesNotOccurAndTheEndTellsOfIt() throws Exception {
        try (Serving serving = serving()) {
            serving.start();
            eventually("events occur", () -> events(serving) > 3);
            byAnotherHand("CREATE TRIGGER refuse BEFORE INSERT ON outbox_event BEGIN SELECT RAISE(ABORT, 'no'); END");
            eventually("some are not kept", () -> notKept(serving) >= 2);
            byAnotherHand("DROP TRIGGER refuse");
            long before = events(serving);
            eventually("events go on", () -> events(serving) > before + 3);
            serving.stop(1_000_000_000);
            assertThat(rows("outbox_event")).isEqualTo(events(serving));
            assertThat(told).as("of several in a row one line tells").hasSize(1);
            assertThat(told.get(0)).contains("could not be kept");
            assertThat(serving.trouble())
                    .hasValueSatisfying(
                            line -> assertThat(line).contains(notKept(serving) + " events could not be kept"));
        }
    }

    @Test
    void whatWasDueAndNeverTriedIsCounted() throws Exception {
        try (Serving serving = serving()) {
            serving.start();
            eventually("events occur", () -> events(serving) > 3);
            byAnotherHand("ALTER TABLE outbox_event RENAME TO hidden");
            eventually("an event is given up", () -> notKept(serving) > 0);
            long occurred = events(serving);
            serving.stop(1_000_000_000);
            long notReached = (long) serving.figures().get("events_not_reached");
            assertThat(notReached).as("of fifty a second").isGreaterThan(50);
            assertThat(serving.trouble())
                    .hasValueSatisfying(line -> assertThat(line)
                            .contains(" that were due did not occur, since the schedule was ", " s behind"));
            assertThat(events(serving)).isEqualTo(occurred);
        }
        assertThat(told).noneMatch(line -> line.contains("works again"));
    }

    @Test
    void eventsThatComeInOneBurstAfterAFailureAreSaidToBeLate() throws Exception {
        try (Serving serving = serving()) {
            serving.start();
            eventually("events occur", () -> events(serving) > 3);
            byAnotherHand("ALTER TABLE outbox_event RENAME TO hidden");
            eventually("an event is given up", () -> notKept(serving) > 0);
            byAnotherHand("ALTER TABLE hidden RENAME TO outbox_event");
            long before = events(serving);
            eventually("events go on", () -> events(serving) > before + 60);
            serving.stop(1_000_000_000);
            assertThat(serving.trouble())
                    .hasValueSatisfying(line ->
                            assertThat(line).containsPattern("[0-9]+ events occurred late, by up to [0-9.]+ s"));
        }
    }

    /** Another process holds the lock for longer than one try waits for it. */
    @Test
    @Tag("slow")
    void aLockOfTwelveSecondsStopsNothingForGood() throws Exception {
        try (Serving serving = serving();
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            serving.start();
            eventually("events occur", () -> events(serving) > 3);
            other.createStatement().execute("BEGIN IMMEDIATE");
            CompletableFuture<HttpResponse<String>> posted = client.sendAsync(
                    HttpRequest.newBuilder(serving.address().resolve("/subscriptions"))
                            .POST(HttpRequest.BodyPublishers.ofString("{\"url\":\"http://127.0.0.1:9/hook\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            TimeUnit.SECONDS.sleep(12); // the lock is held for a time, and longer when the one that waits is slow
            eventually("it is said", () -> !told.isEmpty());
            assertThat(client.send(
                                    HttpRequest.newBuilder(serving.address().resolve("/events"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .as("pollers are served meanwhile")
                    .isEqualTo(200);
            long before = events(serving);
            other.createStatement().execute("COMMIT");
            eventually("events go on", () -> events(serving) > before + 5);
            assertThat(posted.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(201);
            serving.stop(1_000_000_000);
            assertThat(notKept(serving)).isZero();
            assertThat(rows("outbox_event")).isEqualTo(events(serving));
            assertThat(told).hasSize(2);
            assertThat(told.get(0)).contains("outbox.db failed", "it is tried again");
            assertThat(told.get(1)).contains("works again");
            assertThat(serving.trouble()).isPresent();
        }
    }

    @Test
    void startingWhatWasStoppedForGoodIsNoSuccess() throws Exception {
        try (Serving serving = serving()) {
            assertThat(post(serving, "/control/start")).isEqualTo(200);
            assertThat(post(serving, "/control/stop")).isEqualTo(200);
            assertThat(post(serving, "/control/start")).isEqualTo(409);
            assertThat(serving.trouble()).isEmpty();
        }
    }
}
