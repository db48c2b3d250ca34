package dev.pushpull.standalone;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import dev.pushpull.delivery.webhook.Exposure;
import dev.pushpull.host.EpochClock;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.signing.Message;
import dev.pushpull.signing.SignatureScheme;
import dev.pushpull.signing.SignatureSchemes;
import dev.pushpull.store.Effect;
import dev.pushpull.store.Inbox;
import dev.pushpull.store.Outbox;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.testing.RawClient;
import dev.pushpull.testing.ScenarioDraft;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver tells of every item that it takes, as it takes it. */
@Timeout(60)
@Tag("live")
class ReceivingTest {
    private static final SignatureScheme GITHUB =
            SignatureSchemes.named("github").orElseThrow();
    private static final String SECRET = "s3cret";
    private static final PushPointers ALERTS = new PushPointers(
            Optional.of(JsonPointer.compile("/alerts")),
            Optional.of(JsonPointer.compile("/id")),
            Optional.of(JsonPointer.compile("/state")),
            List.of(),
            Optional.empty());

    @TempDir
    private Path directory;

    private final List<Sighting> seen = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final ItemListener listener = new ItemListener() {
        @Override
        public void saw(Sighting sighting) {
            seen.add(sighting);
        }
    };

    private static Receiving.Setup setup(String inbox, PushPointers pointers, String... paths) {
        return new Receiving.Setup(
                "127.0.0.1",
                0,
                GITHUB,
                SECRET,
                Optional.empty(),
                "",
                Optional.empty(),
                new StoreAddress(inbox),
                new Exposure(Optional.empty(), false, List.of(paths), Optional.empty()),
                pointers,
                Inbox.FOREVER);
    }

    private Receiving receiving(Receiving.Setup setup) throws IOException {
        return new Receiving(setup, line -> {}, told::add, listener, new EpochClock(NanoClock.SYSTEM));
    }

    private static int post(URI at, String path, String id, String body) throws IOException {
        List<String> headers = new ArrayList<>();
        GITHUB.sign(SECRET, id, 0, Message.of(body.getBytes(StandardCharsets.UTF_8)))
                .forEach((name, value) -> headers.add(name + ": " + value));
        try (RawClient client = new RawClient(at)) {
            return client.post(path, body, headers.toArray(String[]::new)).status();
        }
    }

    private static int post(URI at, String id, String body) throws IOException {
        return post(at, at.getPath(), id, body);
    }

