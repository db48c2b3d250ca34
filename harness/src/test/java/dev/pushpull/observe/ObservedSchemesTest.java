package dev.pushpull.observe;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.delivery.webhook.Exposure;
import dev.pushpull.host.EpochClock;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.scenario.ObservedPair;
import dev.pushpull.scenario.ObservedPair.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.signing.SignatureSchemes;
import dev.pushpull.standalone.EndpointPolling;
import dev.pushpull.standalone.ItemListener;
import dev.pushpull.standalone.ItemPointers;
import dev.pushpull.standalone.PushPointers;
import dev.pushpull.standalone.Receiving;
import dev.pushpull.standalone.Serving;
import dev.pushpull.store.Inbox;
import dev.pushpull.store.Outbox;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.testing.ScenarioDraft;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens between our provider and an observation of it, the pairs are what the provider's ledger says. */
@Timeout(60)
@Tag("live")
@Execution(ExecutionMode.CONCURRENT)
class ObservedSchemesTest {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final List<String> FATES =
            List.of("plain", "lost", "twice", "held", "plain", "refused", "unheard", "held", "held", "plain");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<ObservedPair> written = new CopyOnWriteArrayList<>();

    /** What the provider and the relay know of an event. */
    private record Entry(Outcome outcome, long duplicates, OptionalLong sourceNanos) {}

