package dev.pushpull.load;

import static dev.pushpull.load.BadEndpoint.*;
import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import dev.pushpull.delivery.polling.PollManner;
import dev.pushpull.delivery.polling.Poller;
import dev.pushpull.event.EventDraft;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.measure.Recorder;
import dev.pushpull.provider.ProviderServer;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.FixedPollSchedule;
import dev.pushpull.standalone.EndpointPolling;
import dev.pushpull.standalone.ItemPointers;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.testing.Scenarios;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pollers of bad providers: they go on polling, they end when they are told to, and a poller of a good provider misses
 * nothing.
 */
@Tag("live")
class BadProvidersTest {
    private static final byte[] PAGE = BadEndpoints.answer(
            "application/json",
            "{\"data\":[{\"id\":\"evt_1\",\"stream\":\"c0\",\"sequence\":1,\"type\":\"test.event\",\"occurred_at\":"
                    + "\"2026-01-01T00:00:00.000000000Z\",\"data\":{}}],\"next_cursor\":\"1\",\"has_more\":false}");

    /** Those that hold a poll until it times out, or as long as they like. */
    private static final Set<BadEndpoint> LINGERING = EnumSet.of(
            SILENCE,
            NO_READING,
            BYTE_A_SECOND,
            EARLY_ANSWER,
            ENDLESS_INTERIM,
            ENDLESS_BODY,
            ENDLESS_CHUNKS,
            ENDLESS_TRAILERS,
            ENDLESS_HEADERS,
            ENDLESS_LINE,
            HUGE_LENGTH,
            SWITCHES_PROTOCOL,
            RETRY_AFTER_AN_AGE);

    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final int CONSUMERS = 4;
    private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final Duration PROMPTLY = Duration.ofSeconds(10);

    private static SideBySide<BadEndpoint> pollers;
    private static SideBySide<BadEndpoint> endpointPollings;
    private static SideBySide<String> healthy;
    private static final AtomicBoolean badOnesEnded = new AtomicBoolean();

    @BeforeAll
    static void start() {
        healthy = new SideBySide<>(List.of("healthy"), name -> pollsAGoodProvider());
        pollers = new SideBySide<>(BadEndpoint.plain(), BadProvidersTest::polls);
        endpointPollings = new SideBySide<>(BadEndpoint.plain(), BadProvidersTest::pollsAnEndpoint);
    }

    @AfterAll
    static void stop() {
        pollers.close();
        endpointPollings.close();
        healthy.close();
    }

    @ParameterizedTest
    @MethodSource("dev.pushpull.load.BadEndpoint#plain")
    void noBadProviderSilencesItsPollersOrKeepsThemFromEnding(BadEndpoint kind) throws InterruptedException {
        pollers.assertPassed(kind);
    }

    @ParameterizedTest
    @MethodSource("dev.pushpull.load.BadEndpoint#plain")
    void noBadEndpointKeepsPollFromEndingInTimeWithItsFigures(BadEndpoint kind) throws InterruptedException {
        endpointPollings.assertPassed(kind);
    }

    @Test
    void whoPollsAGoodProviderBesideThemMissesNothing() throws InterruptedException {
        for (BadEndpoint kind : BadEndpoint.plain()) {
            try {
                pollers.assertPassed(kind);
            } catch (AssertionError e) {
                // another test checks that
            }
        }
        badOnesEnded.set(true);
        healthy.assertPassed("healthy");
    }

    private static void polls(BadEndpoint kind) throws Exception {
        HostClocks now = HostClocks.now(NanoClock.SYSTEM);
        byte[] health = BadEndpoints.answer(
                "application/json",
                "{\"boot_id\":\"%s\",\"monotonic_nanos\":%d,\"epoch_nanos\":%d}"
                        .formatted(now.bootId(), now.monotonicNanos(), now.epochNanos()));
        try (BadEndpoints bad = new BadEndpoints(List.of(kind), PAGE, health);
                Polled polled = new Polled(bad.address(kind), CONSUMERS)) {
            int enough = LINGERING.contains(kind) ? 1 : 5 * CONSUMERS;
            eventually(
                    "it asks on",
                    () -> LINGERING.contains(kind)
                            ? bad.conversations(kind) > enough
                            : polled.recorder.record().exchanges().mayBeEmpty() >= enough);
            polled.assertEndsPromptly();
        }
    }

    private static void pollsAnEndpoint(BadEndpoint kind) throws Exception {
        try (BadEndpoints bad = new BadEndpoints(List.of(kind), PAGE, PAGE)) { // the first answer is good
            EndpointPolling.Setup setup = EndpointPolling.Setup.of(
                    HttpUrl.get(bad.address(kind)),
                    ItemPointers.of(JsonPointer.compile("/data"), JsonPointer.compile("/id")),
                    OFTEN.toNanos(),
                    100,
                    1 << 20);
            EndpointPolling polling = new EndpointPolling(setup, line -> {});
            long began = System.nanoTime();
            try {
                polling.run(new Interruption(), SHORT_NANOS);
            } catch (IOException e) {
                // nothing can be polled at this address: it says so and ends
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PROMPTLY);
            assertThat((Long) polling.figures().get("requests")).isPositive();
        }
    }

    private static void pollsAGoodProvider() throws Exception {
        Scenario scenario = Scenarios.polling(OFTEN, 100, CONSUMERS);
        try (ProviderServer provider = new ProviderServer(
                        ProviderSettings.onLoopback(scenario), "good", NanoClock.SYSTEM, AttemptListener.NONE);
                Polled polled = new Polled(provider.address(), CONSUMERS)) {
            int events = 0;
            while (!badOnesEnded.get()) {
                HostClocks now = HostClocks.now(NanoClock.SYSTEM);
                provider.append(
                        new EventDraft("evt_" + events, "c" + events % CONSUMERS, "test.event", now.epochNanos(), "{}"),
                        now.monotonicNanos());
                events++;
                Thread.sleep(20);
            }
            int due = events;
            eventually(
                    "every event was polled",
                    () -> polled.poller.books().counters().get(0).value() == due);
        }
    }

    /** Consumers that poll a provider. */
    private static final class Polled implements AutoCloseable {
        final Recorder recorder;
        final Poller poller;

        Polled(URI provider, int consumers) throws IOException {
            Scenario scenario = Scenarios.polling(OFTEN, 100, consumers);
            recorder = new Recorder(consumers);
            poller = new Poller(
                    "polling",
                    provider,
                    scenario,
                    PollManner.plain(new FixedPollSchedule(
                            OFTEN.toNanos(), scenario.polling().phase())),
                    recorder,
                    NanoClock.SYSTEM);
            long startNanos = System.nanoTime();
            recorder.start(startNanos, scenario.run().durationNanos());
            poller.start(startNanos);
        }

        void assertEndsPromptly() throws InterruptedException {
            long began = System.nanoTime();
            poller.stop(SHORT_NANOS);
            poller.close();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(PROMPTLY);
        }

        @Override
        public void close() {
            poller.close();
        }
    }
}
