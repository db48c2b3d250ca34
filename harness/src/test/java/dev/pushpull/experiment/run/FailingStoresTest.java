package dev.pushpull.experiment.run;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.measure.Recorder;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.testing.ScenarioDraft;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run whose databases fail says which one failed, and why. */
@Tag("live")
@Timeout(60)
class FailingStoresTest {
    private static final DeliveryMode WEBHOOK = DeliveryModes.all().stream()
            .filter(mode -> mode.name().equals("webhook"))
            .findFirst()
            .orElseThrow();

    @TempDir
    private Path directory;

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    private Scenario scenario(StoreAddress inbox, StoreAddress outbox) {
        Scenario scenario = ScenarioDraft.poisson(50, 2).scenario();
        return scenario.withWebhooks(scenario.webhooks().withInbox(inbox).withOutbox(outbox));
    }

    private void hide(String name, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file(name))) {
            connection.createStatement().execute("ALTER TABLE " + table + " RENAME TO hidden");
        }
    }

    @Test
    void anOutboxThatTakesNoSubscriptionIsNamedAndNotTheProvidersAnswer() throws Exception {
        Scenario scenario = scenario(StoreAddress.MEMORY, new StoreAddress(file("outbox.db")));
        Recorder recorder = ProviderSide.recorder(scenario, 0);
        try (ProviderSide provider = new ProviderSide(WEBHOOK, scenario, recorder)) {
            hide("outbox.db", "outbox_subscription");
            IOException refused = catchThrowableOfType(
                    IOException.class,
                    () -> new ConsumerSide(WEBHOOK, provider.provider().address(), scenario, recorder));
            assertThat(ProviderSide.cause(provider.failures(), refused))
                    .message()
                    .startsWith("the database ")
                    .contains("outbox.db failed: ")
                    .doesNotContain("tried again", "status");
        }
    }

    @Test
    void anInboxThatKeepsNothingIsNamedInTheBooks() throws Exception {
        Scenario scenario = scenario(new StoreAddress(file("inbox.db")), StoreAddress.MEMORY);
        try (LiveTrial trial = new LiveTrial(WEBHOOK, scenario, 0)) {
            hide("inbox.db", "inbox");
            trial.start(System.nanoTime());
            URI events = trial.provider().provider().address().resolve("/events");
            String stream = scenario.events().streamName(0);
            HttpResponse<String> posted = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(events)
                                    .POST(HttpRequest.BodyPublishers.ofString(
                                            "{\"stream\":\"" + stream + "\",\"type\":\"order\",\"data\":{}}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(posted.statusCode()).isEqualTo(201);
            eventually("it is known", () -> !trial.books().failures().isEmpty());
            assertThat(trial.books().failures()).singleElement().asString().contains("inbox.db failed: ");
        }
    }
}