    private List<String> shown() {
        return seen.stream()
                .map(one -> one.id() + " " + one.version() + (one.repeated() ? " again" : ""))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "sqlite"})
    void itTellsOfEveryItemAndOfThoseThatComeAgain(String inbox) throws Exception {
        String both = "{\"alerts\":[{\"id\":\"a\",\"state\":\"on\"},{\"id\":\"b\",\"state\":\"on\"}]}";
        String later = "{\"alerts\":[{\"id\":\"a\",\"state\":\"off\"},{\"id\":\"b\",\"state\":\"on\"}]}";
        try (Receiving receiving = receiving(setup(inbox, ALERTS))) {
            long before = System.nanoTime();
            assertThat(post(receiving.address(), "d1", both)).isEqualTo(200);
            assertThat(post(receiving.address(), "d1", both)).isEqualTo(200);
            assertThat(post(receiving.address(), "d2", later)).isEqualTo(200);
            receiving.stop(TimeUnit.SECONDS.toNanos(20));
            assertThat(shown()).containsExactly("a on", "b on", "a on again", "b on again", "a off", "b on again");
            assertThat(seen).extracting(Sighting::poll).containsOnly(0L);
            assertThat(seen)
                    .extracting(Sighting::atNanos)
                    .isSorted()
                    .allSatisfy(at -> assertThat(at).isBetween(before, System.nanoTime()));
            assertThat(receiving.figures())
                    .containsEntry("delivered", 2L)
                    .containsEntry("duplicates", 1L)
                    .containsEntry("items", 3L)
                    .containsEntry("items_repeated", 3L);
            assertThat(receiving.items().rows()).hasSize(6);
            assertThat(receiving.deliveries().rows()).hasSize(2);
        }
    }

    @Test
    void aWebhookThatWasAcknowledgedBeforeARestartIsSplitAfterItAndItsDuplicateIsKnown() throws Exception {
        String file = directory.resolve("inbox.db").toString();
        String body = "{\"alerts\":[{\"id\":\"a\",\"state\":\"on\"},{\"id\":\"b\",\"state\":\"on\"}]}";
        long receivedNanos = System.nanoTime();
        try (Inbox killed = Inbox.open(
                new StoreAddress(file),
                new Inbox.Settings("receive", 10, 10, Effect.NONE, Inbox.FOREVER, line -> {}),
                Thread::new)) {
            killed.save(0, "d1", body.getBytes(StandardCharsets.UTF_8), receivedNanos)
                    .get();
        }
        long restartedNanos = System.nanoTime();
        try (Receiving receiving = receiving(setup(file, ALERTS))) {
            eventually("what was acknowledged is told", () -> seen.size() == 2);
            assertThat(post(receiving.address(), "d1", body)).isEqualTo(200);
            receiving.stop(TimeUnit.SECONDS.toNanos(20));
        }
        assertThat(shown()).containsExactly("a on", "b on", "a on again", "b on again");
        assertThat(seen.get(0).atNanos())
                .as("when it was received, not when it was processed")
                .isLessThan(restartedNanos);
        seen.clear();
        try (Receiving receiving = receiving(setup(file, ALERTS))) {
            assertThat(post(receiving.address(), "d1", body)).isEqualTo(200);
            receiving.stop(TimeUnit.SECONDS.toNanos(20));
            assertThat(receiving.figures()).containsEntry("delivered", 0L).containsEntry("duplicates", 1L);
        }
        assertThat(shown()).as("after it was processed, too").containsExactly("a on again", "b on again");
    }

    @Test
    void eachPathIsAnEndpointAndAnyOtherIsUnknown() throws Exception {
        try (Receiving receiving = receiving(setup("memory", PushPointers.NONE, "/a", "/b/c"))) {
            assertThat(receiving.address().getPath()).isEqualTo("/a");
            assertThat(post(receiving.address(), "/a", "d1", "{}")).isEqualTo(200);
            assertThat(post(receiving.address(), "/b/c", "d1", "{}")).isEqualTo(200);
            assertThat(post(receiving.address(), "/b", "d1", "{}")).isEqualTo(404);
            assertThat(post(receiving.address(), "/webhooks/0", "d1", "{}")).isEqualTo(404);
            receiving.stop(TimeUnit.SECONDS.toNanos(20));
            assertThat(receiving.deliveries().rows())
                    .extracting(row -> row.get(1))
                    .as("the same id at another endpoint is another webhook")
                    .containsExactly(0L, 1L);
            assertThat(receiving.figures()).containsEntry("refused_no_such_endpoint", 2L);
        }
    }

    @Test
    void rubbishHarmsOnlyItsOwnMessage() throws Exception {
        try (Receiving receiving = receiving(setup("memory", ALERTS))) {
            String good = "{\"alerts\":[{\"id\":\"a\",\"state\":\"on\"}]}";
            List<String> bodies = List.of("", "{", "[".repeat(100_000), "\u0000", "{\"alerts\":{\"alerts\":[]}}", good);
            for (int i = 0; i < bodies.size(); i++) {
                assertThat(post(receiving.address(), "d" + i, bodies.get(i))).isEqualTo(200);
            }
            receiving.stop(TimeUnit.SECONDS.toNanos(20));
            assertThat(receiving.figures()).containsEntry("delivered", (long) bodies.size());
            assertThat(shown()).endsWith("a on");
        }
    }

    @Test
    void aPointerThatMatchesNothingIsToldWhileItRuns() throws Exception {
        try (Receiving receiving = receiving(setup("memory", ALERTS))) {
            for (int i = 0; i < 10; i++) {
                post(receiving.address(), "d" + i, "{\"items\":[" + i + "]}");
            }
            eventually("it is told", () -> !told.isEmpty());
            assertThat(told).singleElement().asString().contains("--push-items '/alerts' matched none of 10");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard-webhooks", "stripe", "github", "gitlab", "shopify", "twilio", "slack"})
    void subscribedAtOursItTellsOfTheEventsThatOccurred(String scheme) throws Exception {
        Scenario scenario = ScenarioDraft.poisson(50, 0.3).scenario();
        ProviderSettings settings = new ProviderSettings("127.0.0.1", 0, 1000, scenario.webhooks(), 1, Set.of());
        try (Serving serving = new Serving(settings, scenario, Outbox.FOREVER, told::add)) {
            Receiving.Setup at = setup("memory", PushPointers.NONE);
            Receiving.Setup subscribing = new Receiving.Setup(
                    at.host(),
                    0,
                    SignatureSchemes.named(scheme).orElseThrow(),
                    "",
                    Optional.of(serving.address()),
                    "",
                    Optional.empty(),
                    at.inbox(),
                    at.exposure(),
                    at.pointers(),
                    at.keepNanos());
            try (Receiving receiving = receiving(subscribing)) {
                serving.start();
                serving.await(new Interruption(), TimeUnit.MILLISECONDS.toNanos(400));
                serving.stop(TimeUnit.SECONDS.toNanos(20));
                receiving.stop(TimeUnit.SECONDS.toNanos(20));
                assertThat(seen).isNotEmpty().allSatisfy(one -> {
                    assertThat(one.id()).startsWith("evt_");
                    assertThat(one.sourceEpochNanos()).isPresent();
                });
                assertThat((long) seen.size()).isEqualTo(serving.figures().get("events"));
                assertThat(seen).extracting(Sighting::id).doesNotHaveDuplicates();
            }
        }
    }
}
