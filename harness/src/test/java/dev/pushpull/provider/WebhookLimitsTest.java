package dev.pushpull.provider;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.scenario.WebhookSender;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.testing.Scenarios;
import dev.pushpull.testing.ScriptedServer;
import dev.pushpull.testing.ScriptedServer.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many webhooks are in flight at once, and over how many connections. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("live")
class WebhookLimitsTest {
    /** What webhooks are sent with. */
    WebhookSender sender() {
        return WebhookSender.OWN;
    }

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void theBoundsPerEndpointAndInAllAreReachedAndNeverExceeded() throws Exception {
        int events = 30;
        Map<String, Semaphore> mayAnswer = Map.of("/a", new Semaphore(0), "/b", new Semaphore(0));
        Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();
        Map<String, Integer> mostUnderWay = new ConcurrentHashMap<>();
        try (ScriptedServer receiver = new ScriptedServer(request -> {
                    String endpoint = request.target().getPath();
                    AtomicInteger now = underWay.computeIfAbsent(endpoint, key -> new AtomicInteger());
                    mostUnderWay.merge(endpoint, now.incrementAndGet(), Math::max);
                    mayAnswer.get(endpoint).acquire();
                    now.decrementAndGet();
                    return Reply.status(200);
                });
                ProviderServer provider = Providers.sending(
                        Scenarios.webhooks(RetrySchedule.NONE, 5, 3, PATIENCE).withSender(sender()))) {
            Providers.subscribe(provider, receiver.url("/a"));
            Providers.subscribe(provider, receiver.url("/b"));

            Providers.occur(provider, "any", "evt_", events);
            eventually("the bound in all is reached", () -> receiver.underWay() == 5);
            assertThat(provider.books().heldBack()).isEqualTo(2L * events - 5);
            assertThat(provider.books().mostWaiting()).isEqualTo(2 * events - 5);
            assertThat(provider.idle()).isFalse();

            // while only one endpoint answers, the other would take every place but for its own bound
            try {
                for (int answered = 1; answered <= 2 * events; answered++) {
                    mayAnswer.get(answered <= events ? "/b" : "/a").release();
                    int expected = answered;
                    eventually(
                            "one more is acknowledged", () -> provider.books().acknowledged() == expected);
                    assertThat(mostUnderWay.values()).allMatch(most -> most <= 3);
                }
            } finally {
                mayAnswer.values().forEach(endpoint -> endpoint.release(2 * events)); // nothing waits for a failed test
            }
            eventually("nothing is on its way", provider::idle);
            assertThat(receiver.mostUnderWay()).isEqualTo(5);
            assertThat(mostUnderWay).containsOnlyKeys("/a", "/b").containsEntry("/a", 3);
        }
    }

    @Test
    void aFullEndpointHoldsUpNoOther() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (ScriptedServer slow = new ScriptedServer(request -> {
                    mayAnswer.await();
                    return Reply.status(200);
                });
                ScriptedServer quick = new ScriptedServer(request -> Reply.status(200));
                ProviderServer provider = Providers.sending(Scenarios.webhooks(RetrySchedule.NONE, 1000, 2, PATIENCE)
                        .withSender(sender()))) {
            Providers.subscribe(provider, slow.url("/slow"));
            Providers.occur(provider, "any", "evt_", 50);
            eventually("the slow endpoint is full", () -> slow.underWay() == 2);
            Providers.subscribe(provider, quick.url("/quick"));

            for (int i = 1; i <= 20; i++) {
                Providers.occur(provider, "any", "late_" + i);
                int expected = i;
                eventually("the quick endpoint answers", () -> provider.books().acknowledged() == expected);
            }

            assertThat(quick.taken()).hasSize(20);
            assertThat(slow.taken()).as("still the first two").hasSize(2);
            assertThat(provider.books().heldBack()).as("all of the slow one").isEqualTo(68);
            mayAnswer.countDown();
            eventually("all are acknowledged", () -> provider.books().acknowledged() == 90);
        }
    }

    @Test
    void connectionsAreKeptAndUsedAgain() throws Exception {
        try (ScriptedServer receiver = new ScriptedServer(request -> Reply.status(200));
                ProviderServer provider = Providers.sending(
                        Scenarios.webhooks(RetrySchedule.NONE, 64, 4, PATIENCE).withSender(sender()))) {
            Providers.subscribe(provider, receiver.url("/hook"));

            Providers.occur(provider, "any", "evt_", 400);
            eventually("all are acknowledged", () -> provider.books().acknowledged() == 400);

            // never more than may be in flight at once
            assertThat(receiver.connections()).isLessThanOrEqualTo(4);
            assertThat(provider.books().sent().connections()).isEqualTo(receiver.connections());
            assertThat(provider.books().sent().requests()).isEqualTo(400);
        }
    }
}