    private Entry happens(URI provider, String fate, Map<String, Entry> ledger) throws Exception {
        HttpResponse<String> made = client.send(
                HttpRequest.newBuilder(provider.resolve("/events"))
                        .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"fate_" + fate + "\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(made.statusCode()).isEqualTo(201);
        JsonNode event = JSON.readTree(made.body());
        Instant source = Instant.parse(event.path("occurred_at").asText());
        Entry entry = new Entry(
                fate.equals("lost") ? Outcome.POLL_ONLY : Outcome.BOTH,
                fate.equals("twice") || fate.equals("unheard") ? 1 : 0,
                OptionalLong.of(source.getEpochSecond() * 1_000_000_000L + source.getNano()));
        ledger.put(event.path("id").asText(), entry);
        return entry;
    }

    private static Receiving.Setup receiver(String scheme, URI provider, URI relay) {
        return new Receiving.Setup(
                "127.0.0.1",
                0,
                SignatureSchemes.named(scheme).orElseThrow(),
                "",
                Optional.of(provider),
                "",
                Optional.of(relay + FaultyRelay.HOOK),
                new StoreAddress("memory"),
                new Exposure(Optional.of(relay.toString()), false, List.of(FaultyRelay.HOOK), Optional.empty()),
                PushPointers.NONE,
                Inbox.FOREVER);
    }

    private static void passMargin() {
        long until = System.nanoTime() + INTERVAL_NANOS + GRACE_NANOS;
        while (System.nanoTime() - until <= 0) { // what is seen within it is called neither missed nor not
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    private static EndpointPolling polling(URI relay, Pairing pairing) {
        ItemPointers items = new ItemPointers(
                JsonPointer.compile("/data"),
                JsonPointer.compile("/id"),
                Optional.empty(),
                List.of(),
                JsonPointer.compile("/occurred_at"));
        return new EndpointPolling(
                EndpointPolling.Setup.of(HttpUrl.get(relay + "/events"), items, INTERVAL_NANOS, 100, 1 << 20),
                line -> {},
                line -> {},
                pairing.polls());
    }

    @ParameterizedTest
    @ValueSource(strings = {"standard-webhooks", "stripe", "github", "gitlab", "shopify", "twilio", "slack"})
    void thePairsAreTheLedger(String scheme) throws Exception {
        Scenario scenario =
                ScenarioDraft.poisson(50, 1).retries(0, 0, 0.05, 0.05).scenario();
        ProviderSettings settings = new ProviderSettings("127.0.0.1", 0, 1000, scenario.webhooks(), 1, Set.of());
        Map<String, Entry> ledger = new HashMap<>();
        Pairing pairing = new Pairing(
                new Pairing.Setup(
                        INTERVAL_NANOS,
                        GRACE_NANOS,
                        1_000,
                        HostClocks.now(NanoClock.SYSTEM).offsetNanos()),
                written::add);
        try (Serving serving = new Serving(settings, scenario, Outbox.FOREVER, line -> {});
                FaultyRelay relay = new FaultyRelay();
                Observation observation = new Observation(pairing, polling(relay.address(), pairing))) {
            relay.provider(serving.address());
            observe(scheme, serving.address(), relay, pairing, observation, ledger);
            assertThat(served(serving.address())).isEqualTo(ledger.keySet());
        }
        Map<String, Entry> observed = new HashMap<>();
        for (ObservedPair pair : written) {
            long duplicates = ledger.get(pair.id()).duplicates(); // the row has those that came before it was written
            assertThat(pair.duplicates()).as("%s", pair).isLessThanOrEqualTo(duplicates);
            assertThat(observed.put(pair.id(), new Entry(pair.outcome(), duplicates, pair.sourceNanos())))
                    .as("%s is one row", pair)
                    .isNull();
        }
        assertThat(observed).isEqualTo(ledger);
    }

    private void observe(
            String scheme,
            URI provider,
            FaultyRelay relay,
            Pairing pairing,
            Observation observation,
            Map<String, Entry> ledger)
            throws Exception {
        Entry before = happens(provider, "plain", ledger);
        ledger.replaceAll((id, entry) -> new Entry(Outcome.BACKLOG, 0, before.sourceNanos()));
        assertThat(observation.open(new Interruption(), listener -> open(scheme, provider, relay, listener, pairing)))
                .isTrue();
        passMargin();
        for (String fate : FATES) {
            happens(provider, fate, ledger);
        }
        relay.pollsFail(true);
        long polls = relay.polls();
        for (String fate : FATES) {
            if (!fate.equals("lost")) {
                happens(provider, fate, ledger);
            }
        }
        eventually("polls fail", () -> relay.polls() > polls + 2);
        relay.pollsFail(false);
        long pushed = ledger.values().stream()
                .filter(entry -> entry.outcome() == Outcome.BOTH)
                .count();
        eventually(
                "polls brought all",
                () -> pairing.observed(System.nanoTime()).pollLatency().count()
                        == ledger.size() - 1); // but for the backlog
        long duplicates = ledger.values().stream().mapToLong(Entry::duplicates).sum();
        eventually("webhooks brought all", () -> {
            release(relay);
            Observed observed = pairing.observed(System.nanoTime());
            return observed.sooner().count() == pushed && observed.duplicates() == duplicates;
        });
        passMargin();
        observation.stop();
        Observed observed = pairing.observed(System.nanoTime());
        assertThat(observed.outOfOrder()).isEqualTo(outOfOrder(relay.forwarded(), ledger));
        assertThat(observed.missedByPush()).isOne();
        assertThat(observed.missedByPoll()).isZero();
    }

    private static Receiving open(
            String scheme, URI provider, FaultyRelay relay, ItemListener listener, Pairing pairing) throws IOException {
        Receiving receiving = new Receiving(
                receiver(scheme, provider, relay.address()),
                line -> {},
                line -> {},
                listener,
                new EpochClock(NanoClock.SYSTEM));
        relay.receiver(receiving.address());
        return receiving;
    }

    private static void release(FaultyRelay relay) {
        try {
            relay.release();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long outOfOrder(List<String> forwarded, Map<String, Entry> ledger) {
        long latest = Long.MIN_VALUE;
        long earlier = 0;
        for (String id : forwarded) {
            long source = ledger.get(id).sourceNanos().getAsLong();
            earlier += source < latest ? 1 : 0;
            latest = Math.max(latest, source);
        }
        assertThat(earlier).as("some were held back").isPositive();
        return earlier;
    }

    private Set<String> served(URI provider) throws Exception {
        HttpResponse<String> all = client.send(
                HttpRequest.newBuilder(provider.resolve("/events?limit=1000")).build(),
                HttpResponse.BodyHandlers.ofString());
        return Set.copyOf(JSON.readTree(all.body()).path("data").findValuesAsText("id"));
    }
}
